//! A folder to work in, the program run in it, and texts to feed it.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use assert_cmd::Command;
use serde_json::{Value, json};
use tempfile::TempDir;

/// The program under test.
pub(crate) const RETOLD: &str = env!("CARGO_BIN_EXE_retold");

/// The sample collection.
pub(crate) fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples")
}

/// A temporary folder that is the current one of every command run in it.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file, with the folders it lies in.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// Names of all entries, hidden ones included, sorted.
    pub(crate) fn entries(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// Runs `retold` with `args`, nothing on standard input.
    pub(crate) fn retold<A: AsRef<str>>(&self, args: &[A]) -> Ran {
        self.retold_with(args, "")
    }

    /// Runs `retold` with `args` and `input` on standard input.
    pub(crate) fn retold_with<A: AsRef<str>>(&self, args: &[A], input: impl Into<Vec<u8>>) -> Ran {
        let args: Vec<&str> = args.iter().map(AsRef::as_ref).collect();
        let output = Command::new(RETOLD)
            .args(&args)
            .current_dir(self.0.path())
            .env_remove("COLUMNS")
            .env_remove("CLICOLOR_FORCE")
            .write_stdin(input)
            .timeout(Duration::from_secs(60))
            .output()
            .unwrap();
        Ran {
            args: args.join(" "),
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// A table of a run, row by row.
    pub(crate) fn table(&self, run: &str, name: &str) -> Vec<Value> {
        rows(&self.read(&format!("{run}/{name}.jsonl")))
    }

    /// What `run.json` says.
    pub(crate) fn record(&self, run: &str) -> Value {
        serde_json::from_str(&self.read(&format!("{run}/run.json"))).unwrap()
    }

    /// `[read, kept, repeated, rejected]` of a run, which must add up, to each other and to the tables.
    pub(crate) fn counts(&self, run: &str) -> [u64; 4] {
        let record = self.record(run);
        let counts = ["read", "kept", "repeated", "rejected"].map(|name| record["counts"][name].as_u64().unwrap());
        let [read, kept, repeated, rejected] = counts;
        assert_eq!(read, kept + repeated + rejected, "{}", record["counts"]);
        assert_eq!(kept, self.table(run, "articles").len() as u64, "kept is not the number of articles");
        assert_eq!(rejected, self.table(run, "rejects").len() as u64, "rejected is not the number of rejects");
        counts
    }

    /// Ids of the articles kept, in the order of the table.
    pub(crate) fn ids(&self, run: &str) -> Vec<String> {
        self.table(run, "articles").iter().map(|row| text(&row["id"])).collect()
    }

    /// The groups of near-duplicates, each as its ids.
    pub(crate) fn groups(&self, run: &str) -> Vec<Vec<String>> {
        groups(&self.table(run, "articles"))
    }

    /// Text of an article as the run keeps it.
    pub(crate) fn text(&self, run: &str, id: &str) -> String {
        let texts = self.table(run, "texts");
        text(&texts.iter().find(|row| row["id"] == id).unwrap_or_else(|| panic!("no text of {id}"))["text"])
    }
}

/// The groups in rows of `articles`, each as its sorted ids, sorted.
pub(crate) fn groups(articles: &[Value]) -> Vec<Vec<String>> {
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in articles {
        if let Some(group) = row["duplicate_group"].as_str() {
            groups.entry(group.to_owned()).or_default().push(text(&row["id"]));
        }
    }
    let mut groups: Vec<Vec<String>> = groups.into_values().collect();
    groups.iter_mut().for_each(|ids| ids.sort());
    groups.sort();
    groups
}

/// A command that has ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) args: String,
    /// Exit code; none where a signal ended it.
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// Requires an exit code, and that nothing panicked.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert!(!self.err.contains("panicked"), "retold {} panicked:\n{}", self.args, self.err);
        assert_eq!(self.code, Some(code), "exit code of retold {}; it said:\n{}{}", self.args, self.out, self.err);
        self
    }

    /// Requires each of `parts` in the messages.
    #[track_caller]
    pub(crate) fn says(self, parts: &[&str]) -> Self {
        for part in parts {
            assert!(self.err.contains(part), "retold {} does not say {part:?} but:\n{}", self.args, self.err);
        }
        self
    }
}

/// JSON Lines as values.
pub(crate) fn rows(lines: &str) -> Vec<Value> {
    lines.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

/// A record with an id and a text, as a line.
pub(crate) fn record(id: &str, text: &str) -> String {
    line(&json!({"id": id, "text": text}))
}

pub(crate) fn line(record: &Value) -> String {
    format!("{record}\n")
}

/// The code points `start..end` of a text.
pub(crate) fn cut(text: &str, start: &Value, end: &Value) -> String {
    let (start, end) = (start.as_u64().unwrap() as usize, end.as_u64().unwrap() as usize);
    assert!(start <= end && end <= text.chars().count(), "{start}..{end} is not in the text");
    text.chars().skip(start).take(end - start).collect()
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 0).unwrap()
}

/// A seeded source of numbers (splitmix64).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    pub(crate) fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    pub(crate) fn shuffle<T>(&mut self, all: &mut [T]) {
        for i in (1..all.len()).rev() {
            all.swap(i, self.below(i + 1));
        }
    }

    /// An invented word.
    pub(crate) fn word(&mut self) -> String {
        const STARTS: [&str; 14] = ["b", "br", "d", "f", "g", "k", "l", "m", "n", "p", "s", "st", "t", "v"];
        const VOWELS: [&str; 6] = ["a", "e", "i", "o", "u", "ea"];
        const ENDS: [&str; 5] = ["", "n", "r", "l", "s"];
        (0..2 + self.below(2)).map(|_| [*self.pick(&STARTS), *self.pick(&VOWELS), *self.pick(&ENDS)].concat()).collect()
    }

    /// An invented name.
    pub(crate) fn name(&mut self) -> String {
        let word = self.word();
        word[..1].to_uppercase() + &word[1..]
    }

    /// About `words` words of an invented report, with names and figures in its sentences, three to a paragraph.
    pub(crate) fn story(&mut self, words: usize) -> String {
        const COMMON: [&str; 12] = ["the", "of", "in", "and", "to", "said", "was", "that", "for", "on", "with", "as"];
        let (hero, town) = (self.name(), self.name());
        let mut story = String::new();
        let mut written = 0;
        for sentence in 1.. {
            let length = 10 + self.below(9);
            story += &self.name();
            for at in 1..length {
                story.push(' ');
                story += &match self.below(12) {
                    0 if at > 2 => hero.clone(),
                    1 => town.clone(),
                    2 => (2 + self.below(900)).to_string(),
                    3..=6 => (*self.pick(&COMMON)).to_owned(),
                    _ => self.word(),
                };
            }
            story.push('.');
            written += length;
            if written >= words {
                return story;
            }
            story += if sentence % 3 == 0 { "\n\n" } else { " " };
        }
        story
    }

    /// The same story with every `nth` word or so replaced.
    pub(crate) fn edited(&mut self, story: &str, nth: usize) -> String {
        let paragraphs: Vec<String> = story
            .split("\n\n")
            .map(|paragraph| {
                let words: Vec<String> = paragraph
                    .split(' ')
                    .map(|word| {
                        let plain = word.chars().all(|c| c.is_ascii_lowercase());
                        if plain && self.below(nth) == 0 { self.word() } else { word.to_owned() }
                    })
                    .collect();
                words.join(" ")
            })
            .collect();
        paragraphs.join("\n\n")
    }
}

/// A report of about 70 words, one of its own for each number.
pub(crate) fn story(number: u64) -> String {
    Random(number).story(70)
}
