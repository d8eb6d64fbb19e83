//! Every format of input gives the same articles, whole or damaged, and comes out of `filter`.

use std::fmt::Write as _;
use std::io::Write as _;

use serde_json::{Value, json};

use crate::support::{Folder, Random, gzip, record, rows, story, text};

/// Three articles as records.
fn records() -> Vec<Value> {
    (1..4)
        .map(|n| {
            json!({"id": format!("r{n}"), "title": format!("Title {n}"), "date": format!("2024-03-0{n}"), "text": story(n),
                   "outlet": "courier"})
        })
        .collect()
}

fn csv(records: &[Value], delimiter: u8) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    let keys = ["id", "title", "date", "text", "outlet"];
    writer.write_record(keys).unwrap();
    for record in records {
        writer.write_record(keys.map(|key| text(&record[key]))).unwrap();
    }
    writer.into_inner().unwrap()
}

/// What a run knows of its articles, less where they stood.
fn articles(folder: &Folder, run: &str) -> Vec<Value> {
    let mut rows = folder.table(run, "articles");
    for row in &mut rows {
        let row = row.as_object_mut().unwrap();
        row.remove("path");
        row.remove("line");
    }
    rows
}

#[test]
fn all_formats_with_fields_give_the_same_articles() {
    let records = records();
    let folder = Folder::new();
    let lines: String = records.iter().map(|record| format!("{record}\n")).collect();
    folder.write("lines.jsonl", &lines);
    folder.retold(&["cluster", "lines.jsonl", "-o", "expected"]).exits(0);
    let list = Value::from(records.clone());
    let utf16: Vec<u8> = lines.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let utf16_marked = [b"\xfe\xff".to_vec(), lines.encode_utf16().flat_map(u16::to_be_bytes).collect()].concat();
    let pretty: Vec<String> = records.iter().map(|record| serde_json::to_string_pretty(record).unwrap()).collect();
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("lines.json", lines.clone().into_bytes()),
        ("list.json", serde_json::to_vec_pretty(&list).unwrap()),
        ("list-on-one-line.json", serde_json::to_vec(&list).unwrap()),
        ("answer.json", serde_json::to_vec(&json!({"status": "ok", "articles": list, "total": 3})).unwrap()),
        ("deep.json", serde_json::to_vec_pretty(&json!({"data": {"page": 1, "items": list}})).unwrap()),
        ("one-after-another.json", pretty.join("\n").into_bytes()),
        ("comma.csv", csv(&records, b',')),
        ("semicolon.csv", csv(&records, b';')),
        ("tab.tsv", csv(&records, b'\t')),
        ("pipe.txt", csv(&records, b'|')),
        ("marked.csv", [b"\xef\xbb\xbf".to_vec(), csv(&records, b',')].concat()),
        ("wide.jsonl", utf16),
        ("wide-marked.jsonl", utf16_marked),
        #[cfg(feature = "parquet")]
        ("table.parquet", parquet(&records)),
        #[cfg(feature = "parquet")]
        ("table.parquet.gz", gzip(&parquet(&records))),
    ];
    for (name, bytes) in files {
        folder.write(name, &bytes);
        folder
            .retold(&["cluster", name, "-o", "run", "--force"])
            .exits(0)
            .says(&["read 3 = kept 3", "fields text=text id=id"]);
        assert_eq!(articles(&folder, "run"), articles(&folder, "expected"), "{name}");
        assert_eq!(folder.read("run/texts.jsonl"), folder.read("expected/texts.jsonl"), "{name}");
        // Through a pipe there is no name, and nothing to go back to.
        folder.retold_with(&["cluster", "-", "-o", "piped", "--force"], bytes).exits(0);
        assert_eq!(articles(&folder, "piped"), articles(&folder, "expected"), "{name} through a pipe");
        // All of it comes out of a filter.
        folder.retold(&["filter", "run", "-o", "unique.jsonl", "--force"]).exits(0).says(&["kept 3 records"]);
        let kept = rows(&folder.read("unique.jsonl"));
        assert_eq!(kept, records, "{name}");
    }
}

#[cfg(feature = "parquet")]
fn parquet(records: &[Value]) -> Vec<u8> {
    use std::sync::Arc;

    use arrow_array::{
        ArrayRef, Date32Array, DictionaryArray, LargeStringArray, ListArray, RecordBatch, StringArray, types,
    };
    let texts = |key: &str| records.iter().map(|record| record[key].as_str().map(str::to_owned)).collect::<Vec<_>>();
    let outlets: DictionaryArray<types::Int8Type> = records.iter().map(|record| record["outlet"].as_str()).collect();
    let days = records.iter().map(|record| {
        let date: jiff::civil::Date = record["date"].as_str().unwrap().parse().unwrap();
        (date - jiff::civil::date(1970, 1, 1)).get_days()
    });
    let tags = ListArray::from_iter_primitive::<types::Int32Type, _, _>(records.iter().map(|_| Some(vec![Some(1)])));
    let columns: [(&str, ArrayRef); 6] = [
        ("id", Arc::new(StringArray::from(texts("id")))),
        ("tags", Arc::new(tags)),
        ("title", Arc::new(StringArray::from(texts("title")))),
        ("date", Arc::new(Date32Array::from_iter_values(days))),
        ("text", Arc::new(LargeStringArray::from(texts("text")))),
        ("outlet", Arc::new(outlets)),
    ];
    written(&RecordBatch::try_from_iter(columns).unwrap())
}

#[cfg(feature = "parquet")]
fn written(batch: &arrow_array::RecordBatch) -> Vec<u8> {
    let mut out = Vec::new();
    let options = parquet::file::properties::WriterProperties::builder()
        .set_compression(parquet::basic::Compression::SNAPPY)
        .set_max_row_group_row_count(Some(2))
        .build();
    let mut writer = parquet::arrow::ArrowWriter::try_new(&mut out, batch.schema(), Some(options)).unwrap();
    writer.write(batch).unwrap();
    writer.close().unwrap();
    out
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_of_other_types_and_damaged() {
    use std::sync::Arc;

    use arrow_array::{ArrayRef, BinaryArray, Int64Array, RecordBatch, StringArray, TimestampMicrosecondArray};
    let folder = Folder::new();
    let (one, three) = (story(1), story(3));
    let columns: [(&str, ArrayRef); 4] = [
        ("id", Arc::new(Int64Array::from(vec![7, 8, 9]))),
        ("body", Arc::new(BinaryArray::from(vec![one.as_bytes(), b"\xff\xfe", three.as_bytes()]))),
        ("timestamp", Arc::new(TimestampMicrosecondArray::from(vec![1_573_777_400_000_000; 3]))),
        ("title", Arc::new(StringArray::from(vec![Some("One"), None, None]))),
    ];
    let table = written(&RecordBatch::try_from_iter(columns).unwrap());
    folder.write("table.parquet", &table);
    let ran = folder.retold(&["cluster", "table.parquet", "-o", "run"]).exits(3);
    ran.says(&[
        "fields text=body id=id title=title date=timestamp",
        "reject table.parquet:2: wrong-type: its body is bytes that are not UTF-8",
    ]);
    assert_eq!((folder.ids("run"), folder.text("run", "9")), (vec!["7".into(), "9".into()], story(3)));
    assert_eq!(folder.table("run", "articles")[0]["date"], "2019-11-15T00:23:20Z");
    folder.write("cut.parquet", &table[..table.len() / 2]);
    folder.write("good.jsonl", record("good", &story(5)));
    let ran = folder.retold(&["cluster", "good.jsonl", "cut.parquet", "-o", "cut"]).exits(3);
    ran.says(&["reject cut.parquet: cut-archive: is no whole Parquet file"]);
    // The damage is in the data of the first rows.
    let mut damaged = table.clone();
    damaged[40..120].fill(0x55);
    folder.write("damaged.parquet", damaged);
    let ran = folder.retold(&["cluster", "good.jsonl", "damaged.parquet", "-o", "damaged"]).exits(3);
    ran.says(&["reject damaged.parquet:"]);
    let columns: [(&str, ArrayRef); 1] = [("inhalt", Arc::new(StringArray::from(vec![story(1)])))];
    folder.write("other.parquet", written(&RecordBatch::try_from_iter(columns).unwrap()));
    folder
        .retold(&["cluster", "other.parquet"])
        .exits(2)
        .says(&["no-text: no column holds the text", "fields seen: inhalt"]);
    folder.retold(&["cluster", "other.parquet", "--text", "inhalt"]).exits(0);
}

/// Whatever is wrong in a table, the run goes on without it.
#[cfg(feature = "parquet")]
#[test]
fn parquet_with_random_damage() {
    let whole = parquet(&records());
    let folder = Folder::new();
    folder.write("good.jsonl", record("good", &story(5)));
    let mut random = Random(11);
    for _ in 0..60 {
        let mut damaged = whole.clone();
        for _ in 0..1 + random.below(4) {
            // The directory at the end, where most can go wrong, more often than the rest.
            let end = damaged.len() - 4;
            let from = if random.below(4) > 0 { end.saturating_sub(1200) } else { 4 };
            let at = from + random.below(end - from);
            damaged[at] = random.next() as u8;
        }
        folder.write("damaged.parquet", &damaged);
        let ran =
            folder.retold(&["cluster", "good.jsonl", "damaged.parquet", "-o", "run", "--force", "--max-bad", "100%"]);
        ran.exits(0);
        assert!(folder.ids("run").contains(&"good".to_owned()));
        folder.counts("run");
    }
}

/// A record of a web archive.
fn warc(kind: &str, uri: &str, block: &[u8]) -> Vec<u8> {
    let length = block.len();
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2024-03-02T10:00:00Z\r\nContent-Length: {length}\r\n\r\n"
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn response(n: u64, head: &str, body: &[u8]) -> Vec<u8> {
    let block = [format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n").as_bytes(), body].concat();
    warc("response", &format!("https://www.courier.example/{n}"), &block)
}

fn page(n: u64) -> String {
    let paragraphs = (0..6).fold(String::new(), |mut all, part| {
        let _ = write!(all, "<p>{}</p>", story(10 * n + part).replace("\n\n", " "));
        all
    });
    format!(
        "<html lang=\"en\"><head><title>Page {n}</title></head><body><main><article><h1>Page {n}</h1>{paragraphs}</article></main></body></html>"
    )
}

#[test]
fn web_archives_hold_pages_and_texts() {
    let members = [
        warc("warcinfo", "", b"software: crawler\r\n"),
        warc("request", "https://www.courier.example/1", b"GET /1 HTTP/1.1\r\n\r\n"),
        response(1, "Content-Type: text/html; charset=utf-8", page(1).as_bytes()),
        response(2, "Content-Type: text/html\r\nContent-Encoding: gzip", &gzip(page(2).as_bytes())),
        response(3, "Content-Type: image/png", b"\x89PNG\r\n\0\0"),
        response(
            4,
            "Content-Type: text/plain; charset=iso-8859-1",
            b"At a caf\xe9 in Ostrel nobody knew of the ferry.",
        ),
        warc("conversion", "https://herald.example/5", story(5).as_bytes()),
        response(6, "Content-Type: text/html\r\nContent-Encoding: zip", b"x"),
    ];
    let folder = Folder::new();
    folder.write("crawl.warc", members.concat());
    folder.write("crawl.warc.gz", members.iter().map(|member| gzip(member)).collect::<Vec<_>>().concat());
    for name in ["crawl.warc", "crawl.warc.gz"] {
        let ran = folder.retold(&["run", name, "-o", "run", "--force"]).exits(3);
        ran.says(&[
            "read 5 = kept 4",
            "rejected 1",
            "skipped 3 records of web archives",
            &format!("reject {name}:8: byte "),
            "packed as zip",
        ]);
        assert_eq!(folder.ids("run"), [3, 4, 6, 7].map(|n| format!("{name}#{n}")));
        let table = folder.table("run", "articles");
        let first = &table[0];
        assert_eq!((&first["url"], &first["title"]), (&json!("https://www.courier.example/1"), &json!("Page 1")));
        assert_eq!((&first["outlet"], &first["date"]), (&json!("courier.example"), &json!("2024-03-02T10:00:00Z")));
        assert_eq!((&first["lang"], &first["line"]), (&json!("en"), &json!(3)));
        assert_eq!(folder.text("run", &format!("{name}#6")), "At a café in Ostrel nobody knew of the ferry.");
        folder.retold(&["filter", "run", "-o", "unique.jsonl", "--force"]).exits(0).says(&["kept 4 records"]);
        let kept = rows(&folder.read("unique.jsonl"));
        assert_eq!((kept.len(), &kept[0]["url"]), (4, &json!("https://www.courier.example/1")));
        assert!(kept.iter().all(|row| row["text"].as_str().is_some_and(|text| !text.is_empty())));
    }
    // A member in the middle is damaged, and the file is cut in its last one.
    let mut packed: Vec<Vec<u8>> = members[..7].iter().map(|member| gzip(member)).collect();
    let middle = packed[2].len() / 2;
    packed[2][middle..middle + 20].fill(0x55);
    let last = packed.pop().unwrap();
    packed.push(last[..last.len() / 2].to_vec());
    folder.write("damaged.warc.gz", packed.concat());
    let ran = folder.retold(&["cluster", "damaged.warc.gz", "-o", "damaged"]).exits(3);
    ran.says(&["cut-archive: ends early or is damaged after 2 records, which were read; goes on after it"]);
    let urls: Vec<String> = folder.table("damaged", "articles").iter().map(|row| text(&row["url"])).collect();
    assert_eq!(urls, ["https://www.courier.example/2", "https://www.courier.example/4"]);
    assert_eq!(folder.counts("damaged"), [4, 2, 0, 2]);
}

#[test]
fn archives_of_every_kind() {
    let lines: String = (0..400).map(|n| record(&format!("r{n:03}"), &story(100 + n))).collect();
    type Pack = fn(&[u8]) -> Vec<u8>;
    let pack: [(&str, Pack); 4] = [
        ("gz", gzip),
        ("zst", |bytes| zstd::encode_all(bytes, 0).unwrap()),
        ("bz2", |bytes| {
            let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        }),
        ("xz", |bytes| {
            let mut encoder = liblzma::write::XzEncoder::new(Vec::new(), 0);
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        }),
    ];
    let (first, second) = lines.as_bytes().split_at(lines.len() / 3);
    for (name, pack) in pack {
        let folder = Folder::new();
        folder.write("members.txt", [pack(first), pack(second)].concat());
        folder.write("garbage.jsonl", [pack(lines.as_bytes()), b"and then some".to_vec()].concat());
        folder.write("padded.jsonl", [pack(lines.as_bytes()), vec![0; 512]].concat());
        let whole = pack(lines.as_bytes());
        folder.write("cut.jsonl", &whole[..whole.len() * 9 / 10]);
        folder.write("twice.jsonl", gzip(&whole));
        for (file, code) in [("members.txt", 0), ("padded.jsonl", 0), ("twice.jsonl", 0), ("garbage.jsonl", 3)] {
            let ran = folder.retold(&["cluster", file, "-o", "run", "--force", "--no-text"]).exits(code);
            assert_eq!(folder.counts("run"), [400 + u64::from(code > 0), 400, 0, u64::from(code > 0)], "{name} {file}");
            if code > 0 {
                ran.says(&[
                    "cut-archive: ends early or is damaged after 400 records, which were used",
                    "no part of it",
                ]);
            }
        }
        folder
            .retold(&["cluster", "cut.jsonl", "-o", "run", "--force"])
            .exits(3)
            .says(&["cut-archive", "which were used"]);
        // One block of bzip2 is much.
        assert!(name == "bz2" || folder.counts("run")[1] > 100, "{name}");
    }
}

/// What follows the end of an archive takes nothing from what is in it.
#[test]
fn garbage_after_an_archive() {
    let folder = Folder::new();
    let lines = record("a", &story(1)) + record("b", &story(2)).trim_end();
    let after = |bytes: &[u8]| [gzip(bytes), b"and then some".to_vec()].concat();
    folder.write("lines.jsonl.gz", after(lines.as_bytes()));
    folder.write("text.txt.gz", after(story(3).as_bytes()));
    folder.write("table.csv.gz", after(format!("id,text\nc,\"{}\"", story(4)).as_bytes()));
    let ran = folder.retold(&["cluster", "lines.jsonl.gz", "text.txt.gz", "table.csv.gz", "-o", "run"]).exits(3);
    ran.says(&[
        "reject lines.jsonl.gz:",
        "after 2 records, which were used",
        "reject text.txt.gz: cut-archive: all of it was used",
    ]);
    assert_eq!((folder.ids("run").len(), folder.counts("run")), (4, [7, 4, 0, 3]));
}

/// What stands around JSON is said and left.
#[test]
fn json_in_a_call() {
    let folder = Folder::new();
    let list = json!([{"id": "a", "text": story(1)}, {"id": "b", "text": story(2)}]);
    folder.write("call.json", format!("answer({list});"));
    folder.retold(&["cluster", "call.json", "-o", "run"]).exits(3).says(&["reject call.json:1: byte 0: bad-json"]);
    assert_eq!(folder.ids("run"), ["a", "b"]);
    folder.write("only.warc", warc("warcinfo", "", b"x"));
    folder.retold(&["cluster", "only.warc"]).exits(2).says(&["skipped 1 record", "the inputs hold no article"]);
}

/// A gigabyte that comes out of a kilobyte fills nothing.
#[test]
fn what_swells_is_bounded() {
    let folder = Folder::new();
    let zeros = vec![b' '; 32 << 20];
    let bomb = zstd::encode_all(&zeros[..], 19).unwrap();
    let bombs: Vec<u8> = std::iter::repeat_n(bomb, 32).flatten().collect();
    folder.write("bomb.txt.zst", gzip(&bombs));
    folder.write("good.jsonl", record("good", &story(5)));
    let ran = folder.retold(&["cluster", "good.jsonl", "bomb.txt.zst", "-o", "run"]).exits(3);
    ran.says(&["reject bomb.txt.zst: too-large"]);
    let peak = folder.record("run")["stages"][0]["peak_bytes"].as_u64().unwrap_or(0);
    assert!(peak < 200 << 20, "{peak} bytes");
}

#[test]
fn encodings_are_found_out() {
    let told = "Le café de la jetée était fermé mardi, et personne à l’hôtel n’a été prévenu de l’arrêté du préfet.";
    let folder = Folder::new();
    let latin: Vec<u8> = encoding_rs::WINDOWS_1252.encode(told).0.into_owned();
    folder.write("latin.txt", &latin);
    folder.write("wide.txt", told.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>());
    folder.write(
        "wider.txt",
        ["\u{feff}", told].concat().chars().flat_map(|c| (c as u32).to_le_bytes()).collect::<Vec<_>>(),
    );
    folder.write("latin.csv", [b"id;text\nc;", &latin[..], b"\n"].concat());
    folder.retold(&["cluster", "latin.txt", "wide.txt", "wider.txt", "latin.csv", "-o", "run"]).exits(0);
    for id in ["latin.txt", "wide.txt", "wider.txt", "c"] {
        assert_eq!(folder.text("run", id), told, "{id}");
    }
    let cyrillic = "Паром из Остреля опоздал в понедельник на три часа, и никто в порту не знает почему.";
    folder.write("cyrillic.txt", encoding_rs::KOI8_R.encode(cyrillic).0);
    folder.retold(&["cluster", "cyrillic.txt", "-o", "cyrillic"]).exits(0);
    assert_eq!(folder.text("cyrillic", "cyrillic.txt"), cyrillic);
}

#[test]
fn markup_in_a_field_is_no_text() {
    let folder = Folder::new();
    let body = story(1).split("\n\n").map(|part| format!("<p>{part}</p>\n")).collect::<String>();
    folder.write("a.jsonl", record("a", &format!("<div class=\"body\">{body}</div>")) + &record("b", &story(1)));
    folder.retold(&["cluster", "a.jsonl", "-o", "run"]).exits(0);
    assert!(!folder.text("run", "a").contains('<'), "{}", folder.text("run", "a"));
    assert_eq!(folder.groups("run"), [["a", "b"]]);
}

#[test]
fn patterns_of_names() {
    let folder = Folder::new();
    for (n, name) in ["scrape/1/a.txt", "scrape/2/b.txt", "scrape/c.txt", "scrape/d.html", "scrape/.hidden.txt"]
        .into_iter()
        .enumerate()
    {
        folder.write(name, story(n as u64));
    }
    folder.write("scrape/picture.txt", b"\x89PNG\r\n");
    let ran = folder.retold(&["cluster", "scrape/**/*.txt", "-o", "run"]).exits(0);
    ran.says(&["read 3 = kept 3", "skipped 1 entry of a folder"]);
    assert_eq!(folder.ids("run"), ["1/a.txt", "2/b.txt", "c.txt"]);
    folder.retold(&["filter", "run", "-o", "unique.jsonl"]).exits(0).says(&["kept 3 records"]);
    folder.retold(&["cluster", "scrape/[12]/*", "-o", "two"]).exits(0);
    assert_eq!(folder.ids("two"), ["1/a.txt", "2/b.txt"]);
    folder.retold(&["cluster", "scrape/?"]).exits(0).says(&["read 2 = kept 2"]);
    folder
        .retold(&["cluster", "scrape/*.csv"])
        .exits(2)
        .says(&["error: nothing to read: no file fits the pattern scrape/*.csv"]);
    folder.retold(&["cluster", "scrape/c.txt", "scrape/*.csv"]).exits(2).says(&["no file fits the pattern"]);
    folder.retold(&["cluster", "scrape/[12"]).exits(2).says(&["neither a file nor a pattern"]);
    // A file of that very name wins.
    folder.write("scrape/[12]*.txt", story(9));
    folder.retold(&["cluster", "scrape/[12]*.txt", "-o", "name"]).exits(0);
    assert_eq!(folder.ids("name"), ["[12]*.txt"]);
}

/// Records that stand on one line come apart again in a filter.
#[test]
fn repeats_and_revisions_on_one_line() {
    let folder = Folder::new();
    let list = json!([
        {"id": "a", "title": "One", "text": story(1)},
        {"id": "a", "title": "Two", "text": story(2)},
        {"id": "a", "title": "One", "text": story(1)},
        {"id": "b", "title": "One", "text": story(1)},
    ]);
    folder.write("list.json", list.to_string());
    folder.retold(&["cluster", "list.json", "-o", "run"]).exits(0);
    assert_eq!((folder.ids("run"), folder.counts("run")), (vec!["a".into(), "a~2".into(), "b".into()], [4, 3, 1, 0]));
    folder.retold(&["filter", "run", "-o", "unique.jsonl"]).exits(0).says(&["kept 2 records + removed 1", "1 repeat"]);
    let mut titles: Vec<String> = rows(&folder.read("unique.jsonl")).iter().map(|row| text(&row["title"])).collect();
    titles.sort();
    assert_eq!(titles, ["One", "Two"]);
}
