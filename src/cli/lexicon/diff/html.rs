//! The report as a page: plots, tables and every sample with its marks.

use super::shown::{Mark, Shown, Toward, hits};
use crate::cli::report::{self, LEVELS, count, section, share};
use maud::{Markup, html};
use nunchi::analysis::Analyzer;
use nunchi::evaluation::diff::{Change, Verdict};

const FILTER: &str = include_str!("filter.js");
/// Dots of a plot; more only darken it.
const DOTS: usize = 2_000;
/// Entries in the table.
const ENTRIES: usize = 200;

pub(super) fn render(shown: &Shown<'_>, old: &Analyzer, new: &Analyzer) -> String {
    let arguments = shown.arguments;
    let corpus = arguments.corpus.file_name().unwrap_or_default().to_string_lossy();
    let lead = html! {
        p { code { (arguments.old) } " → " code { (arguments.new) } " · 말뭉치 " (corpus) }
        p { small { (old.revision()) " → " (new.revision()) " · nunchi " (env!("CARGO_PKG_VERSION")) } }
    };
    let body = html! {
        (tiles(shown))
        @if shown.comparison.changes.is_empty() {
            section.card.wide { p.none { "두 사전은 이 말뭉치를 똑같이 읽습니다." } }
        } @else {
            (figures(shown))
            (levels(shown))
            (scores(shown))
            (signals(shown, new))
            div.stack {
                (entries(shown))
                (actions(shown))
            }
            (samples(shown, new))
        }
    };
    report::page("사전을 고치면 달라지는 것", &lead, &body, Some(FILTER))
}

fn tiles(shown: &Shown<'_>) -> Markup {
    let comparison = shown.comparison;
    let (messages, changed) = (comparison.messages, comparison.changes.len());
    let part = |number: usize| format!("{} ({})", count(number), share(number, messages));
    let hits = |of: fn(&Change) -> usize| count(comparison.changes.iter().map(of).sum());
    let mut tiles = vec![
        ("메시지", count(messages)),
        ("다르게 읽음", part(changed)),
        ("다르게 판단함", part(shown.moved())),
        ("새로 찾은 곳", hits(|change| change.gained.len())),
        ("놓친 곳", hits(|change| change.lost.len())),
    ];
    if let Some(Toward { nearer, farther }) = shown.toward() {
        tiles.push(("라벨에 가까워짐", count(nearer)));
        tiles.push(("라벨에서 멀어짐", count(farther)));
    }
    report::tiles(&tiles)
}

fn figures(shown: &Shown<'_>) -> Markup {
    let figures = shown.figures();
    if figures.is_empty() {
        return html! {};
    }
    let rows: Vec<_> = figures.iter().map(|one| (one.name, one.before, one.after)).collect();
    section(
        "성적",
        "고리는 앞, 점은 뒤. 라벨이 있는 메시지를 사전만으로 판단한 값입니다.",
        &report::dumbbell(&rows),
    )
}

fn levels(shown: &Shown<'_>) -> Markup {
    let comparison = shown.comparison;
    let mut cells = [[0; 4]; 4];
    for (level, row) in cells.iter_mut().enumerate() {
        let moves = comparison.levels();
        let from = moves.iter().filter(|((from, _), _)| usize::from(from.number()) == level);
        let mut stayed = comparison.levels_before.get(level).copied().unwrap_or(0);
        for ((_, to), messages) in from {
            stayed = stayed.saturating_sub(*messages);
            if let Some(cell) = row.get_mut(usize::from(to.number())) {
                *cell = *messages;
            }
        }
        if let Some(cell) = row.get_mut(level) {
            *cell = stayed;
        }
    }
    html! {
        (section("수준의 분포", "메시지가 수준마다 얼마나 되는지.", &report::distribution(&[
            ("앞", comparison.levels_before),
            ("뒤", comparison.levels_after),
        ])))
        (section("수준이 옮겨 간 메시지", "행은 앞의 수준, 열은 뒤의 수준. 대각선은 그대로인 메시지입니다.", &report::matrix(&cells)))
    }
}

fn scores(shown: &Shown<'_>) -> Markup {
    let changes = &shown.comparison.changes;
    // Evenly taken, so that the picture is that of all.
    let step = changes.len().div_ceil(DOTS).max(1);
    let points: Vec<_> =
        changes.iter().step_by(step).map(|one| (one.before.score, one.after.score)).collect();
    section(
        "불편 점수",
        "다르게 읽은 메시지마다 점 하나. 빗금 위면 올랐고 아래면 내렸습니다.",
        &report::scatter(&points),
    )
}

fn signals(shown: &Shown<'_>, new: &Analyzer) -> Markup {
    let signals = shown.comparison.signals();
    let mut rows: Vec<_> = signals
        .iter()
        .map(|(signal, count)| {
            (new.policy().signal_name(*signal).to_owned(), count.gained, count.lost)
        })
        .collect();
    rows.sort_by_key(|(_, gained, lost)| std::cmp::Reverse(gained + lost));
    if rows.is_empty() {
        return html! {};
    }
    section("신호", "신호가 새로 선 메시지와 사라진 메시지.", &report::gains("신호", &rows))
}

fn actions(shown: &Shown<'_>) -> Markup {
    let mut moves: Vec<_> = shown.comparison.actions().into_iter().collect();
    moves.sort_by_key(|(_, messages)| std::cmp::Reverse(*messages));
    if moves.is_empty() {
        return html! {};
    }
    let table = html! {
        table {
            thead { tr { th scope="col" { "앞" } th scope="col" { "뒤" } th scope="col" { "메시지" } } }
            tbody {
                @for ((from, to), messages) in &moves {
                    tr { td { (action(from.code())) } td { (action(to.code())) } td { (count(*messages)) } }
                }
            }
        }
    };
    section("행동", "권하는 행동이 바뀐 메시지.", &table)
}

fn action(code: &str) -> &str {
    match code {
        "none" => "그대로 이어 가기",
        "apologize" => "양해의 말씀",
        "offer" => "상담원 제안",
        "transfer" => "상담원 연결",
        "priority" => "우선 처리",
        code => code,
    }
}

fn entries(shown: &Shown<'_>) -> Markup {
    let entries = shown.comparison.entries();
    let mut rows: Vec<_> = entries
        .iter()
        .map(|(entry, count)| ((*entry).to_owned(), count.gained, count.lost))
        .collect();
    rows.sort_by_key(|(_, gained, lost)| std::cmp::Reverse(gained + lost));
    let more = rows.len().saturating_sub(ENTRIES);
    rows.truncate(ENTRIES);
    let table = html! {
        div.scroll tabindex="0" role="region" aria-label="항목별" { (report::gains("항목", &rows)) }
        @if more > 0 { p.hint { "그 밖에 " (count(more)) "개 항목" } }
    };
    section("항목", "항목마다 새로 찾은 곳과 놓친 곳.", &table)
}

fn samples(shown: &Shown<'_>, new: &Analyzer) -> Markup {
    let samples = shown.samples();
    let mut ids: Vec<&str> = samples
        .iter()
        .flat_map(|change| change.gained.iter().chain(&change.lost))
        .map(|hit| hit.entry.as_str())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let labelled = shown.labels.is_some();
    html! {
        section.card.wide {
            h2 { "메시지" }
            p.hint {
                "많이 옮겨 간 것부터 " (count(samples.len())) "건을 보입니다. "
                ins { "새로 찾은 곳" } " · " del { "놓친 곳" }
            }
            div.filter {
                label { "항목" select id="by-entry" {
                    option value="" { "모두" }
                    @for id in &ids { option value=(id) { (id) } }
                } }
                label { "움직임" select id="by-move" {
                    option value="" { "모두" }
                    option value="up" { "수준이 오름" }
                    option value="down" { "수준이 내림" }
                    option value="same" { "수준은 그대로" }
                    @if labelled {
                        option value="nearer" { "라벨에 가까워짐" }
                        option value="farther" { "라벨에서 멀어짐" }
                    }
                } }
                label { "낱말" input id="by-word" type="search" placeholder="메시지 안에서 찾기"; }
                label { "보이는 메시지" output id="shown" for="by-entry by-move by-word" { (count(samples.len())) "건" } }
            }
            ul.samples { @for change in samples { (sample(shown, change, new)) } }
        }
    }
}

fn sample(shown: &Shown<'_>, change: &Change, new: &Analyzer) -> Markup {
    let (before, after) = (&change.before, &change.after);
    let gain = shown.gain(change).unwrap_or(0);
    let mut moves = vec![match before.level.cmp(&after.level) {
        std::cmp::Ordering::Less => "up",
        std::cmp::Ordering::Greater => "down",
        std::cmp::Ordering::Equal => "same",
    }];
    moves.extend((gain > 0).then_some("nearer"));
    moves.extend((gain < 0).then_some("farther"));
    let mut entries: Vec<&str> =
        change.gained.iter().chain(&change.lost).map(|hit| hit.entry.as_str()).collect();
    entries.dedup();
    html! {
        li data-entries=(entries.join(" ")) data-moves=(moves.join(" ")) {
            div.verdicts {
                span { "#" (change.index + 1) }
                span { (badge(before)) " → " (badge(after)) }
                span { (action(before.action.code())) " → " (action(after.action.code())) }
                @let (from, to) = (names(before, new), names(after, new));
                @if from != to { span { (from) " → " (to) } }
                @if let Some(label) = shown.label(change) {
                    span class=(match gain { 0 => "", 1.. => "good", _ => "bad" }) { "라벨 " (label) }
                }
            }
            p.text {
                @for (mark, part) in shown.parts(change) {
                    @match mark {
                        Mark::Plain => (part),
                        Mark::New => ins { (part) },
                        Mark::Lost => del { (part) },
                    }
                }
            }
            p.ids { (hits(change).join(" ")) }
        }
    }
}

fn badge(verdict: &Verdict) -> Markup {
    let level = verdict.level.number();
    let name = LEVELS.get(usize::from(level)).copied().unwrap_or_default();
    html! { span class=(format!("badge level-{level}")) { (level) " " (name) } }
}

fn names(verdict: &Verdict, new: &Analyzer) -> String {
    let names: Vec<&str> =
        verdict.signals.iter().map(|signal| new.policy().signal_name(signal)).collect();
    if names.is_empty() { "신호 없음".to_owned() } else { names.join(", ") }
}
