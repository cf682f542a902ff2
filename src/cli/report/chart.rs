//! Plots as inline SVG, colored by the classes of the style sheet.

use super::LEVELS;
use maud::{Markup, html};

/// A count as a length; counts here are far below what a float holds exactly.
pub(super) fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

fn at(value: f64) -> String {
    format!("{value:.1}")
}

/// Shares of the four levels, one bar a row.
pub(in crate::cli) fn distribution(rows: &[(&str, [usize; 4])]) -> Markup {
    const LEFT: f64 = 44.0;
    const WIDTH: f64 = 596.0;
    const ROW: f64 = 40.0;
    html! {
        svg viewBox=(format!("0 0 640 {}", ROW * number(rows.len()))) role="img" aria-label="수준의 분포" {
            @for (row, (name, levels)) in rows.iter().enumerate() {
                @let top = ROW * number(row);
                @let whole = number(levels.iter().sum::<usize>()).max(1.0);
                text x="0" y=(at(top + 22.0)) { (name) }
                @for (level, count) in levels.iter().enumerate() {
                    @let before = number(levels.iter().take(level).sum::<usize>());
                    @let width = WIDTH * number(*count) / whole;
                    rect class=(format!("level-{level}")) x=(at(LEFT + WIDTH * before / whole)) y=(at(top + 4.0))
                        width=(at(width)) height="28" {
                        title { (LEVELS.get(level).copied().unwrap_or_default()) " " (super::count(*count)) "건 (" (super::share(*count, levels.iter().sum())) ")" }
                    }
                    @if width > 48.0 {
                        text.inside x=(at(LEFT + WIDTH * before / whole + 6.0)) y=(at(top + 22.0)) {
                            (level) " · " (super::share(*count, levels.iter().sum()))
                        }
                    }
                }
            }
        }
        ul.legend {
            @for (level, name) in LEVELS.iter().enumerate() {
                li { i class=(format!("level-{level}")) {} (level) " " (name) }
            }
        }
    }
}

/// How many messages went from which level (rows) to which (columns).
pub(in crate::cli) fn matrix(cells: &[[usize; 4]; 4]) -> Markup {
    const LEFT: f64 = 84.0;
    const CELL: f64 = 84.0;
    const HEIGHT: f64 = 46.0;
    let moved = |from: usize, to: usize| from != to;
    let counts = || {
        cells.iter().enumerate().flat_map(|(from, row)| {
            row.iter().enumerate().map(move |(to, count)| (from, to, *count))
        })
    };
    let most = counts().filter(|(from, to, _)| moved(*from, *to)).map(|(_, _, count)| count).max();
    let most = number(most.unwrap_or(1)).max(1.0);
    html! {
        svg viewBox="0 0 440 232" role="img" aria-label="수준이 옮겨 간 메시지 수. 행은 앞의 수준, 열은 뒤의 수준입니다." {
            @for (level, name) in LEVELS.iter().enumerate() {
                text.middle x=(at(LEFT + CELL * (number(level) + 0.5))) y="24" { (level) " " (name) }
                text x="0" y=(at(40.0 + HEIGHT * (number(level) + 0.6))) { (level) " " (name) }
            }
            @for (from, to, count) in counts() {
                @let class = match from.cmp(&to) { std::cmp::Ordering::Less => "up", std::cmp::Ordering::Greater => "down", std::cmp::Ordering::Equal => "same" };
                // A single message must still be seen.
                @let strength = if count == 0 || from == to { 0.0 } else { 0.15 + 0.85 * (number(count) / most).sqrt() };
                rect.cell x=(at(LEFT + CELL * number(to) + 2.0)) y=(at(40.0 + HEIGHT * number(from) + 2.0))
                    width=(at(CELL - 4.0)) height=(at(HEIGHT - 4.0)) rx="6" {}
                rect class=(class) fill-opacity=(format!("{strength:.2}"))
                    x=(at(LEFT + CELL * number(to) + 2.0)) y=(at(40.0 + HEIGHT * number(from) + 2.0))
                    width=(at(CELL - 4.0)) height=(at(HEIGHT - 4.0)) rx="6" {
                    title { (from) " → " (to) ": " (super::count(count)) "건" }
                }
                text class=(if from == to || count == 0 { "middle dim" } else if strength > 0.6 { "middle strong" } else { "middle" })
                    x=(at(LEFT + CELL * (number(to) + 0.5))) y=(at(40.0 + HEIGHT * (number(from) + 0.6))) {
                    (super::count(count))
                }
            }
        }
    }
}

/// Figures from 0 to 1, before (ring) and after (dot), each on a line of its own.
pub(in crate::cli) fn dumbbell(rows: &[(&str, f64, f64)]) -> Markup {
    const LEFT: f64 = 150.0;
    const WIDTH: f64 = 290.0;
    const ROW: f64 = 34.0;
    let lowest = rows.iter().map(|(_, before, after)| before.min(*after)).fold(1.0_f64, f64::min);
    // Differences are small, so the axis begins at the tenth below the lowest figure.
    let from = ((lowest * 10.0).floor() / 10.0).clamp(0.0, 0.9);
    let place = |value: f64| LEFT + WIDTH * (value - from) / (1.0 - from);
    let height = ROW * number(rows.len());
    html! {
        svg viewBox=(format!("0 0 640 {}", height + 24.0)) role="img" aria-label="성적의 앞과 뒤" {
            @for tick in 0..=4_u8 {
                @let value = from + (1.0 - from) * f64::from(tick) / 4.0;
                line.grid x1=(at(place(value))) x2=(at(place(value))) y1="0" y2=(at(height)) {}
                text.middle.dim x=(at(place(value))) y=(at(height + 16.0)) { (format!("{value:.2}")) }
            }
            @for (row, (name, before, after)) in rows.iter().enumerate() {
                @let y = ROW * (number(row) + 0.5);
                @let class = if after - before > 5e-4 { "good" } else if before - after > 5e-4 { "bad" } else { "even" };
                text x="0" y=(at(y + 5.0)) { (name) }
                line class=(class) x1=(at(place(*before))) x2=(at(place(*after))) y1=(at(y)) y2=(at(y)) stroke-width="4" {}
                circle.ring cx=(at(place(*before))) cy=(at(y)) r="6" {}
                circle class=(class) cx=(at(place(*after))) cy=(at(y)) r="6" {}
                text x="462" y=(at(y + 5.0)) { (format!("{before:.3} → {after:.3}")) }
                text class=(class) x="582" y=(at(y + 5.0)) { (format!("{:+.3}", after - before)) }
            }
        }
    }
}

/// Scores before (across) and after (up), each a dot; above the diagonal they rose.
pub(in crate::cli) fn scatter(points: &[(f64, f64)]) -> Markup {
    const LEFT: f64 = 40.0;
    const SIDE: f64 = 260.0;
    let x = |value: f64| LEFT + SIDE * value.clamp(0.0, 1.0);
    let y = |value: f64| SIDE + 8.0 - SIDE * value.clamp(0.0, 1.0);
    html! {
        svg.square viewBox="0 0 320 312" role="img" aria-label="바뀐 메시지의 불편 점수. 가로는 앞, 세로는 뒤입니다." {
            @for tick in [0.0, 0.5, 1.0] {
                line.grid x1=(at(x(tick))) x2=(at(x(tick))) y1=(at(y(1.0))) y2=(at(y(0.0))) {}
                line.grid x1=(at(x(0.0))) x2=(at(x(1.0))) y1=(at(y(tick))) y2=(at(y(tick))) {}
                text.middle.dim x=(at(x(tick))) y=(at(y(0.0) + 18.0)) { (tick) }
                text.dim x="8" y=(at(y(tick) + 5.0)) { (tick) }
            }
            line.diagonal x1=(at(x(0.0))) y1=(at(y(0.0))) x2=(at(x(1.0))) y2=(at(y(1.0))) stroke-dasharray="4 4" {}
            @for (before, after) in points {
                circle class=(if after > before { "dot up" } else { "dot down" }) cx=(at(x(*before))) cy=(at(y(*after))) r="3.5" {}
            }
            text.middle.dim x=(at(x(0.5))) y="306" { "앞의 점수" }
        }
    }
}
