//! Reports as one page that needs nothing else: no network, no script from elsewhere, readable in
//! light and dark, in Korean.

mod chart;

pub(super) use chart::{distribution, dumbbell, matrix, scatter};

use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("report.css");

/// The levels as readers of reports know them.
pub(super) const LEVELS: [&str; 4] = ["없음", "가벼움", "뚜렷함", "심함"];

/// A whole page.
pub(super) fn page(title: &str, lead: &Markup, body: &Markup, script: Option<&str>) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="ko" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { (title) }
                    (lead)
                }
                main { (body) }
                @if let Some(script) = script {
                    script { (PreEscaped(script)) }
                }
            }
        }
    };
    page.into_string()
}

/// A part of a page under a heading.
pub(super) fn section(title: &str, hint: &str, body: &Markup) -> Markup {
    html! {
        section.card {
            h2 { (title) }
            @if !hint.is_empty() { p.hint { (hint) } }
            (body)
        }
    }
}

/// The figures that a reader looks at first.
pub(super) fn tiles(tiles: &[(&str, String)]) -> Markup {
    html! {
        dl.tiles {
            @for (name, value) in tiles {
                div { dt { (name) } dd { (value) } }
            }
        }
    }
}

/// What came and went, as a table with a bar to either side.
pub(super) fn gains(head: &str, rows: &[(String, usize, usize)]) -> Markup {
    let most = rows.iter().map(|(_, new, lost)| *new.max(lost)).max().unwrap_or(1).max(1);
    let width =
        |count: usize| format!("width:{:.1}%", 100.0 * chart::number(count) / chart::number(most));
    html! {
        table.gains {
            thead { tr { th scope="col" { (head) } th scope="col" { "사라짐" } th scope="col" { "새로" } } }
            tbody {
                @for (name, new, lost) in rows {
                    tr {
                        th scope="row" { (name) }
                        td.lost { div { span.count { (lost) } span.bar style=(width(*lost)) {} } }
                        td.new { div { span.bar style=(width(*new)) {} span.count { (new) } } }
                    }
                }
            }
        }
    }
}

/// A count with a comma at every thousand.
pub(super) fn count(number: usize) -> String {
    let digits = number.to_string();
    let mut shown = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// A share in percent.
pub(super) fn share(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    let percent = 100.0 * chart::number(part) / chart::number(whole);
    if percent > 0.0 && percent < 0.1 { "0.1% 미만".to_owned() } else { format!("{percent:.1}%") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_shares_read_well() {
        assert_eq!((count(7), count(1_234_567)), ("7".to_owned(), "1,234,567".to_owned()));
        assert_eq!(share(1, 3), "33.3%");
        assert_eq!((share(1, 100_000), share(0, 0)), ("0.1% 미만".to_owned(), "–".to_owned()));
    }

    #[test]
    fn what_a_message_holds_is_never_markup() {
        let page = page("<b>", &html! { p { ("<script>") } }, &html! {}, None);
        assert!(page.contains("&lt;b&gt;") && page.contains("&lt;script&gt;"));
    }
}
