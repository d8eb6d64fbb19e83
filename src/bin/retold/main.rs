//! The command line of retold: it alone prints and exits.

mod args;
mod cluster;
mod compare;
mod demo;
mod extract;
mod filter;
mod listing;
mod output;
mod pairs;
mod progress;

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::Parser;
use retold::error::Error;

use args::{Args, Command};
use cluster::What;
use output::Outcome;

#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let args = Args::parse();
    args.color.write_global();
    hide_foreign_panics();
    let stop = Arc::new(AtomicBool::new(false));
    stop_on_signals(&stop);
    let result = match &args.command {
        Command::Run(run) => cluster::run(&run.job, Some(&run.output), What::Everything, &args, &stop),
        Command::Cluster(run) => cluster::run(&run.job, run.output.as_deref(), What::Groups, &args, &stop),
        Command::Extract(extract) => extract::run(extract, &args, &stop),
        Command::Filter(filter) => filter::run(filter, &args, &stop),
        Command::Compare(compare) => compare::run(compare, &args, &stop),
        Command::Demo => demo::run(&args, &stop),
    };
    let code = match result {
        Ok(outcome) => outcome.code(),
        Err(error) if error.is_closed_pipe() => Outcome::Done.code(),
        Err(error) => {
            output::error(&error);
            code_of(&error)
        }
    };
    ExitCode::from(code)
}

fn code_of(error: &Error) -> u8 {
    match error {
        Error::Interrupted => 130,
        Error::Output { .. } => 4,
        _ => 2,
    }
}

/// A panic of a foreign parser is told as a reject, and need not be told twice.
fn hide_foreign_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !retold::read::is_guarded() {
            usual(panic);
        }
    }));
}

/// The first signal asks the run to stop and clean up; a second one ends the process at once.
fn stop_on_signals(stop: &Arc<AtomicBool>) {
    let stop = Arc::clone(stop);
    let handler = move || {
        if stop.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    };
    // Without a handler a signal ends the process, which is no worse than before.
    let _ = ctrlc::set_handler(handler);
}
