//! What a page says of itself in JSON-LD, as far as it is of use here.
//!
//! Much of it is broken: raw line ends within strings, commas too many, comments around it. What serde cannot read is
//! searched for its strings.

use serde_json::Value;

/// Bytes of one script that are looked at. The longest seen in earnest have 200 kB.
const BYTES: usize = 1 << 20;

/// Objects of a page that are looked at.
const ENTITIES: usize = 1000;

/// Levels of objects and lists below which nothing of the page itself is said.
const DEPTH: usize = 5;

/// One object that may stand for the page, its article or its site. Nothing is `Some` of an empty string.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Entity {
    types: Vec<String>,
    pub(super) headline: Option<String>,
    name: Option<String>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) created: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) lang: Option<String>,
    pub(super) url: Option<String>,
}

impl Entity {
    /// Whether it is a piece of writing: `NewsArticle`, `BlogPosting`, `Report` and the like.
    pub(super) fn is_article(&self) -> bool {
        let ends = ["Article", "Posting", "Report", "Review", "Recipe", "CreativeWork"];
        self.types.iter().any(|kind| ends.iter().any(|end| kind.ends_with(end)))
    }

    /// Whether it is a page, on which something else may stand.
    pub(super) fn is_page(&self) -> bool {
        self.types.iter().any(|kind| kind.ends_with("Page"))
    }

    /// Name of the site, if it is one.
    pub(super) fn site(&self) -> Option<&str> {
        let is_site =
            ["WebSite", "NewsMediaOrganization"].iter().any(|site| self.types.iter().any(|kind| kind == site));
        self.name.as_deref().filter(|_| is_site)
    }
}

/// All objects of the scripts, those further out first.
pub(super) fn entities(scripts: &[String]) -> Vec<Entity> {
    let mut found = Vec::new();
    for script in scripts.iter().filter(|script| script.len() <= BYTES) {
        match parse(script) {
            Some(value) => collect(&value, &mut found),
            None => found.push(salvaged(script)),
        }
        if found.len() >= ENTITIES {
            break;
        }
    }
    found
}

fn parse(script: &str) -> Option<Value> {
    let script = trimmed(script);
    serde_json::from_str(script).ok().or_else(|| {
        // Line ends and tabs are no part of a string in JSON, and mean nothing outside one.
        let flat: String = script.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&flat).ok()
    })
}

/// Without the comment or section marks that hid scripts from old browsers.
fn trimmed(script: &str) -> &str {
    let mut script = script.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    for mark in ["<!--", "//<![CDATA[", "/*<![CDATA[*/", "<![CDATA["] {
        script = script.strip_prefix(mark).unwrap_or(script).trim_start();
    }
    for mark in ["-->", "/*]]>*/", "//]]>", "]]>", "//", ";"] {
        script = script.strip_suffix(mark).unwrap_or(script).trim_end();
    }
    script
}

/// Keys whose objects are other things than the page.
const OTHERS: [&str; 16] = [
    "itemListElement",
    "comment",
    "review",
    "reviews",
    "video",
    "image",
    "author",
    "creator",
    "hasPart",
    "isPartOf",
    "mentions",
    "citation",
    "about",
    "thumbnail",
    "potentialAction",
    "associatedMedia",
];

/// Walks by levels, so that what stands further out comes first and depth costs no stack.
fn collect(root: &Value, found: &mut Vec<Entity>) {
    let mut level = vec![root];
    for _ in 0..DEPTH {
        let mut below = Vec::new();
        for value in level {
            match value {
                Value::Object(fields) => {
                    if found.len() < ENTITIES {
                        found.push(entity(value));
                    }
                    below.extend(
                        fields.iter().filter(|(key, _)| !OTHERS.contains(&key.as_str())).map(|(_, value)| value),
                    );
                }
                Value::Array(values) => below.extend(values),
                _ => {}
            }
        }
        level = below;
    }
}

fn entity(value: &Value) -> Entity {
    let text = |key: &str| value.get(key).and_then(string);
    let types = match value.get("@type") {
        Some(Value::Array(types)) => types.iter().filter_map(string).collect(),
        Some(kind) => string(kind).into_iter().collect(),
        None => Vec::new(),
    };
    let publisher = value.get("publisher").or_else(|| value.get("sourceOrganization"));
    let first = |value: &Value| value.as_array().and_then(|values| values.first()).cloned();
    let publisher = publisher.map(|publisher| first(publisher).unwrap_or_else(|| publisher.clone()));
    Entity {
        types,
        headline: text("headline"),
        name: text("name"),
        published: text("datePublished"),
        modified: text("dateModified"),
        created: text("dateCreated"),
        publisher: publisher
            .and_then(|publisher| publisher.get("name").and_then(string).or_else(|| string(&publisher))),
        lang: text("inLanguage"),
        url: text("url"),
    }
}

/// A string, a number as such, or the first of a list.
fn string(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Array(values) => values.first()?.as_str()?.trim().to_owned(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// What can be had of a script that is no JSON: the first string after each key.
fn salvaged(script: &str) -> Entity {
    let text = |key: &str| value_after(script, key);
    Entity {
        types: text("@type").into_iter().collect(),
        headline: text("headline"),
        published: text("datePublished"),
        modified: text("dateModified"),
        created: text("dateCreated"),
        lang: text("inLanguage"),
        ..Entity::default()
    }
}

/// The string after `"key":`, its escapes resolved where they are ones of JSON.
pub(super) fn value_after(script: &str, key: &str) -> Option<String> {
    let mut rest = script;
    let quoted = format!("\"{key}\"");
    while let Some(at) = rest.find(&quoted) {
        rest = rest[at + quoted.len()..].trim_start();
        let Some(value) = rest.strip_prefix(':') else { continue };
        let Some(value) = value.trim_start().strip_prefix('"') else { continue };
        let mut is_escaped = false;
        let end = value.find(|c| {
            let ends = c == '"' && !is_escaped;
            is_escaped = c == '\\' && !is_escaped;
            ends
        })?;
        let raw = &value[..end];
        let text = serde_json::from_str(&format!("\"{raw}\"")).unwrap_or_else(|_| raw.to_owned());
        return Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(script: &str) -> Vec<Entity> {
        entities(&[script.to_owned()])
    }

    #[test]
    fn objects_are_found_at_any_place_but_those_of_others() {
        let found = of(
            r#"{"@graph": [{"@type": "WebSite", "name": "Courier"}, {"@type": ["Thing", "NewsArticle"], "headline": "Pier",
            "publisher": [{"name": "Courier House"}], "datePublished": 1615190400, "author": {"@type": "Person", "name": "Ida"},
            "comment": [{"@type": "Comment", "datePublished": "2022-01-01"}]}]}"#,
        );
        let article = found.iter().find(|entity| entity.is_article()).unwrap();
        assert_eq!(article.headline.as_deref(), Some("Pier"));
        assert_eq!(article.publisher.as_deref(), Some("Courier House"));
        assert_eq!(article.published.as_deref(), Some("1615190400"));
        assert_eq!(found.iter().find_map(Entity::site), Some("Courier"));
        assert!(found.iter().all(|entity| entity.published.is_none() || entity.is_article()));
    }

    #[test]
    fn broken_scripts_are_read_as_far_as_they_go() {
        for script in [
            "<!-- {\"@type\": \"NewsArticle\", \"headline\": \"Pier \\u2013 closed\"} -->",
            "//<![CDATA[\n{\"@type\": \"NewsArticle\", \"headline\": \"Pier \\u2013\nclosed\"}\n//]]>",
            "{\"@type\": \"NewsArticle\",, \"headline\" : \"Pier \\u2013 closed\"",
            "{\"@type\": \"NewsArticle\", \"headline\": \"Pier \\u2013 closed\", \"description\": \"a \"quoted\" word\"};",
        ] {
            let found = of(script);
            assert!(found[0].is_article(), "{script}");
            assert_eq!(found[0].headline.as_deref(), Some("Pier – closed"), "{script}");
        }
        assert_eq!(of("")[0], Entity::default());
        assert_eq!(value_after(r#"{"a": "one \"two\" \q", "b": ""}"#, "a").as_deref(), Some(r#"one \"two\" \q"#));
        assert_eq!(value_after(r#""a": 1, "a": "x"#, "a"), None);
    }

    #[test]
    fn depth_and_size_are_bounded() {
        let deep = format!("{}1{}", "{\"a\":".repeat(100_000), "}".repeat(100_000));
        assert_eq!(of(&deep), [Entity::default()]);
        assert_eq!(of(&format!("[{}{{}}]", "{},".repeat(5000))).len(), ENTITIES);
        assert!(of(&format!("{{\"headline\":\"{}\"}}", "x".repeat(BYTES))).is_empty());
    }
}
