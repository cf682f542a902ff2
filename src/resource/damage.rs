//! What spreadsheets, word processors and other systems do to a file of text, told in Korean: those
//! who meet it are linguists, and what they see on the screen looks right.

use super::diagnostic::{Diagnostic, Diagnostics, Severity};
use super::files::{Resources, SourceFile};
use unicode_normalization::UnicodeNormalization as _;

/// Adds what was done to the files that does not keep them from being read.
pub fn check_damage(resources: &Resources, problems: &mut Diagnostics) {
    for file in resources.files() {
        if resources.is_marked(&file.path) {
            problems.push(file.diagnostic(
                Severity::Warning,
                "L021",
                0,
                "파일 머리에 바이트 순서 표시(BOM)가 있습니다. 엑셀이나 메모장이 붙인 것으로 보입니다",
                "BOM 없는 UTF-8로 다시 저장해 주세요",
            ));
        }
        problems.extend(line_ends(file));
        let mut offset = 0;
        for line in file.text.split_inclusive('\n') {
            problems.extend(damaged_line(file, offset, line));
            offset += line.len();
        }
    }
}

/// Lines of a file that end in different ways.
fn line_ends(file: &SourceFile) -> Option<Diagnostic> {
    let warning = |offset, message: &str, help: &str| {
        Some(file.diagnostic(Severity::Warning, "L021", offset, message, help))
    };
    let windows = file.text.find("\r\n");
    let mut unix = file.text.match_indices('\n').map(|(at, _)| at);
    let unix = unix.find(|at| !file.text.get(..*at).is_some_and(|before| before.ends_with('\r')));
    match (windows, unix) {
        (Some(windows), Some(unix)) => warning(
            windows.max(unix),
            "줄 끝이 섞여 있습니다(CRLF와 LF). 윈도우와 다른 곳에서 번갈아 고친 것으로 보입니다",
            "편집기에서 줄 끝을 LF로 통일해 주세요",
        ),
        _ => None,
    }
}

/// Characters of one line that cannot be seen or only look right.
fn damaged_line(file: &SourceFile, offset: usize, line: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut warning = |code, at: usize, message: String, help: String| {
        found.push(file.diagnostic(Severity::Warning, code, offset + at, message, help));
    };
    if let Some(at) = line.find("\\r").filter(|at| !line.get(..*at).is_some_and(is_escaped)) {
        let message =
            "글 속에 줄바꿈 글자(\\r)가 남아 있습니다. 표 프로그램의 셀에서 따라온 것으로 보입니다";
        warning("L021", at, message.to_owned(), "\\r을 지워 주세요".to_owned());
    }
    if let Some((at, ch)) = invisible(line) {
        let (name, instead) = match ch {
            '\u{A0}' | '\u{202F}' | '\u{2007}' => ("줄바꿈 없는 빈칸", "보통 빈칸으로 바꿔 주세요"),
            '\u{3000}' => ("전각 빈칸", "보통 빈칸으로 바꿔 주세요"),
            _ => ("보이지 않는 글자", "지워 주세요"),
        };
        let message = format!(
            "{name}(U+{:04X})이 들어 있습니다. 웹이나 문서에서 붙여 넣은 것으로 보입니다",
            ch as u32
        );
        warning("L022", at, message, instead.to_owned());
    }
    if let Some(at) = line.find(is_conjoining) {
        let rest = line.get(at..).unwrap_or_default();
        let word: String =
            rest.chars().take_while(|ch| is_conjoining(*ch)).collect::<String>().nfc().collect();
        let message =
            format!("`{word}`의 한글이 자모로 풀려 있습니다(NFD). 맥에서 만든 글로 보입니다");
        warning("L023", at, message, "완성형 한글로 다시 입력하거나 NFC로 바꿔 주세요".to_owned());
    }
    found
}

/// Whether a text ends inside an escape, so that what follows is no escape of its own.
fn is_escaped(before: &str) -> bool {
    before.chars().rev().take_while(|ch| *ch == '\\').count() % 2 == 1
}

/// The first character of a line that cannot be seen. A joiner inside an emoji is part of it.
fn invisible(line: &str) -> Option<(usize, char)> {
    let mut before = None;
    line.char_indices().find(|(_, ch)| {
        let joins_emoji = *ch == '\u{200D}' && before.is_some_and(|before| before > '\u{1FFFF}' || ('\u{2190}'..'\u{2E00}').contains(&before) || before >= '\u{1F000}' || before == '\u{FE0F}');
        before = Some(*ch);
        !joins_emoji
            && matches!(ch, '\u{A0}' | '\u{AD}' | '\u{115F}' | '\u{1160}' | '\u{2007}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202F}' | '\u{2060}'..='\u{2064}' | '\u{3000}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}')
    })
}

const fn is_conjoining(ch: char) -> bool {
    matches!(ch, '\u{1100}'..='\u{115E}' | '\u{1161}'..='\u{11FF}' | '\u{A960}'..='\u{A97C}' | '\u{D7B0}'..='\u{D7FB}')
}

/// The finding that a mark which only looks like TOML's stands in the line of a syntax error.
pub(super) fn look_alike(file: &SourceFile, offset: usize) -> Option<Diagnostic> {
    let before = file.text.get(..offset.min(file.text.len()))?;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = file.text.get(start..)?.lines().next()?;
    let (at, ch, plain) = syntax(line)?;
    let message = format!(
        "부호 자리에 모양만 닮은 글자 `{ch}`(U+{:04X})가 있습니다. 문서 편집기가 바꾼 것으로 보입니다",
        ch as u32
    );
    let help = format!("그 자리에 {plain} 적어 주세요");
    Some(file.diagnostic(Severity::Error, "L020", start + at, message, help))
}

/// The first character outside texts and comments that only looks like one of TOML's.
fn syntax(line: &str) -> Option<(usize, char, &'static str)> {
    let mut quote = None;
    let mut escaped = false;
    for (at, ch) in line.char_indices() {
        match quote {
            Some(open) => {
                if ch == open && !escaped {
                    quote = None;
                }
                escaped = open == '"' && ch == '\\' && !escaped;
            }
            None => match ch {
                '#' => return None,
                '"' | '\'' => quote = Some(ch),
                '“' | '”' | '„' | '＂' | '‘' | '’' | '＇' | '′' | '″' | '「' | '」' =>
                {
                    return Some((at, ch, "곧은 따옴표(\")를"));
                }
                '，' | '、' => return Some((at, ch, "반각 쉼표(,)를")),
                '＝' => return Some((at, ch, "반각 등호(=)를")),
                '［' | '］' | '【' | '】' => return Some((at, ch, "반각 대괄호([ ])를")),
                '＃' => return Some((at, ch, "반각 우물 정(#)을")),
                '\u{A0}' | '\u{3000}' | '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{2060}' => {
                    return Some((at, ch, "보통 빈칸을"));
                }
                _ => {}
            },
        }
    }
    None
}

/// The finding that a file is not UTF-8, with the line as it was probably meant.
pub(super) fn not_utf8(name: &str, bytes: &[u8], valid: usize) -> Diagnostic {
    let before = bytes.get(..valid).unwrap_or_default();
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let rest = bytes.get(start..).unwrap_or_default();
    let end = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
    let (line, _, garbled) = encoding_rs::EUC_KR.decode(rest.get(..end).unwrap_or_default());
    let message = if garbled {
        "UTF-8로 저장된 글이 아닙니다".to_owned()
    } else {
        format!(
            "UTF-8이 아니라 CP949(EUC-KR)로 저장된 것으로 보입니다. 이 줄은 `{}`입니다",
            line.trim_end()
        )
    };
    // Two bytes of CP949 may by chance be a letter of UTF-8, so the damage begins with the first.
    let column = rest.iter().position(|byte| !byte.is_ascii()).unwrap_or_default();
    Diagnostic {
        code: "L001",
        severity: Severity::Error,
        file: name.to_owned(),
        line: before.split(|byte| *byte == b'\n').count(),
        column: column + 1,
        message,
        help: "인코딩을 UTF-8로 골라 다시 저장해 주세요. 엑셀에서는 `CSV UTF-8`을 고릅니다"
            .to_owned(),
    }
}
