//! What spreadsheets do to texts, and how to see it.

/// A text with straight quotes for the curly ones that office programs put in while one types.
pub(super) fn straightened(text: &str) -> String {
    let straight = |ch| match ch {
        '“' | '”' | '„' | '‟' => '"',
        '‘' | '’' | '‚' | '‛' => '\'',
        other => other,
    };
    text.chars().map(straight).collect()
}

/// Whether a text has curly quotes.
pub(super) fn has_curly_quotes(text: &str) -> bool {
    text.chars().any(|ch| matches!(ch, '“' | '”' | '„' | '‟' | '‘' | '’' | '‚' | '‛'))
}

/// The letters of a text that CP949 does not have.
pub(super) fn beyond_cp949(text: &str) -> String {
    text.chars().filter(|ch| !is_in_cp949(*ch)).collect()
}

/// A text as it comes back from a spreadsheet that saved it in CP949: what CP949 lacks is `?`,
/// once a letter or once a UTF-16 unit.
pub(super) fn is_lost_in_cp949(came_back: &str, text: &str) -> bool {
    let through = |marks: fn(char) -> usize| -> String {
        let mut lossy = String::with_capacity(text.len());
        for ch in text.chars() {
            if is_in_cp949(ch) {
                lossy.push(ch);
            } else {
                lossy.extend(std::iter::repeat_n('?', marks(ch)));
            }
        }
        lossy
    };
    came_back == through(|_| 1) || came_back == through(char::len_utf16)
}

fn is_in_cp949(ch: char) -> bool {
    ch.is_ascii() || !encoding_rs::EUC_KR.encode(ch.encode_utf8(&mut [0; 4])).2
}

/// Whether a bare text looks like what a spreadsheet makes of a date or of a long number:
/// `3월 4일`, `2026-03-04`, `4-Mar`, `1.2E+05`.
pub(super) fn looks_mangled(text: &str) -> bool {
    let text = text.trim();
    is_numeric_date(text) || is_named_date(text) || is_scientific(text)
}

fn is_numeric_date(text: &str) -> bool {
    let date = text.split(' ').next().unwrap_or_default();
    let parts: Vec<&str> = date.split(['-', '/', '.']).collect();
    let numbers = parts.iter().all(|part| {
        (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    });
    let with_year = parts.len() == 3 && parts.iter().any(|part| part.len() == 4);
    let korean = || {
        let rest = text.trim_end_matches('일');
        let (month, day) = rest.rsplit_once('월').unwrap_or_default();
        let month = month.rsplit('년').next().unwrap_or_default();
        let small = |part: &str| part.trim().parse::<u8>().is_ok_and(|number| number <= 31);
        text.ends_with('일') && small(month) && small(day)
    };
    (numbers && with_year) || korean()
}

fn is_named_date(text: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let is_month = |part: &str| MONTHS.contains(&part.to_ascii_lowercase().as_str());
    let is_number = |part: &str| part.parse::<u16>().is_ok();
    text.split_once('-').is_some_and(|(first, rest)| {
        let second = rest.split('-').next().unwrap_or_default();
        (is_number(first) && is_month(second)) || (is_month(first) && is_number(second))
    })
}

fn is_scientific(text: &str) -> bool {
    text.split_once("E+").is_some_and(|(digits, power)| {
        digits.parse::<f64>().is_ok() && power.parse::<u16>().is_ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_spreadsheets_are_seen_and_korean_words_are_not() {
        for mangled in [
            "3월 4일",
            "2026년 3월 4일",
            "2026-03-04",
            "2026-03-04 0:00",
            "04-Mar",
            "Mar-04",
            "1.2E+05",
        ] {
            assert!(looks_mangled(mangled), "{mangled}");
        }
        for text in ["3-4", "3월 초", "사일", "12시간째", "2026년", "-_-", "a-b", "E+", "매월 말일"]
        {
            assert!(!looks_mangled(text), "{text}");
        }
    }

    #[test]
    fn what_cp949_cannot_hold_comes_back_as_question_marks() {
        assert!(
            is_lost_in_cp949("화나요 ??", "화나요 😡") && is_lost_in_cp949("화나요 ?", "화나요 😡")
        );
        assert!(!is_lost_in_cp949("화나요 !", "화나요 😡"));
        assert_eq!(beyond_cp949("뷁 똠방각하 ㅠㅠ 😡"), "😡");
    }
}
