//! Conjugation: from the stems of a predicate to its surface forms, for people to read.
//!
//! Matching needs no surface forms; showing what an entry matches does. Endings are written as
//! grammars of Korean write them: `(어)요` follows the -아/-어 form, `(으)면` has 으 behind a closed
//! stem, `(스)ㅂ니다` becomes -습니다 there, and a loose jamo at the head is a final of the stem.

use super::class::Class;
use super::grammar::Grammar;
use super::inflection::{InflectionError, Stem, stems};
use crate::text::{Syllable, compatibility_jamo_to_final};

/// The stems of one predicate, by what attaches to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Paradigm {
    /// Before endings that begin with a consonant: 괴롭, 먹, 만들.
    base: String,
    /// Before endings with 으: 괴로우, 들으, 만드; none where 으 is written.
    open: Option<String>,
    /// The -아/-어 form: 괴로워, 먹어, 해.
    infinitive: String,
}

/// The final ㄹ, which falls before ㄴ, ㅂ and ㅅ.
const FINAL_R: u8 = 8;
/// Vowels that take -아: ㅏ, ㅑ, ㅗ.
const BRIGHT: [u8; 3] = [0, 2, 8];
/// The two ㅂ stems that keep -와: 도와, 고와.
const KEEP_WA: [&str; 2] = ["돕", "곱"];
/// Stems whose adnominal is -는 although they describe: 있는, 없는.
const EXISTENTIAL: [char; 2] = ['있', '없'];

impl Paradigm {
    /// The paradigm of a dictionary form.
    pub(super) fn of(form: &str, class: Class, grammar: &Grammar) -> Result<Self, InflectionError> {
        let stems = stems(form, class, grammar)?;
        let text = |stem: &Stem| stem.text.clone();
        let base = stems.first().map(text).unwrap_or_default();
        let open = stems.iter().find(|stem| stem.tail.vowel).map(text);
        let mut infinitives = stems.iter().filter(|stem| stem.tail.infinitive).map(text);
        let infinitive = if KEEP_WA.iter().any(|stem| base.ends_with(stem)) {
            infinitives.next_back()
        } else {
            infinitives.next()
        };
        let infinitive = infinitive.unwrap_or_else(|| {
            let vowel = last_syllable(&base).map(|last| last.vowel);
            let bright = vowel.is_some_and(|vowel| BRIGHT.contains(&vowel));
            format!("{base}{}", if bright { '아' } else { '어' })
        });
        Ok(Self { base, open, infinitive })
    }

    /// The predicate with an ending.
    pub(super) fn with(&self, ending: &str) -> String {
        let closed = final_of(&self.base) > 0;
        let liquid = final_of(&self.base) == FINAL_R && self.open.is_some();
        if let Some(rest) = ending.strip_prefix("(어)") {
            return attach(&self.infinitive, rest);
        }
        if let Some(rest) = ending.strip_prefix("(스)ㅂ") {
            return match &self.open {
                Some(open) if liquid || !closed => attach(open, &format!("ㅂ{rest}")),
                _ => format!("{}습{rest}", self.base),
            };
        }
        if let Some(rest) = ending.strip_prefix("(으)") {
            if rest == "ㄴ" && self.base.ends_with(EXISTENTIAL) {
                return format!("{}는", self.base);
            }
            return match &self.open {
                Some(_) if liquid && !drops_liquid(rest) => format!("{}{rest}", self.base),
                Some(open) => attach(open, rest),
                None => attach(&format!("{}으", self.base), rest),
            };
        }
        match &self.open {
            Some(open) if liquid && drops_liquid(ending) => attach(open, ending),
            _ => attach(&self.base, ending),
        }
    }
}

fn last_syllable(text: &str) -> Option<Syllable> {
    text.chars().next_back().and_then(Syllable::parse)
}

fn final_of(text: &str) -> u8 {
    last_syllable(text).map_or(0, |syllable| syllable.last)
}

/// Whether a final ㄹ falls before an ending: 만드는, 만든, 만들; but 만들면, 만들고.
fn drops_liquid(ending: &str) -> bool {
    const INITIAL_N: u8 = 2;
    const INITIAL_S: u8 = 9;
    ending.chars().next().is_some_and(|first| match Syllable::parse(first) {
        Some(syllable) => matches!(syllable.initial, INITIAL_N | INITIAL_S),
        None => matches!(first, 'ㄴ' | 'ㄹ' | 'ㅂ'),
    })
}

/// A stem and an ending; a loose jamo at the head of the ending becomes a final.
fn attach(stem: &str, ending: &str) -> String {
    let fused = ending.chars().next().and_then(|first| {
        let last = stem.chars().next_back()?;
        compatibility_jamo_to_final(first)?;
        let syllable = Syllable::parse(last).filter(|syllable| syllable.last == 0)?;
        let head = stem.strip_suffix(last)?;
        let rest = ending.strip_prefix(first)?;
        Some(format!("{head}{}{rest}", syllable.with_final(first)?.char()))
    });
    fused.unwrap_or_else(|| format!("{stem}{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource::{Diagnostics, Resources};

    #[test]
    fn endings_attach_as_korean_writes_them() {
        let grammar = Grammar::load(&Resources::embedded(), &mut Diagnostics::default()).unwrap();
        let endings =
            ["(어)요", "네요", "(으)ㄴ", "(어)ㅆ는데", "(으)면", "(스)ㅂ니다", "고", "(으)ㄹ"];
        for (form, class, expected) in [
            (
                "답답하다",
                Class::Hada,
                "답답해요 답답하네요 답답한 답답했는데 답답하면 답답합니다 답답하고 답답할",
            ),
            (
                "괴롭다",
                Class::BIrregular,
                "괴로워요 괴롭네요 괴로운 괴로웠는데 괴로우면 괴롭습니다 괴롭고 괴로울",
            ),
            ("돕다", Class::BIrregular, "도와요 돕네요 도운 도왔는데 도우면 돕습니다 돕고 도울"),
            (
                "알아듣다",
                Class::DIrregular,
                "알아들어요 알아듣네요 알아들은 알아들었는데 알아들으면 알아듣습니다 알아듣고 알아들을",
            ),
            ("낫다", Class::SIrregular, "나아요 낫네요 나은 나았는데 나으면 낫습니다 낫고 나을"),
            ("모르다", Class::Verb, "몰라요 모르네요 모른 몰랐는데 모르면 모릅니다 모르고 모를"),
            (
                "나쁘다",
                Class::Adjective,
                "나빠요 나쁘네요 나쁜 나빴는데 나쁘면 나쁩니다 나쁘고 나쁠",
            ),
            (
                "그렇다",
                Class::HIrregular,
                "그래요 그렇네요 그런 그랬는데 그러면 그렇습니다 그렇고 그럴",
            ),
            (
                "만들다",
                Class::Verb,
                "만들어요 만드네요 만든 만들었는데 만들면 만듭니다 만들고 만들",
            ),
            ("늦다", Class::Adjective, "늦어요 늦네요 늦은 늦었는데 늦으면 늦습니다 늦고 늦을"),
            ("작다", Class::Adjective, "작아요 작네요 작은 작았는데 작으면 작습니다 작고 작을"),
            (
                "기다리다",
                Class::Verb,
                "기다려요 기다리네요 기다린 기다렸는데 기다리면 기다립니다 기다리고 기다릴",
            ),
            (
                "짜증나다",
                Class::Verb,
                "짜증나요 짜증나네요 짜증난 짜증났는데 짜증나면 짜증납니다 짜증나고 짜증날",
            ),
            ("없다", Class::Adjective, "없어요 없네요 없는 없었는데 없으면 없습니다 없고 없을"),
        ] {
            let paradigm = Paradigm::of(form, class, &grammar).unwrap();
            let shown: Vec<String> = endings.iter().map(|ending| paradigm.with(ending)).collect();
            assert_eq!(shown.join(" "), expected, "{form}");
        }
    }
}
