//! A new entry: from what a person says of it to the file that it stands in.

use super::layout::{basic, decimal, lay_new};
use super::line_ends;
use crate::lexicon::Class;
use crate::resource::SourceFile;
use crate::text::{Syllable, romanized};
use serde::Deserialize as _;
use serde::de::IntoDeserializer as _;
use serde::de::value::{Error, StrDeserializer};
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, Value};

/// The longest id that is proposed.
const LONGEST_SLUG: usize = 32;

/// An entry as `[[entry]]` would hold it; what is none or empty is left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Its id.
    pub id: String,
    /// Dictionary forms.
    pub forms: Vec<String>,
    /// Their class.
    pub class: Class,
    /// Evidence for frustration in level points.
    pub weight: f64,
    /// Codes of its signals; none for those of the file.
    pub signals: Option<Vec<String>>,
    /// Sentences that must be hit.
    pub hits: Vec<String>,
    /// Sentences that must not be hit.
    pub misses: Vec<String>,
    /// For the reader.
    pub note: String,
}

impl Draft {
    /// The entry as it would stand in a file.
    pub fn text(&self) -> String {
        let mut document = DocumentMut::new();
        let mut tables = ArrayOfTables::new();
        tables.push(self.table());
        document.insert("entry", Item::ArrayOfTables(tables));
        document.to_string().trim_start().to_owned()
    }

    /// The file with the entry at its end; none where the file is no TOML, or where its entries are
    /// an inline list instead of `[[entry]]`.
    pub fn appended(&self, file: &SourceFile) -> Option<SourceFile> {
        let mut document: DocumentMut = file.text.parse().ok()?;
        let tables = document.entry("entry");
        let tables = tables.or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
        tables.as_array_of_tables_mut()?.push(self.table());
        let text = line_ends::like(&file.text, &document.to_string());
        Some(SourceFile { path: file.path.clone(), text })
    }

    fn table(&self) -> Table {
        let list = |texts: &[String]| {
            let mut array = Array::new();
            for text in texts {
                array.push_formatted(basic(text));
            }
            Value::Array(array)
        };
        let mut table = Table::new();
        let mut put = |key: &str, value: Value| _ = table.insert(key, Item::Value(value));
        put("id", basic(&self.id));
        put("forms", list(&self.forms));
        put("class", basic(self.class.name()));
        put("weight", decimal(self.weight, 2));
        if let Some(signals) = &self.signals {
            put("signals", list(signals));
        }
        for (key, texts) in [("hits", &self.hits), ("misses", &self.misses)] {
            if !texts.is_empty() {
                put(key, list(texts));
            }
        }
        if !self.note.is_empty() {
            put("note", basic(&self.note));
        }
        lay_new(&mut table, "entry");
        table
    }
}

/// The class of that name.
pub fn class_named(name: &str) -> Option<Class> {
    let name: StrDeserializer<'_, Error> = name.into_deserializer();
    Class::deserialize(name).ok()
}

/// The class that a form looks like.
pub fn class_of(form: &str) -> Class {
    let form = form.trim();
    let syllables = form.chars().filter(|ch| Syllable::parse(*ch).is_some()).count();
    let is_word = |ch: char| ch.is_alphanumeric();
    if form.contains([' ', '|', '…']) {
        Class::Phrase
    } else if syllables == 0 && form.chars().all(|ch| matches!(ch, 'ㄱ'..='ㅎ') && ch != 'ㅋ') {
        Class::Exact
    } else if syllables == 0 && !form.chars().any(|ch| is_word(ch) && ch.is_ascii()) {
        Class::Emoticon
    } else if syllables > 2 && form.ends_with("하다") {
        Class::Hada
    } else if syllables > 1 && form.ends_with('다') {
        Class::Verb
    } else {
        Class::Noun
    }
}

/// An id of a theme that nothing has yet: the first form in Latin letters, with `-2` and so on.
pub fn id_for(theme: &str, form: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let word = |word: &str| -> String {
        let first = word.split('|').next().unwrap_or_default();
        let first = first.split('/').next().unwrap_or_default();
        first.trim_matches(['=', '(', ')', '…']).to_owned()
    };
    let plain = form.split_whitespace().map(word).collect::<Vec<_>>().join(" ");
    let stem = plain.strip_suffix("하다").filter(|stem| !stem.trim().is_empty());
    let mut slug = romanized(stem.unwrap_or(&plain));
    slug.truncate(LONGEST_SLUG);
    let slug = match slug.trim_matches('-') {
        "" => "new",
        slug => slug,
    };
    let numbered = (2..).map(|number| format!("{theme}.{slug}-{number}"));
    let mut ids = std::iter::once(format!("{theme}.{slug}")).chain(numbered);
    ids.find(|id| !is_taken(id)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_guessed_as_a_linguist_would() {
        for (form, class) in [
            ("답답하다", Class::Hada),
            ("짜증나다", Class::Verb),
            ("환불", Class::Noun),
            ("말귀 못 알아듣다", Class::Phrase),
            ("ㅠㅠ", Class::Emoticon),
            ("-_-", Class::Emoticon),
            ("😡", Class::Emoticon),
            ("ㅅㅂ", Class::Exact),
            ("하다", Class::Verb),
        ] {
            assert_eq!(class_of(form), class, "{form}");
        }
    }

    #[test]
    fn ids_are_romanized_and_unlike_all_others() {
        let taken = ["anger.dapdap", "anger.dapdap-2"];
        assert_eq!(id_for("anger", "답답하다", |id| taken.contains(&id)), "anger.dapdap-3");
        assert_eq!(
            id_for("waiting", "연락|답변 (좀) 없다/verb", |_| false),
            "waiting.yeollak-jom-eopda"
        );
        assert_eq!(id_for("emoticon", "ㅠㅠ", |_| false), "emoticon.new");
    }

    #[test]
    fn an_entry_keeps_the_decimals_of_its_weight_and_the_line_ends_of_its_file() {
        let draft = Draft {
            id: "anger.a".into(),
            forms: vec!["쿠쿠다스나다".into()],
            class: Class::Verb,
            weight: 1.125,
            signals: None,
            hits: vec![],
            misses: vec![],
            note: String::new(),
        };
        let before = "signals = [\"anger\"]\r\n";
        let file = |text: &str| SourceFile { path: "signals/a.toml".into(), text: text.into() };
        let text = draft.appended(&file(before)).unwrap().text;
        let added = text.strip_prefix(before).unwrap();
        assert!(added.contains("\r\nweight = 1.125\r\n"), "{added:?}");
        assert_eq!(added.matches('\n').count(), added.matches("\r\n").count());
        assert_eq!(draft.appended(&file("entry = []\n")), None);
    }

    #[test]
    fn an_entry_stands_at_the_end_of_its_file() {
        let draft = Draft {
            id: "anger.a".into(),
            forms: vec!["쿠쿠다스나다".into()],
            class: Class::Verb,
            weight: 2.0,
            signals: None,
            hits: vec!["\"쿠쿠다스\" 났네".into()],
            misses: vec![],
            note: String::new(),
        };
        let file = SourceFile {
            path: "signals/a.toml".into(),
            text: "signals = [\"anger\"]\n# 끝".into(),
        };
        let text = draft.appended(&file).unwrap().text;
        assert_eq!(
            text,
            "signals = [\"anger\"]\n\n[[entry]]\nid = \"anger.a\"\nforms = [\"쿠쿠다스나다\"]\nclass = \"verb\"\nweight = 2.00\nhits = [\"\\\"쿠쿠다스\\\" 났네\"]\n# 끝"
        );
    }
}
