//! The run directory: built under a temporary name beside its own, then renamed. One that exists is whole.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tempfile::TempDir;

use crate::collection::Counts;
use crate::costs::Cost;
use crate::error::{Error, Result};
use crate::store::tables::{SCHEMA, Tables};

/// What `run.json` says of a run.
#[derive(Debug, Serialize)]
pub struct Record<'a> {
    /// Version of the tables.
    pub schema: &'static str,
    /// Version of retold.
    pub version: &'static str,
    /// Options that bear on the result.
    pub parameters: serde_json::Value,
    /// Fields guessed or set, by file.
    pub fields: serde_json::Value,
    /// What was given as input.
    pub inputs: Vec<InputRecord<'a>>,
    /// *read = kept + repeated + rejected*.
    pub counts: Counts,
    /// Pairs that were compared, found related, and written.
    pub pairs: PairCounts,
    /// What each stage took.
    pub stages: &'a [Cost],
}

/// One file of the input.
#[derive(Debug, Serialize)]
pub struct InputRecord<'a> {
    /// Path relative to what was named.
    pub path: &'a str,
    /// Bytes as they lie on disk.
    pub size: u64,
}

/// What became of pairs.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct PairCounts {
    /// Compared word by word.
    pub compared: u64,
    /// Of these, found in a relation.
    pub related: u64,
    /// Of these, written: a pair of near-duplicates that neither needs is left out.
    pub written: u64,
}

/// A run directory under construction. Dropped before [`RunDirectory::finish`], it leaves nothing behind.
#[derive(Debug)]
pub struct RunDirectory {
    target: PathBuf,
    temporary: TempDir,
    parents: Parents,
}

/// Folders that were made for the run directory to stand in, the outermost first. Dropped, it removes those that are
/// empty.
#[derive(Debug)]
struct Parents(Vec<PathBuf>);

impl Drop for Parents {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            // Not empty is what a run that succeeded leaves.
            let _ = std::fs::remove_dir(folder);
        }
    }
}

const RECORD: &str = "run.json";

impl RunDirectory {
    /// Begins one that is to stand at `target`. A run directory that exists is replaced with `force` only, anything
    /// else that exists never.
    ///
    /// # Errors
    /// Where `target` is taken or cannot be written.
    pub fn begin(target: &Path, force: bool) -> Result<Self> {
        if target.file_name().is_none() {
            let why = "has no name of its own; name a folder that does not exist yet".into();
            return Err(Error::RunDirectory { path: target.into(), why });
        }
        if let Some(why) = refused(target, force) {
            return Err(Error::RunDirectory { path: target.into(), why });
        }
        let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let missing: Vec<PathBuf> =
            parent.ancestors().take_while(|folder| !folder.exists()).map(Path::to_path_buf).collect();
        let parents = Parents(missing.into_iter().rev().filter(|folder| !folder.as_os_str().is_empty()).collect());
        fs_err::create_dir_all(parent).map_err(Error::output(parent))?;
        let temporary =
            tempfile::Builder::new().prefix(".retold-unfinished-").tempdir_in(parent).map_err(Error::output(target))?;
        Ok(Self { target: target.into(), temporary, parents })
    }

    /// Where it is to stand.
    #[must_use]
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// A folder on the same disk, for what is kept outside memory.
    #[must_use]
    pub fn scratch(&self) -> &Path {
        self.temporary.path()
    }

    /// Writes all tables.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn write(&self, tables: &Tables<'_>) -> Result<()> {
        for table in tables.list() {
            let path = self.temporary.path().join(format!("{}.jsonl", table.name()));
            let file = fs_err::File::create(&path).map_err(Error::output(&path))?;
            let mut out = BufWriter::with_capacity(1 << 20, file);
            tables.write(table, &mut out, false)?.and_then(|()| out.flush()).map_err(Error::output(&path))?;
        }
        Ok(())
    }

    /// Writes `run.json` and puts the directory in its place.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn finish(self, record: &Record<'_>) -> Result<()> {
        // Dropped last, when the run stands in them.
        let Self { target, temporary, parents: _parents } = self;
        let path = temporary.path().join(RECORD);
        let json = serde_json::to_vec_pretty(record).map_err(|error| std::io::Error::other(error.to_string()));
        json.and_then(|json| fs_err::write(&path, json)).map_err(Error::output(&path))?;
        let built = temporary.keep();
        let placed = place(&built, &target);
        if placed.is_err() {
            // Best effort: the run has failed already.
            let _ = std::fs::remove_dir_all(&built);
        }
        placed.map_err(Error::output(target))
    }
}

/// Renames `built` to `target`. What was there is moved away first and removed last: at no time is it half gone.
fn place(built: &Path, target: &Path) -> std::io::Result<()> {
    make_readable(built)?;
    let old = built.with_extension("replaced");
    let replaced = target.exists();
    if replaced {
        fs_err::rename(target, &old)?;
    }
    fs_err::rename(built, target)?;
    if replaced { fs_err::remove_dir_all(old) } else { Ok(()) }
}

/// Temporary folders are for their owner alone; a result is not.
#[cfg(unix)]
fn make_readable(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs_err::set_permissions(folder, std::fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn make_readable(_: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Why nothing may be written at `target`.
fn refused(target: &Path, force: bool) -> Option<String> {
    let found = std::fs::symlink_metadata(target).ok()?;
    if !found.is_dir() {
        return Some("is a file; choose another name with -o".into());
    }
    if std::fs::read_dir(target).is_ok_and(|mut entries| entries.next().is_none()) {
        return None;
    }
    match (Finished::open(target), force) {
        (Ok(_), true) => None,
        (Ok(_), false) => Some("holds a finished run; replace it with --force, or choose another name with -o".into()),
        (Err(_), _) => Some("exists and is no run of retold; it is left alone, choose another name with -o".into()),
    }
}

/// A path as seen from the folder `base`, so that a record holds no place of the machine: with `..` where it must be.
#[must_use]
pub fn seen_from(base: &Path, path: &Path) -> PathBuf {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let (base, path) = (absolute(base), absolute(path));
    let shared = base.components().zip(path.components()).take_while(|(a, b)| a == b).count();
    let up = base.components().skip(shared).map(|_| std::path::Component::ParentDir);
    up.chain(path.components().skip(shared)).collect()
}

/// A run directory that is finished.
#[derive(Debug, Clone, Deserialize)]
pub struct Finished {
    schema: String,
    parameters: FinishedParameters,
    /// The files that were read.
    pub inputs: Vec<FinishedInput>,
    /// What became of their records.
    pub counts: Counts,
    #[serde(skip)]
    path: PathBuf,
}

/// A file that was read.
#[derive(Debug, Clone, Deserialize)]
pub struct FinishedInput {
    /// Its path in the tables.
    pub path: String,
    /// Its size, in bytes; 0 where it was not known.
    pub size: u64,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct FinishedParameters {
    inputs: Vec<String>,
    fields: std::collections::BTreeMap<String, Option<String>>,
    max_record: Option<usize>,
}

impl Finished {
    /// Opens a run directory.
    ///
    /// # Errors
    /// Where there is none, or one of another schema.
    pub fn open(path: &Path) -> Result<Self> {
        let table = |why: String| Error::Table { path: path.join(RECORD), why };
        let json = std::fs::read(path.join(RECORD)).map_err(|error| table(error.to_string()))?;
        let run: Self = serde_json::from_slice(&json).map_err(|error| table(error.to_string()))?;
        if run.schema != SCHEMA {
            return Err(table(format!("it has schema {}, this version reads {SCHEMA}", run.schema)));
        }
        Ok(Self { path: path.into(), ..run })
    }

    /// The inputs as they were named, seen from here.
    #[must_use]
    pub fn named_inputs(&self) -> Vec<String> {
        let here = |input: &String| match input.as_str() {
            "-" => input.clone(),
            _ => self.path.join(input).display().to_string(),
        };
        self.parameters.inputs.iter().map(here).collect()
    }

    /// The key that was set for a field.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<String> {
        self.parameters.fields.get(name).cloned().flatten()
    }

    /// Largest record that was read, in bytes.
    #[must_use]
    pub fn max_record(&self) -> Option<usize> {
        self.parameters.max_record
    }

    /// Path of a table.
    #[must_use]
    pub fn table(&self, name: &str) -> PathBuf {
        self.path.join(format!("{name}.jsonl"))
    }
}
