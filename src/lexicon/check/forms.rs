//! How forms are written: marks that only look right, and classes that hardly fit.

use crate::lexicon::Class;
use crate::lexicon::grammar::Grammar;
use crate::lexicon::source::LexiconSource;
use crate::resource::{Diagnostics, Severity};
use crate::text::Syllable;

/// Endings of dictionary forms that are no nouns.
const PREDICATES: [&str; 8] =
    ["하다", "되다", "스럽다", "거리다", "당하다", "시키다", "없다", "나다"];

pub(super) fn check(source: &LexiconSource<'_>, grammar: &Grammar, problems: &mut Diagnostics) {
    let entries = source
        .entries
        .iter()
        .map(|p| (p.file, p.offset, &p.value.id, &p.value.forms, p.value.class));
    let exceptions = source
        .exceptions
        .iter()
        .map(|p| (p.file, p.offset, &p.value.id, &p.value.forms, p.value.class));
    let shifters = source
        .shifters
        .iter()
        .map(|p| (p.file, p.offset, &p.value.1.id, &p.value.1.forms, p.value.1.class));
    for (file, offset, id, forms, class) in entries.chain(exceptions).chain(shifters) {
        let Some(file) = source.files.get(file) else { continue };
        for form in forms {
            let mut report = |code, message: String, help: String| {
                let offset = file.offset_of(offset, "forms", form);
                problems.push(file.diagnostic(Severity::Warning, code, offset, message, help));
            };
            if let Some((ch, plain)) = typographic(form).filter(|_| class != Class::Emoticon) {
                let message =
                    format!("{id}: 꼴 `{form}`에 고객이 치지 않는 부호 `{ch}`가 있습니다");
                report("L024", message, format!("`{plain}`으로 적어 주세요"));
            }
            if class == Class::Phrase && form.contains("...") {
                let message = format!("{id}: 꼴 `{form}`의 `...`은 점 셋입니다");
                report("L024", message, "건너뛰는 자리는 `…` 한 글자로 적어 주세요".to_owned());
            }
            for (word, class) in words(form, class) {
                if let Some((why, help)) = doubt(word, class, grammar) {
                    report("L025", format!("{id}: `{word}` {why}"), help);
                }
            }
        }
    }
}

/// The first mark of a form that customers do not type, and the one they do.
fn typographic(form: &str) -> Option<(char, char)> {
    form.chars().find_map(|ch| match ch {
        '“' | '”' | '„' | '＂' => Some((ch, '"')),
        '‘' | '’' | '＇' => Some((ch, '\'')),
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(ch as u32 - 0xFEE0).map(|plain| (ch, plain)),
        _ => None,
    })
}

/// The words of a form that are inflected or taken for nouns, with the class that they are read by.
fn words(form: &str, class: Class) -> Vec<(&str, Class)> {
    let named = |word: &'_ str| word.rsplit_once('/').and_then(|(_, name)| Class::named(name));
    let text = |word: &'_ str| word.rsplit_once('/').map_or(word.len(), |(text, _)| text.len());
    if class != Class::Phrase {
        let own = named(form).filter(|_| class.is_predicate() || class == Class::Noun);
        let word = own.and_then(|_| form.get(..text(form))).unwrap_or(form);
        return vec![(word.trim(), own.unwrap_or(class))];
    }
    let inner = |word: &'_ str| word.trim_matches(['(', ')']).len();
    let alternatives = form.split_whitespace().flat_map(move |word| {
        let skipped = usize::from(word.starts_with('('));
        word.get(skipped..skipped + inner(word)).unwrap_or_default().split('|')
    });
    alternatives
        .filter(|word| !word.starts_with('='))
        .filter_map(|word| {
            let class = named(word);
            let text = word.get(..text(word)).filter(|_| class.is_some()).unwrap_or(word);
            let predicate = text.chars().count() >= 2 && text.ends_with('다');
            Some((text, class.or_else(|| predicate.then_some(Class::Verb))?))
        })
        .collect()
}

/// Why a class hardly fits a dictionary form, and what to write instead.
fn doubt(word: &str, class: Class, grammar: &Grammar) -> Option<(String, String)> {
    if class == Class::Noun {
        let stem = PREDICATES.iter().find_map(|ending| word.strip_suffix(ending))?;
        return (!stem.is_empty()).then(|| {
            let why = "is a verb or adjective, but its class is noun: no inflected form is found";
            (why.to_owned(), format!("write the noun `{stem}`, or `{word}/verb`"))
        });
    }
    let stem: String = word.strip_suffix('다')?.split_whitespace().collect();
    let last = stem.chars().last().and_then(Syllable::parse)?;
    let irregular = grammar.irregular_class(&stem);
    let regular = grammar.is_regular(&stem);
    // Finals and syllables that regular and irregular stems share.
    let name = match (last.last, last.initial, last.vowel) {
        (7, ..) => "ㄷ",
        (17, ..) => "ㅂ",
        (19, ..) => "ㅅ",
        (27, ..) => "ㅎ",
        (0, 5, 18) => "르",
        _ => return None,
    };
    match class {
        Class::Verb | Class::Adjective if irregular.is_none() && !regular => Some((
            format!("may be regular or {name} irregular; it is taken for regular"),
            format!("write `{word}/{name}` or `{word}/regular`, or add the stem to grammar.toml"),
        )),
        Class::Regular if irregular.is_some() && !regular => Some((
            format!("is inflected as regular, but grammar.toml lists its stem as {name} irregular"),
            format!("write `{word}/{name}`"),
        )),
        class if class.name() == name && irregular.is_none() && regular => Some((
            format!("is inflected as {name} irregular, but grammar.toml lists its stem as regular"),
            format!("write `{word}/regular`"),
        )),
        _ => None,
    }
}
