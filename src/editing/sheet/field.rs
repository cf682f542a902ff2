//! One cell against one field, and the field put into its table.

use super::cell::{self, Fault};
use super::column::{Column, Shape};
use super::{Cell, Damage, damage};
use crate::editing::layout::{Filling, lay_value, rank};
use toml_edit::{Decor, Item, Table, Value};

/// A field of an item, as it is.
pub(super) struct Field<'f> {
    pub(super) column: &'f Column,
    /// Its cell as exported.
    pub(super) before: &'f str,
    pub(super) old: Option<&'f Value>,
    /// Whether curly quotes are meant.
    pub(super) keeps_quotes: bool,
    pub(super) is_cp949: bool,
}

/// What a cell wants.
pub(super) enum Wish {
    /// The field as it is.
    Nothing,
    /// Another value, or none; and how the cell says it.
    Set { value: Option<Value>, shown: String },
}

impl Field<'_> {
    /// What a cell wants of the field; a missing column wants nothing.
    pub(super) fn wish(&self, cell: Option<&Cell>) -> Result<Wish, Fault> {
        let (text, is_bare) = match cell {
            None => return Ok(Wish::Nothing),
            Some(Cell::Damaged(damage)) => return Err(explained(damage)),
            Some(Cell::Text(text)) => (text, false),
            Some(Cell::Bare(text)) => (text, true),
        };
        let text = text.replace("\r\n", "\n");
        if text == self.before || self.is_lost(&text)? {
            return Ok(Wish::Nothing);
        }
        let keeps_quotes = self.keeps_quotes || damage::has_curly_quotes(self.before);
        let text = if keeps_quotes { text } else { damage::straightened(&text) };
        if is_bare && self.column.shape.is_free() && damage::looks_mangled(&text) {
            return Err((
                format!("`{text}`은(는) 스프레드시트가 날짜나 숫자로 바꾼 것 같습니다"),
                "적으려던 말을 앞에 작은따옴표(')를 붙여 다시 적습니다".to_owned(),
            ));
        }
        self.check_day(&text)?;
        let value = cell::parsed(&text, self.column.shape, self.old)?;
        let same = match (&value, self.old) {
            (Some(new), Some(old)) => cell::is_same(new, old),
            (None, None) => true,
            _ => false,
        };
        if same {
            return Ok(Wish::Nothing);
        }
        if value.is_none() && self.column.required {
            let name = self.column.name;
            return Err((format!("`{name}`은(는) 비울 수 없습니다"), self.column.about.to_owned()));
        }
        let shown = value.clone().and_then(|value| cell::shown(Some(&Item::Value(value))));
        Ok(Wish::Set { value, shown: shown.unwrap_or_default() })
    }

    /// Whether only CP949 stands between the cell and the field; an edited cell may have lost letters.
    fn is_lost(&self, text: &str) -> Result<bool, Fault> {
        if !self.is_cp949 {
            return Ok(false);
        }
        if damage::is_lost_in_cp949(text, self.before) {
            return Ok(true);
        }
        let beyond = damage::beyond_cp949(self.before);
        if beyond.is_empty() || !text.contains('?') {
            return Ok(false);
        }
        Err((
            format!("CP949로 저장하면서 {beyond}이(가) ?로 바뀐 것 같습니다"),
            "‘CSV UTF-8’로 저장하거나 XLSX로 가져옵니다".to_owned(),
        ))
    }

    /// A day of every year that has become the day of one year was not meant.
    fn check_day(&self, text: &str) -> Result<(), Fault> {
        let yearly = self.column.shape == Shape::Day && self.before.len() == "12-20".len();
        if yearly && text.trim().ends_with(&format!("-{}", self.before)) {
            return Err((
                format!("해마다의 날 {}이(가) 한 해의 날 {text}(으)로 바뀌었습니다", self.before),
                format!("스프레드시트가 바꾼 것이면 '{}로 되돌립니다", self.before),
            ));
        }
        Ok(())
    }
}

fn explained(damage: &Damage) -> Fault {
    let help = "칸의 서식을 텍스트로 바꾸고 다시 적습니다. 맨 앞에 작은따옴표(')를 붙여도 됩니다";
    let message = match damage {
        Damage::Date => "스프레드시트가 날짜로 바꾼 칸입니다".to_owned(),
        Damage::Formula(formula) => format!("수식이 된 칸입니다: ={formula}"),
        Damage::Error(error) => format!("수식으로 읽혀 오류({error})가 된 칸입니다"),
    };
    (message, help.to_owned())
}

/// Puts a field into a table, or takes it out; nothing else in the table changes.
pub(super) fn put(table: &mut Table, kind: &str, key: &str, value: Option<Value>) {
    let Some(mut value) = value else {
        take_out(table, key);
        return;
    };
    if let Some(old) = table.get_mut(key).and_then(Item::as_value_mut) {
        if let (Value::Array(new), Value::Array(old)) = (&mut value, &*old) {
            keep_comments(new, old);
        }
        lay_value(key, &mut value, Filling::OneALine);
        *value.decor_mut() = old.decor().clone();
        *old = value;
        return;
    }
    lay_value(key, &mut value, Filling::OneALine);
    *value.decor_mut() = Decor::new(" ", "");
    // Before the first key that belongs behind it; those that are there keep their order.
    let keys: Vec<String> = table.iter().map(|(key, _)| key.to_owned()).collect();
    let behind = keys.iter().position(|other| rank(kind, other) > rank(kind, key));
    table.insert(key, Item::Value(value));
    let at = |one: &str| match keys.iter().position(|other| other == one) {
        Some(index) => (index, 1),
        None => (behind.unwrap_or(keys.len()), 0),
    };
    table.sort_values_by(|a, _, b, _| at(a.get()).cmp(&at(b.get())));
}

/// Items that stay keep the comments at them.
fn keep_comments(new: &mut toml_edit::Array, old: &toml_edit::Array) {
    for item in new.iter_mut() {
        if let Some(same) = old.iter().find(|other| cell::is_same(other, item)) {
            *item = same.clone();
        }
    }
    new.set_trailing(old.trailing().clone());
}

/// Takes a field out; the comments above it stay with the next one.
fn take_out(table: &mut Table, key: &str) {
    let Some((name, _)) = table.get_key_value(key) else { return };
    let comments = name.leaf_decor().prefix().and_then(|raw| raw.as_str());
    let comments = comments.filter(|raw| raw.contains('#')).map(str::to_owned);
    let next = table.iter().map(|(key, _)| key.to_owned()).skip_while(|one| one != key).nth(1);
    table.remove(key);
    if let (Some(comments), Some(next)) = (comments, next)
        && let Some(mut next) = table.key_mut(&next)
    {
        let own = next.leaf_decor().prefix().and_then(|raw| raw.as_str()).unwrap_or_default();
        let both = format!("{comments}{own}");
        next.leaf_decor_mut().set_prefix(both);
    }
}
