//! Whatever a file holds: no panic, a known exit code, and every record accounted for.

use proptest::collection::vec;
use proptest::prelude::*;

use crate::support::{Folder, gzip, record, zstd};

const NAMES: [&str; 6] = ["a.jsonl", "b.txt", "c.json", "d.csv", "e.jsonl.gz", "f"];

/// A line as it might stand in a scrape, good or bad.
fn a_line() -> impl Strategy<Value = Vec<u8>> {
    let value = prop_oneof![
        "[a-c ]{0,40}".prop_map(|text| format!("{text:?}")),
        Just("\"\\ud800\"".to_owned()),
        Just("null".to_owned()),
        Just("[1,{\"text\":2}]".to_owned()),
        any::<i64>().prop_map(|number| number.to_string()),
    ];
    let key = prop_oneof![Just("text"), Just("id"), Just("title"), Just("date"), Just("url"), Just("outlet")];
    prop_oneof![
        3 => ("[a-c]{0,2}", "\\PC{0,60}").prop_map(|(id, text)| record(&id, &text).trim_end().as_bytes().to_vec()),
        3 => vec((key, value), 0..5).prop_map(|fields| {
            let fields: Vec<String> = fields.iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
            format!("{{{}}}", fields.join(",")).into_bytes()
        }),
        1 => vec(any::<u8>(), 0..40),
        1 => Just(Vec::new()),
    ]
}

/// The bytes of a file.
fn content() -> impl Strategy<Value = Vec<u8>> {
    let lines = (vec(a_line(), 0..12), prop_oneof![Just("\n"), Just("\r\n")])
        .prop_map(|(lines, end)| lines.join(end.as_bytes()));
    let plain = prop_oneof![3 => lines, 1 => vec(any::<u8>(), 0..300), 1 => "\\PC{0,200}".prop_map(String::into_bytes)];
    (plain, 0..6, any::<prop::sample::Index>(), any::<u8>()).prop_map(|(plain, packing, at, byte)| {
        let mut bytes = match packing {
            0 | 1 => gzip(&plain),
            2 => zstd(&plain),
            _ => return plain,
        };
        match packing {
            0 => bytes.truncate(at.index(bytes.len())),
            1 => {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            _ => {}
        }
        bytes
    })
}

/// Each case starts the program three times.
fn few() -> ProptestConfig {
    ProptestConfig { cases: 40, failure_persistence: None, max_shrink_iters: 60, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(few())]

    #[test]
    fn any_bytes_are_accounted_for(
        files in vec((prop::sample::select(NAMES.to_vec()), content()), 1..5),
        walked: bool,
    ) {
        let folder = Folder::new();
        for (name, content) in &files {
            folder.write(&format!("in/{name}"), content);
        }
        let named: Vec<String> = files.iter().map(|(name, _)| format!("in/{name}")).collect();
        let inputs = if walked { vec!["in".to_owned()] } else { named.clone() };
        let options = ["run", "-o", "run", "--max-record", "5k"].map(str::to_owned);
        let ran = folder.retold(&[&options[..], &inputs].concat());
        prop_assert!(!ran.err.contains("panicked"), "{}", ran.err);
        prop_assert!(matches!(ran.code, Some(0 | 2 | 3)), "{:?}: {}", ran.code, ran.err);
        if folder.path("run/run.json").exists() {
            let [_, kept, ..] = folder.counts("run");
            prop_assert_eq!(kept == 0, ran.code == Some(2), "{}", ran.err);
        } else {
            prop_assert_eq!(ran.code, Some(2));
        }
        let left: Vec<String> = folder.entries().into_iter().filter(|name| name.starts_with('.')).collect();
        prop_assert_eq!(left, Vec::<String>::new());
        let filtered = folder.retold(&["filter", "run", "-o", "left.jsonl"]);
        prop_assert!(!filtered.err.contains("panicked"), "{}", filtered.err);
        prop_assert!(matches!(filtered.code, Some(0 | 2)), "{:?}: {}", filtered.code, filtered.err);
        let compared = folder.retold(&["compare", &named[0], &named[named.len() - 1]]);
        prop_assert!(!compared.err.contains("panicked"), "{}", compared.err);
        prop_assert!(matches!(compared.code, Some(0 | 2)), "{:?}: {}", compared.code, compared.err);
    }
}
