//! The way back from an eojeol to the dictionary forms it can be of.
//!
//! Every place where josa or endings of the grammar may begin is tried, and a predicate counts only
//! if its inflection ([`super::inflection`]) leads to that very stem. What comes back is what is
//! possible; which of it is meant only a corpus can tell (배송지: a noun, or 배송 with -지).

use super::class::Class;
use super::grammar::{Affixes, Grammar};
use super::inflection::{Tail, stems};
use crate::text::{Letter, Syllable, letters_of};

/// Letters of an ending that cannot be taken for part of a noun: -네요, -어요, ㅂ니다.
const LONG_ENDING: usize = 4;
/// Josa behind a noun.
const MOST_JOSA: usize = 2;

/// A dictionary form that an eojeol can be of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lemma {
    /// The form, as an entry is written: 배송, 답답하다.
    pub form: String,
    /// Whether it is a predicate; else it is a noun or any other word.
    pub predicate: bool,
    /// Whether the rest is long and can only be an ending: a single -은, -이 or ㄴ proves no predicate.
    pub proven: bool,
}

/// An eojeol of syllables as letters, with what may follow each place.
struct Eojeol<'e> {
    grammar: &'e Grammar,
    syllables: Vec<Syllable>,
    letters: Vec<Letter>,
    /// Where each syllable begins in the letters, and the end.
    starts: Vec<usize>,
    /// From which letters on there are only endings.
    endings_from: Vec<bool>,
}

impl Grammar {
    /// The dictionary forms that an eojeol of Hangul syllables can be of, the eojeol itself among
    /// them; none for anything else.
    pub fn lemmas(&self, eojeol: &str) -> Vec<Lemma> {
        let Some(eojeol) = Eojeol::new(self, eojeol) else { return Vec::new() };
        let mut lemmas = Vec::new();
        for count in 1..=eojeol.syllables.len() {
            eojeol.add_noun(count, &mut lemmas);
            eojeol.add_predicates(count, &mut lemmas);
        }
        // Of two ways to the same form the one that proves it.
        lemmas.sort_by(|a, b| {
            (&a.form, a.predicate, !a.proven).cmp(&(&b.form, b.predicate, !b.proven))
        });
        lemmas.dedup_by(|next, kept| next.form == kept.form && next.predicate == kept.predicate);
        // The honorific 시 is an ending too: 하시네요 is of 하다.
        let plain = |form: &str| form.strip_suffix("시다").map(|stem| format!("{stem}다"));
        let forms: Vec<String> = lemmas.iter().map(|lemma| lemma.form.clone()).collect();
        lemmas.retain(|lemma| plain(&lemma.form).is_none_or(|plain| !forms.contains(&plain)));
        lemmas
    }

    /// The class that an entry of a predicate is written with.
    pub fn class_of(&self, form: &str) -> Class {
        match form.strip_suffix('다') {
            Some(stem) if stem.ends_with('하') => Class::Hada,
            Some(stem) => self.irregular_class(stem).and_then(Class::named).unwrap_or(Class::Verb),
            None => Class::Noun,
        }
    }

    /// Whether an eojeol is a noun with a copula or a light verb (최악이네요, 최악임, 실망했어요).
    pub fn is_predicative(&self, eojeol: &str, noun: &str) -> bool {
        let Some(rest) = eojeol.strip_prefix(noun).filter(|rest| !rest.is_empty()) else {
            return false;
        };
        let (Some(whole), head) = (Eojeol::new(self, eojeol), noun.chars().count()) else {
            return false;
        };
        let from = whole.starts.get(head).copied().unwrap_or_default();
        if whole.is_josa(from, MOST_JOSA) {
            return false;
        }
        whole.is_copula(from)
            || self.lemmas(rest).iter().any(|lemma| self.is_light_verb(&lemma.form))
    }

    /// Whether a predicate says little without the noun before it (나다, 하다).
    pub fn is_light_verb(&self, form: &str) -> bool {
        self.light_verbs.iter().any(|verb| verb == form)
    }

    /// Whether a stem is also an ending or josa, and says nothing alone (거, 니).
    pub fn is_affix(&self, stem: &str) -> bool {
        let letters = letters_of(stem);
        let tables = [&self.after_vowel, &self.after_consonant, &self.continuations, &self.josa];
        tables.into_iter().any(|table| table.at(&letters).any(|length| length == letters.len()))
    }

    /// Whether a word only opens what is said (아니, 진짜, 왜).
    pub fn is_opener(&self, word: &str) -> bool {
        self.openers.contains(&letters_of(word))
    }
}

impl<'e> Eojeol<'e> {
    fn new(grammar: &'e Grammar, text: &str) -> Option<Self> {
        let syllables: Vec<Syllable> = text.chars().map(Syllable::parse).collect::<Option<_>>()?;
        let letters = letters_of(text);
        let mut starts = vec![0];
        let mut at = 0;
        for syllable in &syllables {
            at += if syllable.last > 0 { 3 } else { 2 };
            starts.push(at);
        }
        if at != letters.len() {
            return None;
        }
        let mut endings_from = vec![false; at + 1];
        if let Some(end) = endings_from.last_mut() {
            *end = true;
        }
        for from in (0..at).rev() {
            let rest = letters.get(from..)?;
            let mut affixes = grammar.continuations.at(rest);
            let ends = affixes.any(|length| endings_from.get(from + length) == Some(&true));
            *endings_from.get_mut(from)? = ends;
        }
        Some(Self { grammar, syllables, letters, starts, endings_from })
    }

    fn rest(&self, from: usize) -> &[Letter] {
        self.letters.get(from..).unwrap_or_default()
    }

    fn head(&self, count: usize) -> impl Iterator<Item = char> + '_ {
        self.syllables.iter().take(count).map(|syllable| syllable.char())
    }

    /// The noun of so many syllables, if only josa or a copula follow.
    fn add_noun(&self, count: usize, lemmas: &mut Vec<Lemma>) {
        let from = self.starts.get(count).copied().unwrap_or(self.letters.len());
        let with_josa = self.is_josa(from, MOST_JOSA) && self.josa_agrees(count);
        let long = self.letters.len() - from >= LONG_ENDING;
        if with_josa || (long && self.is_copula(from)) {
            let form = self.head(count).collect();
            lemmas.push(Lemma { form, predicate: false, proven: with_josa });
        }
    }

    fn is_josa(&self, from: usize, most: usize) -> bool {
        if from == self.letters.len() {
            return true;
        }
        most > 0 && {
            let mut josa = self.grammar.josa.at(self.rest(from));
            josa.any(|length| self.is_josa(from + length, most - 1))
        }
    }

    /// Whether a single josa of one syllable agrees with the sound before it (은/는, 이/가, 을/를).
    fn josa_agrees(&self, count: usize) -> bool {
        let rest: String =
            self.syllables.iter().skip(count).map(|syllable| syllable.char()).collect();
        let head: String = self.head(count).collect();
        Grammar::josa_fits(&head, &rest)
    }

    fn is_copula(&self, from: usize) -> bool {
        let mut copulas = self.grammar.copula.at(self.rest(from));
        copulas.any(|length| self.endings_from.get(from + length) == Some(&true))
    }

    /// The predicates whose stem ends in the syllable of that number, with or without a final that
    /// belongs to the ending.
    fn add_predicates(&self, count: usize, lemmas: &mut Vec<Lemma>) {
        let Some((last, before)) = self.syllables.get(..count).and_then(<[_]>::split_last) else {
            return;
        };
        let from = self.starts.get(count).copied().unwrap_or(self.letters.len());
        let whole = (*last, from);
        let fused = (last.last > 0).then(|| (last.open(), from - 1));
        let copula = self.syllables.get(count).is_some_and(|next| next.open().char() == '이');
        let like_noun = self.is_josa(from, MOST_JOSA) || copula;
        for (last, from) in [Some(whole), fused].into_iter().flatten() {
            let tail = self.tail(from);
            if tail == Tail::default() {
                continue;
            }
            let head: String = before.iter().map(|syllable| syllable.char()).collect();
            let stem = format!("{head}{}", last.char());
            for form in dictionary_forms(before, last) {
                if self.is_unlikely(&form) {
                    continue;
                }
                let inflected = stems(&form, Class::Verb, self.grammar).unwrap_or_default();
                // A stem in ㄹ takes the endings of open ones too: 졸면서, 만들려고.
                let liquid = has_final(last, 'ㄹ') && tail.vowel;
                let fits = |tails: Tail| {
                    tails.vowel && tail.vowel
                        || tails.consonant && (tail.consonant || liquid)
                        || tails.infinitive && tail.infinitive
                };
                if inflected.iter().any(|known| known.text == stem && fits(known.tail)) {
                    let long = self.letters.len() - from >= LONG_ENDING;
                    // Whatever loses a ㄹ could be anything without (누군데 is of no 눌다), and a
                    // fused final may belong to the stem (졸면서, 힘들다, 뽑고); ㅆ and
                    // ㅂ니다 never do.
                    let loses =
                        last.last == 0 && stem_end(&form).is_some_and(|end| has_final(end, 'ㄹ'));
                    let whole_final =
                        self.syllables.get(count - 1).copied().filter(|_| from != whole.1);
                    let may_be_stem = whole_final.is_some_and(|end| {
                        let polite =
                            has_final(end, 'ㅂ') && self.letters.len() - from > LONG_ENDING;
                        !has_final(end, 'ㅆ') && !polite
                    });
                    let next = self.syllables.get(count).map(|next| next.open().char());
                    let infinitive = last.last > 0 && matches!(next, Some('아' | '어'));
                    let proven = (long || infinitive)
                        && !loses
                        && !may_be_stem
                        && !(like_noun && from == whole.1);
                    lemmas.push(Lemma { form, predicate: true, proven });
                }
            }
        }
    }

    /// Whether a form cannot be a predicate though its endings would fit: a stem in ㅡ that the grammar
    /// does not list (들으다 for 들다), or one that is an inflected form itself (찍어다, 먹을다, and
    /// 만든다 in 만든 거지). Few real stems are lost (껴안다).
    fn is_unlikely(&self, form: &str) -> bool {
        let stem: Vec<Syllable> = form.chars().filter_map(Syllable::parse).collect();
        let Some(([.., last], _)) = stem.split_last().map(|(da, stem)| (stem, da)) else {
            return false;
        };
        let plain_vowel = |ch| Syllable::parse(ch).map(|one| one.vowel) == Some(last.vowel);
        if last.last == 0 && plain_vowel('으') {
            let listed =
                form.strip_suffix('다').and_then(|stem| self.grammar.irregular_class(stem));
            return listed.is_none();
        }
        let Some(before) = stem.iter().rev().nth(2) else { return false };
        let infinitive = matches!(last.char(), '아' | '어') && before.last > 0;
        let adnominal = has_final(*before, 'ㄴ') || has_final(*before, 'ㄹ');
        infinitive
            || (adnominal && last.char() == '거')
            || has_final(*last, 'ㄴ')
            || last.char() == '을'
    }

    /// Which kinds of endings the rest from a letter on can be.
    fn tail(&self, from: usize) -> Tail {
        let rest = self.rest(from);
        let of = |endings: &Affixes| {
            let mut lengths = endings.at(rest);
            lengths.any(|length| self.endings_from.get(from + length) == Some(&true))
        };
        Tail {
            vowel: of(&self.grammar.after_vowel),
            consonant: of(&self.grammar.after_consonant),
            infinitive: rest.is_empty() || of(&self.grammar.after_infinitive),
        }
    }
}

fn has_final(syllable: Syllable, jamo: char) -> bool {
    crate::text::compatibility_jamo_to_final(jamo) == Some(syllable.last)
}

/// The last syllable of the stem of a dictionary form.
fn stem_end(form: &str) -> Option<Syllable> {
    form.chars().rev().nth(1).and_then(Syllable::parse)
}

/// Dictionary forms that a stem allomorph may come from; whoever asks inflects them to be sure.
fn dictionary_forms(before: &[Syllable], last: Syllable) -> Vec<String> {
    let text = |head: &[Syllable], tail: &[Syllable]| -> String {
        head.iter().chain(tail).map(|syllable| syllable.char()).chain(['다']).collect()
    };
    let mut forms = vec![text(before, &[last])];
    if last.last > 0 {
        return forms;
    }
    // 해 → 하, 기다려 → 기다리, 줘 → 주, 봐 → 보, 돼 → 되, 나빠 → 나쁘, 뛰어 is two syllables.
    for (fused, plain) in [
        ('애', '아'),
        ('여', '이'),
        ('워', '우'),
        ('와', '오'),
        ('왜', '외'),
        ('아', '으'),
        ('어', '으'),
    ] {
        let vowel = |ch| Syllable::parse(ch).map(|syllable| syllable.vowel);
        if let (Some(fused), Some(plain)) = (vowel(fused), vowel(plain))
            && fused == last.vowel
        {
            forms.push(text(before, &[Syllable { vowel: plain, ..last }]));
        }
    }
    // 만드 → 만들.
    let with_final = |syllable: Syllable, jamo| syllable.with_final(jamo);
    forms.extend(with_final(last, 'ㄹ').map(|last| text(before, &[last])));
    forms.extend(with_final(last, 'ㅎ').map(|last| text(before, &[last])));
    if let Some((previous, head)) = before.split_last() {
        // 괴로우, 괴로워 → 괴롭; 나으, 나아 → 낫; 들으, 들어 → 듣; 몰라 → 모르.
        if previous.last == 0 {
            for jamo in ['ㅂ', 'ㅅ'] {
                forms.extend(with_final(*previous, jamo).map(|stem| text(head, &[stem])));
            }
        }
        if let Some(stem) = previous.open().with_final('ㄷ') {
            forms.push(text(head, &[stem]));
        }
        if let Some(reu) = Syllable::parse('르') {
            forms.push(text(head, &[previous.open(), reu]));
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource::{Diagnostics, Resources};

    fn lemmas(eojeol: &str) -> Vec<String> {
        let grammar = Grammar::load(&Resources::embedded(), &mut Diagnostics::default()).unwrap();
        grammar.lemmas(eojeol).into_iter().map(|lemma| lemma.form).collect()
    }

    #[test]
    fn inflected_forms_lead_back_to_their_dictionary_form() {
        for (eojeol, form) in [
            ("답답해요", "답답하다"),
            ("답답하네요", "답답하다"),
            ("답답했는데", "답답하다"),
            ("괴로워요", "괴롭다"),
            ("괴로우니까", "괴롭다"),
            ("기다렸는데", "기다리다"),
            ("몰라요", "모르다"),
            ("들으면", "듣다"),
            ("나빠졌어요", "나빠지다"),
            ("나쁩니다", "나쁘다"),
            ("만드는데", "만들다"),
            ("안되네요", "안되다"),
            ("늦었어요", "늦다"),
            ("상담원이랑", "상담원"),
            ("배송지를", "배송지"),
            ("최악이네요", "최악"),
            ("환불", "환불"),
        ] {
            assert!(lemmas(eojeol).contains(&form.to_owned()), "{eojeol}: {:?}", lemmas(eojeol));
        }
        assert!(lemmas("ㅋㅋ").is_empty() && lemmas("a상담").is_empty());
    }

    #[test]
    fn josa_agree_with_the_sound_before_them() {
        assert!(lemmas("책을").contains(&"책".to_owned()));
        assert!(!lemmas("오을").contains(&"오".to_owned()));
    }
}
