//! Parquet: of a table only the columns that are wanted are read, and of these a few hundred rows at a time.
//!
//! The directory of such a file is at its end, so what is packed or comes through a pipe is written to a temporary file
//! first.

use std::borrow::Cow;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, RecordBatch};
use arrow_schema::{DataType, TimeUnit};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};

use super::decompress::Content;
use super::fields::{FieldNames, Fields, Role, Value, Values};
use super::{Chunk, guard, json_lines};
use crate::article::{Article, Date, Place};
use crate::error::{Reason, Reject};

/// Rows that are read at a time.
const ROWS: usize = 256;
const DAY: i64 = 86_400;

/// Rows, and where they stand.
#[derive(Debug)]
pub struct Rows {
    path: Arc<str>,
    table: Arc<Table>,
    batch: RecordBatch,
    rows_before: u64,
    max: usize,
}

#[derive(Debug)]
struct Table {
    fields: Fields,
    /// Names of all columns, wanted or not.
    names: Vec<String>,
}

impl Rows {
    pub(super) fn parse(&self, mut found: impl FnMut(Result<Article, Reject>)) {
        let Table { fields, names } = &*self.table;
        let columns = Role::ALL.map(|role| fields.of(role).and_then(|key| self.batch.column_by_name(key)));
        for row in 0..self.batch.num_rows() {
            let number = self.rows_before + row as u64 + 1;
            let place = Place::line(&self.path, number);
            let mut values = Values::default();
            let mut size = 0;
            for role in Role::ALL {
                let value = columns[role as usize].map_or(Value::Missing, |column| value(column, row));
                size += if let Value::Text(text) = &value { text.len() } else { 0 };
                values.set(role, value);
            }
            found(match size > self.max {
                true => Err(json_lines::too_large(place, self.max)),
                false => {
                    json_lines::from_values(values, fields, place, number, || json_lines::fields_seen(names, fields))
                }
            });
        }
    }
}

/// A cell as far as any field can use it.
fn value(column: &dyn Array, row: usize) -> Value<'_> {
    if column.is_null(row) {
        return Value::Null;
    }
    let bytes = |bytes: &'_ [u8]| match std::str::from_utf8(bytes) {
        Ok(text) => Value::Text(Cow::Owned(text.to_owned())),
        Err(_) => Value::Other("bytes that are not UTF-8"),
    };
    macro_rules! number {
        ($kind:ty) => {
            Value::Number(column.as_primitive::<$kind>().value(row).into())
        };
    }
    let float = |number: f64| serde_json::Number::from_f64(number).map_or(Value::Null, Value::Number);
    match column.data_type() {
        DataType::Utf8 => Value::Text(column.as_string::<i32>().value(row).into()),
        DataType::LargeUtf8 => Value::Text(column.as_string::<i64>().value(row).into()),
        DataType::Utf8View => Value::Text(column.as_string_view().value(row).into()),
        DataType::Binary => bytes(column.as_binary::<i32>().value(row)),
        DataType::LargeBinary => bytes(column.as_binary::<i64>().value(row)),
        DataType::BinaryView => bytes(column.as_binary_view().value(row)),
        DataType::FixedSizeBinary(_) => bytes(column.as_fixed_size_binary().value(row)),
        DataType::Int8 => number!(Int8Type),
        DataType::Int16 => number!(Int16Type),
        DataType::Int32 => number!(Int32Type),
        DataType::Int64 => number!(Int64Type),
        DataType::UInt8 => number!(UInt8Type),
        DataType::UInt16 => number!(UInt16Type),
        DataType::UInt32 => number!(UInt32Type),
        DataType::UInt64 => number!(UInt64Type),
        DataType::Float32 => float(column.as_primitive::<Float32Type>().value(row).into()),
        DataType::Float64 => float(column.as_primitive::<Float64Type>().value(row)),
        DataType::Date32 => day(i64::from(column.as_primitive::<Date32Type>().value(row))),
        DataType::Date64 => day(column.as_primitive::<Date64Type>().value(row).div_euclid(1000 * DAY)),
        DataType::Timestamp(unit, _) => Value::Number(
            match unit {
                TimeUnit::Second => column.as_primitive::<TimestampSecondType>().value(row),
                TimeUnit::Millisecond => column.as_primitive::<TimestampMillisecondType>().value(row).div_euclid(1000),
                TimeUnit::Microsecond => {
                    column.as_primitive::<TimestampMicrosecondType>().value(row).div_euclid(1_000_000)
                }
                TimeUnit::Nanosecond => {
                    column.as_primitive::<TimestampNanosecondType>().value(row).div_euclid(1_000_000_000)
                }
            }
            .into(),
        ),
        DataType::Boolean => Value::Other("true or false"),
        DataType::List(_) | DataType::LargeList(_) | DataType::FixedSizeList(..) => Value::Other("a list"),
        DataType::Struct(_) | DataType::Map(..) => Value::Other("an object"),
        _ => Value::Other("of a type that is not read"),
    }
}

/// A day as text, because it is no instant.
fn day(days: i64) -> Value<'static> {
    let start = days.checked_mul(DAY).and_then(Date::from_epoch);
    let day = start.map(|start| start.to_string().chars().take_while(|&c| c != 'T').collect::<String>());
    day.map_or(Value::Null, |day| Value::Text(day.into()))
}

/// Cuts a file into [`Rows`].
pub(super) struct Splitter {
    path: Arc<str>,
    table: Arc<Table>,
    reader: ParquetRecordBatchReader,
    rows: u64,
    all: u64,
    max: usize,
    is_done: bool,
}

impl Splitter {
    /// Opens a table: the file on disk where it is not packed, else a copy of `content`.
    pub(super) fn open(
        file: Option<&Path>,
        content: &mut Content,
        path: &Arc<str>,
        named: &FieldNames,
        max: usize,
    ) -> Result<Self, Reject> {
        let reject = |reason, detail| Reject { place: Place::file(path), reason, detail };
        let file = match file.and_then(as_it_lies) {
            Some(file) => file,
            None => copy(content).map_err(|error| reject(Reason::CutArchive, format!("breaks off: {error}")))?,
        };
        // Types as Parquet knows them are fewer than those of the program that wrote it.
        let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
        let opened = guarded(|| ParquetRecordBatchReaderBuilder::try_new_with_options(file, options));
        let builder =
            opened.map_err(|error| reject(Reason::CutArchive, format!("is no whole Parquet file: {error}")))?;
        let names: Vec<String> = builder.schema().fields().iter().map(|field| field.name().clone()).collect();
        let fields = Fields::of_keys(std::slice::from_ref(&names), named);
        let is_there = |role: Role| fields.of(role).is_some_and(|key| names.iter().any(|name| name == key));
        let can_read = is_there(Role::Text) || fields.title_can_stand_for_text() && is_there(Role::Title);
        if !can_read {
            let seen = json_lines::fields_seen(&names, &fields);
            return Err(reject(Reason::NoText, format!("no column holds the text: {seen}")));
        }
        let wanted =
            (0..names.len()).filter(|&i| Role::ALL.into_iter().any(|role| fields.of(role) == Some(&*names[i])));
        let mask = ProjectionMask::roots(builder.parquet_schema(), wanted.collect::<Vec<_>>());
        let all = u64::try_from(builder.metadata().file_metadata().num_rows()).unwrap_or(0);
        let reader = guarded(|| builder.with_projection(mask).with_batch_size(ROWS).build())
            .map_err(|error| reject(Reason::CutArchive, format!("cannot be read: {error}")))?;
        let table = Arc::new(Table { fields, names });
        Ok(Self { path: Arc::clone(path), table, reader, rows: 0, all, max, is_done: false })
    }

    pub(super) fn fields(&self) -> &Fields {
        &self.table.fields
    }

    fn reject(&mut self, reason: Reason, detail: String) -> Chunk {
        self.is_done = true;
        Chunk::Reject(Reject { place: Place::line(&self.path, self.rows + 1), reason, detail })
    }
}

/// A file that is a table as it lies on disk.
fn as_it_lies(path: &Path) -> Option<File> {
    let mut file = File::open(path).ok()?;
    let mut magic = [0; 4];
    file.read_exact(&mut magic).ok()?;
    (&magic == b"PAR1").then_some(file)
}

fn copy(content: &mut impl Read) -> std::io::Result<File> {
    let mut file = tempfile::tempfile()?;
    std::io::copy(content, &mut file)?;
    Ok(file)
}

/// The parser's result, with whatever ended it in words.
fn guarded<T, E: ToString>(read: impl FnOnce() -> Result<T, E>) -> Result<T, String> {
    let read = guard::guarded(read).ok_or_else(|| "it cannot be taken apart".to_owned())?;
    read.map_err(|error| error.to_string())
}

impl Iterator for Splitter {
    type Item = Chunk;

    fn next(&mut self) -> Option<Chunk> {
        if self.is_done {
            return None;
        }
        let reader = &mut self.reader;
        match guarded(|| reader.next().transpose()) {
            Ok(Some(batch)) => {
                let rows_before = self.rows;
                self.rows += batch.num_rows() as u64;
                let (path, table) = (Arc::clone(&self.path), Arc::clone(&self.table));
                Some(Chunk::Columns(Rows { path, table, batch, rows_before, max: self.max }))
            }
            Ok(None) if self.rows == 0 => Some(self.reject(Reason::Empty, "the table has no rows".into())),
            Ok(None) => {
                self.is_done = true;
                None
            }
            Err(error) => {
                let left = self.all.saturating_sub(self.rows);
                let detail = format!("is damaged after {} rows, which were used; {left} are left: {error}", self.rows);
                Some(self.reject(Reason::CutArchive, detail))
            }
        }
    }
}
