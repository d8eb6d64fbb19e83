//! What was named as input, as files to read, each with the path that stands for it in every output.

use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use walkdir::WalkDir;

use crate::article::Place;
use crate::error::{Error, Reason, Reject, Result};

/// One file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Path relative to the folder given, or to the deepest folder that holds all inputs; `-` for standard input.
    pub path: Arc<str>,
    /// Size as it lies on disk, in bytes; 0 where it is not known.
    pub size: u64,
    /// Found in a folder, not named: skipped where it is no text.
    pub is_walked: bool,
    from: From,
}

/// Where the bytes of a source come from.
#[derive(Debug, Clone, PartialEq, Eq)]
enum From {
    File(PathBuf),
    StandardInput,
    Memory(Arc<[u8]>),
}

impl Source {
    pub(super) fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(match &self.from {
            From::File(file) => Box::new(std::fs::File::open(file)?),
            From::StandardInput => Box::new(io::stdin()),
            From::Memory(bytes) => Box::new(io::Cursor::new(Arc::clone(bytes))),
        })
    }

    /// A file held in memory; `path` stands for it and tells its format where the bytes leave it open.
    #[must_use]
    pub fn of_bytes(path: &str, bytes: &[u8]) -> Self {
        Self { path: path.into(), size: bytes.len() as u64, is_walked: false, from: From::Memory(bytes.into()) }
    }

    /// Where the file lies; `None` for what is not a file.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        match &self.from {
            From::File(file) => Some(file),
            From::StandardInput | From::Memory(_) => None,
        }
    }
}

/// What was found under the inputs.
#[derive(Debug, Default)]
pub struct Sources {
    /// Files to read, in the order of the inputs, within folders by path.
    pub files: Vec<Source>,
    /// Inputs that could not be opened.
    pub rejects: Vec<Reject>,
    /// Hidden files, special files, links and runs of retold in folders, which are not read.
    pub skipped: u64,
    /// Whether an input was a folder.
    pub walked: bool,
}

/// Finds the files behind `inputs`: files, folders (walked, sorted by name), patterns of names (`scrape/**/*.html`,
/// where no file is called so) and `-` for standard input.
///
/// # Errors
/// Where nothing is left to read.
pub fn find(inputs: &[String]) -> Result<Sources> {
    let mut sources = Sources::default();
    let mut missing = None;
    let base = base(inputs);
    for input in inputs {
        if input == "-" {
            sources.files.push(Source { path: "-".into(), size: 0, is_walked: false, from: From::StandardInput });
            continue;
        }
        let path = Path::new(input);
        match std::fs::metadata(path) {
            Ok(found) if found.is_dir() => walk(path, &base, &mut sources),
            Ok(found) => {
                let size = if found.is_file() { found.len() } else { 0 };
                sources.files.push(Source {
                    path: relative(path, &base),
                    size,
                    is_walked: false,
                    from: From::File(path.into()),
                });
            }
            Err(_) if is_pattern(input) => matching(input, &base, &mut sources)?,
            Err(source) => {
                let place = Place::file(&relative(path, &base));
                sources.rejects.push(Reject { place, reason: Reason::Unreadable, detail: source.to_string() });
                missing.get_or_insert(Error::Input { path: path.into(), source });
            }
        }
    }
    match missing {
        Some(error) if sources.files.is_empty() => Err(error),
        _ if sources.files.is_empty() => Err(Error::NothingToRead(format!(
            "no file in {} (hidden files, special files and links are skipped)",
            inputs.join(", ")
        ))),
        _ => Ok(sources),
    }
}

/// Characters that make a name a pattern.
const PATTERN: [char; 3] = ['*', '?', '['];

/// Whether a name that no file has stands for those that fit it.
fn is_pattern(input: &str) -> bool {
    input.contains(PATTERN)
}

/// Finds the files that fit a pattern. Folders that fit are walked, unless the pattern goes into them itself.
fn matching(pattern: &str, base: &Path, sources: &mut Sources) -> Result<()> {
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::new() };
    let found = glob::glob_with(pattern, options)
        .map_err(|error| Error::Usage(format!("{pattern} is neither a file nor a pattern of names: {error}")))?;
    let before = (sources.files.len(), sources.rejects.len());
    sources.walked = true;
    for path in found {
        match path {
            Ok(path) if path.is_dir() && pattern.contains("**") => {}
            Ok(path) if path.is_dir() => walk(&path, base, sources),
            Ok(path) => sources.files.push(Source {
                path: relative(&path, base),
                size: std::fs::metadata(&path).map_or(0, |found| found.len()),
                is_walked: true,
                from: From::File(path),
            }),
            Err(error) => {
                let place = Place::file(&relative(error.path(), base));
                sources.rejects.push(Reject { place, reason: Reason::Unreadable, detail: error.to_string() });
            }
        }
    }
    if (sources.files.len(), sources.rejects.len()) == before {
        return Err(Error::NothingToRead(format!("no file fits the pattern {pattern}")));
    }
    Ok(())
}

/// The folder that all files which fit a pattern lie in.
fn fixed_part(pattern: &Path) -> PathBuf {
    let is_fixed = |part: &Component<'_>| !part.as_os_str().to_string_lossy().contains(PATTERN);
    pattern.components().take_while(is_fixed).collect()
}

fn walk(folder: &Path, base: &Path, sources: &mut Sources) {
    sources.walked = true;
    let is_hidden =
        |entry: &walkdir::DirEntry| entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
    let mut skipped = 0;
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(|entry| {
        let skips = is_hidden(entry) || is_run(entry.path());
        skipped += u64::from(skips);
        !skips
    });
    for entry in entries {
        match entry {
            Ok(entry) if entry.file_type().is_file() => sources.files.push(Source {
                path: relative(entry.path(), base),
                size: entry.metadata().map_or(0, |found| found.len()),
                is_walked: true,
                from: From::File(entry.path().into()),
            }),
            Ok(entry) => sources.skipped += u64::from(!entry.file_type().is_dir()),
            Err(error) => {
                let place = Place::file(&relative(error.path().unwrap_or(folder), base));
                sources.rejects.push(Reject { place, reason: Reason::Unreadable, detail: error.to_string() });
            }
        }
    }
    sources.skipped += skipped;
}

/// Whether a folder is a run directory of ours: its tables are no articles.
fn is_run(folder: &Path) -> bool {
    let record = std::fs::read_to_string(folder.join("run.json"));
    record.is_ok_and(|record| record.trim_start().starts_with("{\n  \"schema\": \"retold/"))
}

/// The folder that paths are given relative to: a folder that is the only input, else the deepest that holds all.
fn base(inputs: &[String]) -> PathBuf {
    let folder = |input: &String| {
        let path = absolute(Path::new(input));
        match is_pattern(input) && !path.exists() {
            true => fixed_part(&path),
            false if inputs.len() == 1 && path.is_dir() => path,
            false => parent(path),
        }
    };
    let mut folders = inputs.iter().filter(|input| *input != "-").map(folder);
    let Some(mut base) = folders.next() else { return PathBuf::new() };
    for path in folders {
        while !path.starts_with(&base) {
            base = parent(base);
        }
    }
    base
}

fn parent(path: PathBuf) -> PathBuf {
    path.parent().map_or_else(PathBuf::new, Path::to_path_buf)
}

/// Absolute and without `.` and `..`, by its letters alone.
fn absolute(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in std::path::absolute(path).as_deref().unwrap_or(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(out.pop()),
            part => out.push(part),
        }
    }
    out
}

fn relative(path: &Path, base: &Path) -> Arc<str> {
    let path = absolute(path);
    let parts: Vec<_> = path
        .strip_prefix(base)
        .unwrap_or(&path)
        .components()
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    parts.join("/").into()
}
