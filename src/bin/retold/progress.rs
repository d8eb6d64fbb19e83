//! Progress with counts and time left: a bar on a terminal, JSON Lines if asked for, silent in a pipe.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use retold::report::count;
use retold::watch::Event;
use serde_json::json;

use crate::args::{Args, Progress as How};

/// Shows events as they come.
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    /// When the last line of JSON was written, and the stage.
    json: Option<Mutex<(Instant, &'static str)>>,
    total: u64,
    records: AtomicU64,
    compared: AtomicU64,
    pairs: AtomicU64,
}

impl Progress {
    /// For an input of `total` bytes, 0 if that is not known.
    pub(crate) fn new(args: &Args, total: u64) -> Self {
        let is_shown = args.progress == How::Auto && !args.quiet && std::io::stderr().is_terminal();
        let bar = is_shown.then(|| {
            let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr_with_hz(5));
            bar.set_style(style(total > 0));
            bar.set_message("reading");
            bar
        });
        Self {
            bar,
            json: (args.progress == How::Json).then(|| Mutex::new((Instant::now(), "read"))),
            total,
            records: AtomicU64::new(0),
            compared: AtomicU64::new(0),
            pairs: AtomicU64::new(0),
        }
    }

    pub(crate) fn tell(&self, event: Event) {
        match event {
            Event::Stage(stage) => {
                self.line(Some(stage), 0, None);
                if let Some(bar) = &self.bar {
                    bar.set_style(style(false));
                    bar.set_message(stage);
                    bar.enable_steady_tick(Duration::from_millis(200));
                }
            }
            Event::Position(bytes) => {
                self.line(None, bytes, Some(self.total).filter(|&total| total > 0));
                if let Some(bar) = &self.bar {
                    bar.set_position(bytes);
                }
            }
            Event::Records(more) => {
                let records = self.records.fetch_add(more, Ordering::Relaxed) + more;
                if let Some(bar) = &self.bar {
                    bar.set_message(format!("reading: {} records", count(records)));
                }
            }
            Event::Pairs(pairs) => {
                self.pairs.store(pairs, Ordering::Relaxed);
                if let Some(bar) = &self.bar {
                    bar.set_length(pairs);
                    bar.set_position(0);
                }
            }
            Event::Compared(more) => {
                let compared = self.compared.fetch_add(more, Ordering::Relaxed) + more;
                self.line(None, compared, Some(self.pairs.load(Ordering::Relaxed)));
                if let Some(bar) = &self.bar {
                    bar.set_style(style(true));
                    bar.set_position(compared);
                }
            }
            _ => {}
        }
    }

    /// A line of JSON: at each stage, and once a second between.
    fn line(&self, stage: Option<&'static str>, done: u64, total: Option<u64>) {
        let Some(json) = &self.json else { return };
        let mut last = json.lock().unwrap_or_else(PoisonError::into_inner);
        if stage.is_none() && last.0.elapsed() < Duration::from_secs(1) {
            return;
        }
        *last = (Instant::now(), stage.unwrap_or(last.1));
        let records = self.records.load(Ordering::Relaxed);
        let line = json!({"type": "progress", "stage": last.1, "done": done, "total": total, "records": records});
        // That nobody reads it is no fault.
        let _ = writeln!(std::io::stderr(), "{line}");
    }

    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn style(has_end: bool) -> ProgressStyle {
    let template = if has_end { "{msg}  {wide_bar} {percent} %  {eta} left" } else { "{spinner} {msg}  {elapsed}" };
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
