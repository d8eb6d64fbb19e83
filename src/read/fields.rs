//! Which key of a record holds the text, the title, the date: set by the user or guessed from the first records.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// What a field means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Text,
    Id,
    Url,
    Title,
    Date,
    Outlet,
    Lang,
}

impl Role {
    pub(super) const ALL: [Self; 7] =
        [Self::Text, Self::Id, Self::Url, Self::Title, Self::Date, Self::Outlet, Self::Lang];

    /// Keys that commonly hold it, best first. A `*` at the end stands for any ending.
    fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Text => &["text", "body", "content"],
            Self::Id => &["id", "url"],
            Self::Url => &["url", "link"],
            Self::Title => &["title", "headline"],
            Self::Date => &["date", "published*", "pubdate", "timestamp", "created*"],
            Self::Outlet => &["outlet", "source", "domain", "publisher"],
            Self::Lang => &["lang", "language"],
        }
    }

    /// Whether a key commonly holds it.
    pub(super) fn is_key(self, key: &str) -> bool {
        self.keys().iter().any(|pattern| Self::matches(pattern, key))
    }

    fn matches(pattern: &str, key: &str) -> bool {
        match pattern.strip_suffix('*') {
            Some(start) => key.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start)),
            None => key.eq_ignore_ascii_case(pattern),
        }
    }
}

/// Names of fields as the user gave them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldNames {
    /// Key of the text.
    pub text: Option<String>,
    /// Key of the id.
    pub id: Option<String>,
    /// Key of the title.
    pub title: Option<String>,
    /// Key of the date.
    pub date: Option<String>,
    /// Key of the outlet.
    pub outlet: Option<String>,
    /// Key of the language.
    pub lang: Option<String>,
}

/// The keys that one file is read by.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fields {
    text: Option<String>,
    id: Option<String>,
    url: Option<String>,
    title: Option<String>,
    date: Option<String>,
    outlet: Option<String>,
    lang: Option<String>,
    /// The user named the key of the text: nothing else can stand for it.
    #[serde(skip)]
    text_is_named: bool,
}

/// Share of the first records in which a key must stand to be taken for the title. A title can stand for a missing
/// text; a stray headline must not make an article of a record that lost its text.
const COMMON: f64 = 0.25;

impl Fields {
    /// Fields of a JSON Lines file, from the records that `head` holds whole.
    pub(super) fn guess(head: &[u8], named: &FieldNames) -> Self {
        let keys = |line: &[u8]| serde_json::from_slice(line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line));
        let records = head.split(|&b| b == b'\n').filter_map(|line| keys(line).ok().map(|Keys(keys)| keys));
        Self::of_keys(&records.collect::<Vec<_>>(), named)
    }

    /// Fields of a file whose first records have these keys.
    pub(super) fn of_keys(records: &[Vec<String>], named: &FieldNames) -> Self {
        let mut keys: Vec<(&String, usize)> = Vec::new();
        for key in records.iter().flatten() {
            match keys.iter_mut().find(|(known, _)| *known == key) {
                Some((_, count)) => *count += 1,
                None => keys.push((key, 1)),
            }
        }
        let records = records.len();
        let guess = |role: Role| {
            let enough = |count: usize| role != Role::Title || count as f64 >= COMMON * records as f64;
            role.keys().iter().find_map(|pattern| {
                let fits = |(key, count): &&(&String, usize)| enough(*count) && Role::matches(pattern, key);
                keys.iter().filter(fits).max_by_key(|(_, count)| *count).map(|(key, _)| (*key).clone())
            })
        };
        Self {
            text_is_named: named.text.is_some(),
            text: named.text.clone().or_else(|| guess(Role::Text)),
            id: named.id.clone().or_else(|| guess(Role::Id)),
            url: guess(Role::Url),
            title: named.title.clone().or_else(|| guess(Role::Title)),
            date: named.date.clone().or_else(|| guess(Role::Date)),
            outlet: named.outlet.clone().or_else(|| guess(Role::Outlet)),
            lang: named.lang.clone().or_else(|| guess(Role::Lang)),
        }
    }

    /// The key that holds it.
    pub(super) fn of(&self, role: Role) -> Option<&str> {
        match role {
            Role::Text => &self.text,
            Role::Id => &self.id,
            Role::Url => &self.url,
            Role::Title => &self.title,
            Role::Date => &self.date,
            Role::Outlet => &self.outlet,
            Role::Lang => &self.lang,
        }
        .as_deref()
    }

    /// Whether a title can stand for a text that the record does not have.
    pub(super) fn title_can_stand_for_text(&self) -> bool {
        !self.text_is_named
    }

    /// What the key of the text is, or what was looked for.
    pub(super) fn text_key(&self) -> String {
        self.text.clone().unwrap_or_else(|| Role::Text.keys().join(", "))
    }
}

/// `text=body id=url …`, for the fields there are.
impl fmt::Display for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const NAMES: [&str; 7] = ["text", "id", "url", "title", "date", "outlet", "lang"];
        let known = NAMES.into_iter().zip(Role::ALL).filter_map(|(name, role)| Some((name, self.of(role)?)));
        for (i, (name, key)) in known.enumerate() {
            write!(f, "{}{name}={key}", if i == 0 { "" } else { " " })?;
        }
        Ok(())
    }
}

/// A value as far as any field can use it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) enum Value<'a> {
    #[default]
    Missing,
    Null,
    Text(Cow<'a, str>),
    Number(serde_json::Number),
    Other(&'static str),
}

impl Value<'_> {
    /// Text that says something, from a string or a number.
    pub(super) fn into_text(self) -> Option<String> {
        match self {
            Self::Text(text) if !text.trim().is_empty() => Some(text.into_owned()),
            Self::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }
}

/// The values of one record.
#[derive(Debug, Default)]
pub(super) struct Values<'a> {
    values: [Value<'a>; 7],
}

impl<'a> Values<'a> {
    /// Takes the value of a role out.
    pub(super) fn take(&mut self, role: Role) -> Value<'a> {
        std::mem::take(&mut self.values[role as usize])
    }

    /// Sets the value of a role.
    pub(super) fn set(&mut self, role: Role, value: Value<'a>) {
        self.values[role as usize] = value;
    }
}

/// Reads the values that `fields` ask for out of a JSON object; for use with [`DeserializeSeed`].
pub(super) struct Wanted<'f>(pub(super) &'f Fields);

impl<'de> DeserializeSeed<'de> for Wanted<'_> {
    type Value = Values<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Values<'de>, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Wanted<'_> {
    type Value = Values<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Values<'de>, A::Error> {
        let mut out = Values::default();
        while let Some(Key(key)) = map.next_key()? {
            let wanted = |role: &Role| self.0.of(*role) == Some(&*key);
            // One key can serve two roles: a url that is the id.
            let mut roles = Role::ALL.into_iter().filter(wanted);
            let Some(first) = roles.next() else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let value: Value<'de> = map.next_value()?;
            for role in roles {
                out.values[role as usize] = value.clone();
            }
            out.values[first as usize] = value;
        }
        Ok(out)
    }
}

/// A key, borrowed where it has no escapes.
#[derive(Deserialize)]
#[serde(transparent)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de> Deserialize<'de> for Value<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Value::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Value::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(serde_json::Number::from_f64(number).map_or(Value::Null, Value::Number))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Value::Other("true or false"))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::Other("a list"))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Value::Other("an object"))
    }
}

/// All keys of a record, in order.
pub(super) struct Keys(pub(super) Vec<String>);

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeysVisitor;
        impl<'de> Visitor<'de> for KeysVisitor {
            type Value = Keys;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Keys, A::Error> {
                let mut keys = Vec::new();
                while let Some((key, _)) = map.next_entry::<String, IgnoredAny>()? {
                    keys.push(key);
                }
                Ok(Keys(keys))
            }
        }
        deserializer.deserialize_map(KeysVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(head: &str) -> String {
        Fields::guess(head.as_bytes(), &FieldNames::default()).to_string()
    }

    #[test]
    fn fields_are_guessed_from_the_first_records() {
        assert_eq!(
            guess("{\"url\":\"u\",\"body\":\"b\",\"Headline\":\"h\",\"publishedAt\":\"d\"}"),
            "text=body id=url url=url title=Headline date=publishedAt"
        );
        assert_eq!(guess("{\"content\":\"c\",\"text\":\"t\"}\nbroken\n{\"te"), "text=text");
        assert_eq!(guess("{\"titel\":1}"), "");
    }

    #[test]
    fn a_rare_key_is_no_title() {
        let usual = "{\"text\":\"t\",\"id\":1}\n".repeat(4);
        assert_eq!(guess(&format!("{usual}{{\"headline\":\"h\"}}")), "text=text id=id");
        assert_eq!(
            guess(&format!("{usual}{{\"headline\":\"h\"}}\n{{\"headline\":\"h\"}}")),
            "text=text id=id title=headline"
        );
    }

    #[test]
    fn names_given_go_before_guesses() {
        let named = FieldNames { text: Some("inhalt".into()), ..FieldNames::default() };
        assert_eq!(Fields::guess(b"{\"text\":\"t\"}", &named).to_string(), "text=inhalt");
    }
}
