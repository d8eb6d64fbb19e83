//! What each stage of a run took.

use std::time::Instant;

use cpu_time::ProcessTime;
use serde::Serialize;

/// What one stage took.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cost {
    /// Name of the stage.
    pub stage: &'static str,
    /// Seconds on the clock.
    pub seconds: f64,
    /// Seconds of all processors together.
    pub cpu_seconds: f64,
    /// Largest memory of the process so far, in bytes, where the system tells.
    pub peak_memory: Option<u64>,
}

/// The costs of the stages so far.
#[derive(Debug, Default)]
pub struct Costs(Vec<Cost>);

impl Costs {
    /// Does `work` as a stage.
    pub fn stage<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        let (clock, cpu) = (Instant::now(), ProcessTime::try_now());
        let done = work();
        let cpu_seconds = cpu.and_then(|start| start.try_elapsed()).map_or(0.0, |time| time.as_secs_f64());
        let round = |seconds: f64| (seconds * 1000.0).round() / 1000.0;
        self.0.push(Cost {
            stage,
            seconds: round(clock.elapsed().as_secs_f64()),
            cpu_seconds: round(cpu_seconds),
            peak_memory: peak_memory(),
        });
        done
    }

    /// The stages, in order.
    #[must_use]
    pub fn stages(&self) -> &[Cost] {
        &self.0
    }
}

/// Largest memory of the process so far, in bytes: `VmHWM` of Linux, `None` elsewhere.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}
