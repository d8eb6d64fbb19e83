//! Being stopped: by the user, and by a reader that has seen enough.
#![cfg(target_os = "linux")]

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::{Folder, RETOLD, line, record, story};

/// A process that does not outlive its test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Running {
    fn start(folder: &Folder, args: &[&str]) -> Self {
        let child = Command::new(RETOLD)
            .args(args)
            .current_dir(folder.path(""))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        Self(child)
    }

    /// Waits until `done`, at most ten seconds.
    #[track_caller]
    fn wait_until(&self, what: &str, done: impl Fn() -> bool) {
        let start = Instant::now();
        while !done() {
            assert!(start.elapsed() < Duration::from_secs(10), "{what} did not happen in time");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Whether it has taken care of SIGINT.
    fn catches_interrupts(&self) -> bool {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id())).unwrap_or_default();
        let mask = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).unwrap_or_default();
        u64::from_str_radix(mask.trim(), 16).unwrap_or(0) & 0b10 != 0
    }

    fn interrupt(&self) {
        let sent = Command::new("kill").args(["-INT", &self.0.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    /// The exit code, if it ends within seconds.
    #[track_caller]
    fn code(&mut self) -> Option<i32> {
        let start = Instant::now();
        loop {
            if let Some(status) = self.0.try_wait().unwrap() {
                return status.code();
            }
            assert!(start.elapsed() < Duration::from_secs(5), "still running five seconds after it was to stop");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn messages(&mut self) -> String {
        let mut messages = String::new();
        self.0.stderr.take().unwrap().read_to_string(&mut messages).unwrap();
        messages
    }
}

#[test]
fn interrupted_while_input_never_ends() {
    let folder = Folder::new();
    let mut running = Running::start(&folder, &["run", "-", "-o", "run"]);
    let mut input = running.0.stdin.take().unwrap();
    let lines: String = (0..50).map(|n| record(&format!("r{n}"), &story(n))).collect();
    input.write_all(lines.as_bytes()).unwrap();
    input.flush().unwrap();
    running.wait_until("the begin of the run", || !folder.entries().is_empty() && running.catches_interrupts());
    running.interrupt();
    // The other end of the pipe is still open.
    assert_eq!(running.code(), Some(130));
    drop(input);
    assert!(running.messages().contains("error: interrupted; nothing was left behind"));
    assert_eq!(folder.entries(), Vec::<String>::new());
}

#[test]
fn interrupted_compare() {
    let folder = Folder::new();
    folder.write("a.txt", story(1));
    let mut running = Running::start(&folder, &["compare", "a.txt", "-"]);
    let mut input = running.0.stdin.take().unwrap();
    input.write_all(story(2).as_bytes()).unwrap();
    running.wait_until("the start", || running.catches_interrupts());
    running.interrupt();
    assert_eq!(running.code(), Some(130));
}

#[test]
fn interrupted_pairs() {
    let folder = Folder::new();
    let mut running = Running::start(&folder, &["compare", "--pairs", "-"]);
    let mut input = running.0.stdin.take().unwrap();
    let pairs: String = (0..50).map(|n| line(&json!({"id": n, "a": story(n), "b": story(n + 1)}))).collect();
    input.write_all(pairs.as_bytes()).unwrap();
    running.wait_until("the start", || running.catches_interrupts());
    running.interrupt();
    assert_eq!(running.code(), Some(130));
    drop(input);
}

#[test]
fn interrupted_filter() {
    let folder = Folder::new();
    folder.write("news.jsonl", record("one", &story(1)));
    folder.retold(&["run", "news.jsonl", "-o", "run"]).exits(0);
    folder.write("moved/out/.keep", "");
    assert!(Command::new("mkfifo").arg(folder.path("moved/news.jsonl")).status().unwrap().success());
    let args = ["filter", "run", "-o", "moved/out/left.jsonl", "--inputs", "moved/news.jsonl"];
    let mut running = Running::start(&folder, &args);
    // Opening waits for the other side; to open it for both reading and writing does not.
    let pipe = std::fs::OpenOptions::new().read(true).write(true).open(folder.path("moved/news.jsonl")).unwrap();
    (&pipe).write_all(record("one", &story(1)).as_bytes()).unwrap();
    let began = || std::fs::read_dir(folder.path("moved/out")).unwrap().count() == 2;
    running.wait_until("the begin of the output", || began() && running.catches_interrupts());
    running.interrupt();
    assert_eq!(running.code(), Some(130));
    let left: Vec<_> = std::fs::read_dir(folder.path("moved/out")).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn a_closed_pipe_is_no_fault() {
    let folder = Folder::new();
    let lines: String = (0..1500).map(|n| record(&format!("r{n}"), &story(n / 2))).collect();
    folder.write("news.jsonl", lines);
    folder.retold(&["run", "news.jsonl", "-o", "run", "-q"]).exits(0);
    let pairs: String = (0..3000).map(|n| line(&json!({"id": n, "a": story(n), "b": story(n)}))).collect();
    folder.write("pairs.jsonl", pairs);
    let commands: [&[&str]; 4] = [
        &["cluster", "news.jsonl", "--json"],
        &["cluster", "news.jsonl", "-n", "100000"],
        &["filter", "run", "-o", "-"],
        &["compare", "--pairs", "pairs.jsonl"],
    ];
    for args in commands {
        let mut running = Running::start(&folder, args);
        drop(running.0.stdin.take());
        let mut out = BufReader::with_capacity(64, running.0.stdout.take().unwrap());
        let mut first = String::new();
        out.read_line(&mut first).unwrap();
        assert!(first.ends_with('\n'), "{args:?}: {first}");
        drop(out);
        let code = running.code();
        let messages = running.messages();
        assert_eq!(code, Some(0), "{args:?}: {messages}");
        assert!(!messages.contains("error") && !messages.contains("panicked"), "{args:?}: {messages}");
    }
}
