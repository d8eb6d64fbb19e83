//! [`Article`]: one record as read, before anything is done to it.

use std::fmt;
use std::sync::Arc;

use jiff::fmt::temporal::Pieces;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, civil};

/// Where a record stood: file, line and byte, all as a person would look them up.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Path relative to what was given as input, with `/` between its parts; `-` for standard input.
    pub path: Arc<str>,
    /// Line, counted from 1, in formats that have lines.
    pub line: Option<u64>,
    /// Byte at which the fault lies, counted from 0 at the start of the line or file.
    pub byte: Option<u64>,
}

impl Place {
    /// The whole file.
    #[must_use]
    pub fn file(path: &Arc<str>) -> Self {
        Self { path: Arc::clone(path), line: None, byte: None }
    }

    /// One line of it.
    #[must_use]
    pub fn line(path: &Arc<str>, line: u64) -> Self {
        Self { line: Some(line), ..Self::file(path) }
    }

    /// The same place, with the byte of the fault.
    #[must_use]
    pub fn at(self, byte: u64) -> Self {
        Self { byte: Some(byte), ..self }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        match self.byte {
            Some(byte) => write!(f, ": byte {byte}"),
            None => Ok(()),
        }
    }
}

/// One record as read. Only `text` is sure to be there; what the input does not give is `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Identifier as given, or made from the place by the reader; never empty.
    pub id: String,
    /// Address the text was taken from.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Date of publication.
    pub date: Option<Date>,
    /// Who published it, as the input names it; else the host of `url`.
    pub outlet: Option<String>,
    /// Language code as the input gives it.
    pub lang: Option<String>,
    /// The text; empty where only a title is there, which then stands for it, or where a page has no main text.
    pub text: String,
    /// Taken out of an HTML page. The title of a page is no sign of a text: it does not stand for a missing one.
    pub is_page: bool,
    /// Where the record stood.
    pub place: Place,
}

impl Article {
    /// Whether there is anything to compare.
    #[must_use]
    pub fn has_word(&self) -> bool {
        has_word(self.body())
    }

    /// What is compared: the text, or the title where there is no text.
    #[must_use]
    pub fn body(&self) -> &str {
        match &self.title {
            Some(title) if !self.is_page && self.text.trim().is_empty() => title,
            _ => &self.text,
        }
    }
}

/// Whether a text has a letter or a digit.
pub(crate) fn has_word(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}

/// A date of publication, to the day or to the second. Ordered by time; a day sorts as its first second in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    instant: Timestamp,
    /// Of the zone the time was given in, if one was: the day it stands for is the day there.
    offset: Option<Offset>,
    day_only: bool,
}

impl Date {
    /// Reads the forms that feeds and page metadata use: ISO 8601 and RFC 3339 with or without time and zone,
    /// RFC 2822, and seconds since 1970. A time without a zone is taken as UTC. `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() <= 10 {
            return Self::of_day(text.parse().ok()?);
        }
        let exact = |instant, offset| Self { instant, offset, day_only: false };
        if let Ok(pieces) = Pieces::parse(text) {
            let local = pieces.date().to_datetime(pieces.time().unwrap_or_default());
            let offset = pieces.to_numeric_offset();
            return Some(exact(offset.unwrap_or(Offset::UTC).to_timestamp(local).ok()?, offset));
        }
        let zoned = jiff::fmt::rfc2822::DateTimeParser::new().parse_zoned(text).ok()?;
        Some(exact(zoned.timestamp(), Some(zoned.offset())))
    }

    /// A day without a time.
    pub(crate) fn of_day(day: civil::Date) -> Option<Self> {
        let instant = day.to_zoned(TimeZone::UTC).ok()?.timestamp();
        Some(Self { instant, offset: None, day_only: true })
    }

    /// A date from seconds since 1970, or from milliseconds where seconds would lie beyond the year 5000.
    #[must_use]
    pub fn from_epoch(number: i64) -> Option<Self> {
        const YEAR_5000: u64 = 95_617_584_000;
        let seconds = if number.unsigned_abs() > YEAR_5000 { number / 1000 } else { number };
        Some(Self { instant: Timestamp::from_second(seconds).ok()?, offset: None, day_only: false })
    }

    /// The day on the calendar, where the time was given.
    pub(crate) fn day(self) -> civil::Date {
        self.offset.unwrap_or(Offset::UTC).to_datetime(self.instant).date()
    }

    /// Whether the time was given in UTC, so that the day may be another one where it was published.
    pub(crate) fn is_utc(self) -> bool {
        self.offset == Some(Offset::UTC)
    }

    /// Seconds since 1970.
    #[must_use]
    pub fn seconds(self) -> i64 {
        self.instant.as_second()
    }

    /// Length of time the date leaves open, in seconds: a day where no time was given.
    #[must_use]
    pub fn vagueness(self) -> i64 {
        if self.day_only { 86_400 } else { 0 }
    }
}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Date {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.instant, self.day_only, self.offset).cmp(&(other.instant, other.day_only, other.offset))
    }
}

/// Written as it was given, in one form: `2026-11-03`, `2026-11-03T08:15:00Z`, `2026-11-03T08:15:00+04:00`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.offset {
            _ if self.day_only => write!(f, "{}", self.day()),
            Some(offset) if offset != Offset::UTC => write!(f, "{}", self.instant.display_with_offset(offset)),
            _ => write!(f, "{}", self.instant),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn times_are_ordered_by_the_instant_and_keep_the_day_of_their_zone() {
        let date = |text| Date::parse(text).unwrap();
        let (evening, night) = (date("2020-03-15T23:30:00-05:00"), date("2020-03-16T03:00:00Z"));
        assert!(night < evening);
        assert_eq!(evening.day().to_string(), "2020-03-15");
        assert_eq!(evening.seconds() - night.seconds(), 90 * 60);
        assert!(date("2020-03-16") < night);
    }

    #[test]
    fn reads_the_dates_of_feeds() {
        for (given, expected) in [
            ("2016-06-03", "2016-06-03"),
            ("2019-11-15T00:23:20+00:00", "2019-11-15T00:23:20Z"),
            ("2019-11-15T02:23:20+02:00", "2019-11-15T02:23:20+02:00"),
            ("2019-11-14T19:23:20-0500", "2019-11-14T19:23:20-05:00"),
            ("Thu, 14 Nov 2019 19:23:20 -0500", "2019-11-14T19:23:20-05:00"),
            ("2019-11-15 00:23:20", "2019-11-15T00:23:20Z"),
            ("Fri, 15 Nov 2019 00:23:20 GMT", "2019-11-15T00:23:20Z"),
            (" 2050-01-01 ", "2050-01-01"),
        ] {
            assert_eq!(Date::parse(given).map(|d| d.to_string()).as_deref(), Some(expected), "{given}");
        }
        for given in ["", "yesterday", "2019-13-01", "03/04/05", "x".repeat(50).as_str()] {
            assert_eq!(Date::parse(given), None, "{given}");
        }
        assert_eq!(Date::from_epoch(1_573_777_400).map(|d| d.to_string()).as_deref(), Some("2019-11-15T00:23:20Z"));
        assert_eq!(Date::from_epoch(1_573_777_400_000).map(|d| d.to_string()).as_deref(), Some("2019-11-15T00:23:20Z"));
        assert_eq!(Date::from_epoch(i64::MIN), None);
    }
}
