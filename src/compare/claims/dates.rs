//! Days, months and years, and whether two of them can be the same.

use std::ops::Range;

use jiff::civil::{self, Weekday};

use super::matching::Matching;
use super::numbers::{stand_against, take_best};
use super::numerals::ORDINALS;
use super::view::View;
use super::{Claim, Kind, Sides};

/// A date as far as it is stated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Date {
    /// The words that state it.
    pub(super) words: Range<usize>,
    /// The year; the first one of a decade.
    year: Option<i16>,
    /// The month, 1 to 12.
    month: Option<i8>,
    /// The day of the month.
    day: Option<i8>,
    /// The day of the week.
    weekday: Option<Weekday>,
    /// A decade and no year.
    is_decade: bool,
}

const MONTHS: [[&str; 3]; 12] = [
    ["january", "jan", "jan"],
    ["february", "feb", "feb"],
    ["march", "mar", "mar"],
    ["april", "apr", "apr"],
    ["may", "may", "may"],
    ["june", "jun", "jun"],
    ["july", "jul", "jul"],
    ["august", "aug", "aug"],
    ["september", "sept", "sep"],
    ["october", "oct", "oct"],
    ["november", "nov", "nov"],
    ["december", "dec", "dec"],
];

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// The dates of `view`, resolved against the day of publication where that is known.
pub(super) fn dates(view: &View<'_>, published: Option<civil::Date>) -> Vec<Date> {
    let mut found: Vec<Date> = Vec::new();
    let mut at = 0;
    while at < view.words.len() {
        match date(view, at, published) {
            Some(date) => {
                at = date.words.end.max(at + 1);
                found.push(date);
            }
            None => at += 1,
        }
    }
    found
}

fn date(view: &View<'_>, at: usize, published: Option<civil::Date>) -> Option<Date> {
    written_in_digits(view, at)
        .or_else(|| with_month(view, at))
        .or_else(|| weekday(view, at, published))
        .or_else(|| relative(view, at, published))
        .or_else(|| year_alone(view, at))
}

fn empty(words: Range<usize>) -> Date {
    Date { words, year: None, month: None, day: None, weekday: None, is_decade: false }
}

fn month(form: &str) -> Option<i8> {
    MONTHS.iter().position(|names| names.contains(&form)).map(|at| at as i8 + 1)
}

/// Day of a month: "9", "9th".
fn day(form: &str) -> Option<i8> {
    let digits = form.trim_end_matches("st").trim_end_matches("nd").trim_end_matches("rd").trim_end_matches("th");
    digits.parse().ok().filter(|day| (1..=31).contains(day) && digits.len() <= 2)
}

fn year(form: &str) -> Option<i16> {
    form.parse().ok().filter(|year| (1000..=2100).contains(year) && form.len() == 4)
}

/// 2021-10-08, 08.10.2021, 8/10/2021 (day and month can be exchanged, so neither is taken).
fn written_in_digits(view: &View<'_>, at: usize) -> Option<Date> {
    let word = view.words.get(at).filter(|word| word.is_digits())?;
    let dotted: Vec<&str> = word.form.split('.').collect();
    if let [d, m, y] = dotted[..] {
        let month = m.parse().ok().filter(|month| (1..=12).contains(month));
        return Some(Date { day: Some(day(d)?), month: Some(month?), year: Some(year(y)?), ..empty(at..at + 1) });
    }
    let separator = word.after;
    if !matches!(separator, "-" | "/") || view.words.get(at + 1)?.after != separator {
        return None;
    }
    let (one, two, three) = (view.form(at), view.form(at + 1), view.form(at + 2));
    if let Some(year) = year(one) {
        let month = two.parse().ok().filter(|month| (1..=12).contains(month))?;
        return Some(Date { year: Some(year), month: Some(month), day: Some(day(three)?), ..empty(at..at + 3) });
    }
    day(one)?;
    day(two)?;
    Some(Date { year: Some(year(three)?), ..empty(at..at + 3) })
}

/// A month with what stands beside it: day, year, "the 9th of".
fn with_month(view: &View<'_>, at: usize) -> Option<Date> {
    let word = view.words.get(at)?;
    // A day first: 9 March, 9th of March, the ninth is left to the ordinals.
    if let Some(day) = day(&word.form) {
        let after = if view.form(at + 1) == "of" { at + 2 } else { at + 1 };
        let month = month(view.form(after)).filter(|_| word.runs_on() && view.words[after].is_capital)?;
        let (year, end) = year_behind(view, after + 1);
        return Some(Date { day: Some(day), month: Some(month), year, ..empty(at..end) });
    }
    let found = month(&word.form).filter(|_| word.is_capital)?;
    let next = view.form(at + 1);
    let spelled = ORDINALS.iter().position(|&name| name == next).map(|at| at as i8 + 1).filter(|_| word.runs_on());
    if let Some(day) = spelled {
        return Some(Date { day: Some(day), month: Some(found), ..empty(at..at + 2) });
    }
    let close = word.runs_on() || matches!(word.after, ". " | ", ");
    if let Some(day) = day(next).filter(|_| close && !view.words[at + 1].after.starts_with(['%', ':'])) {
        let (year, end) = year_behind(view, at + 2);
        return Some(Date { day: Some(day), month: Some(found), year, ..empty(at..end) });
    }
    let (year, end) = year_behind(view, at + 1);
    // May and March, and short forms, are other words as well.
    let sure = !matches!(&*word.form, "may" | "march" | "mar" | "jan" | "jun") || !word.is_initial;
    (year.is_some() || sure).then(|| Date { month: Some(found), year, ..empty(at..end) })
}

/// A year, with a comma or "of" before it, and where it ends.
fn year_behind(view: &View<'_>, at: usize) -> (Option<i16>, usize) {
    let before = at.checked_sub(1).and_then(|at| view.words.get(at)).map_or("", |word| word.after);
    let at_year = if view.form(at) == "of" || view.form(at) == "in" { at + 1 } else { at };
    match year(view.form(at_year)).filter(|_| matches!(before, " " | ", " | "\u{a0}")) {
        Some(year) => (Some(year), at_year + 1),
        None => (None, at),
    }
}

fn weekday(view: &View<'_>, at: usize, published: Option<civil::Date>) -> Option<Date> {
    let word = view.words.get(at).filter(|word| word.is_capital)?;
    let (_, weekday) =
        *WEEKDAYS.iter().find(|(name, _)| *name == &*word.form || word.form.strip_suffix('s') == Some(name))?;
    let mut date = Date { weekday: Some(weekday), ..empty(at..at + 1) };
    // The date may follow: Friday, October 8.
    if matches!(word.after, ", " | " ")
        && let Some(full) = with_month(view, at + 1)
    {
        return Some(Date { weekday: Some(weekday), words: at..full.words.end, ..full });
    }
    if let Some(published) = published {
        let back = (i32::from(published.weekday().to_monday_zero_offset())
            - i32::from(weekday.to_monday_zero_offset()))
        .rem_euclid(7);
        let forward = view.form_before(at, 1) == "next";
        let days = if forward { 7 - back } else { -back };
        date.resolve(published, days);
    }
    Some(date)
}

/// Today, yesterday, tomorrow: days only where the day of publication is known.
fn relative(view: &View<'_>, at: usize, published: Option<civil::Date>) -> Option<Date> {
    let days = match view.form(at) {
        "today" | "tonight" => 0,
        "yesterday" => -1,
        "tomorrow" => 1,
        _ => return None,
    };
    let mut date = empty(at..at + 1);
    date.resolve(published?, days);
    Some(date)
}

/// A year or a decade by itself.
fn year_alone(view: &View<'_>, at: usize) -> Option<Date> {
    let word = view.words.get(at).filter(|word| word.is_digits())?;
    let form = word.form.strip_suffix('s').unwrap_or(&word.form);
    let plural = form.len() < word.form.len() || word.after.starts_with(['\'', '’']) && view.form(at + 1) == "s";
    let end = if plural && form.len() == word.form.len() { at + 2 } else { at + 1 };
    if plural {
        let century = if form.len() == 2 { 1900 } else { 0 };
        let decade = form.parse::<i16>().ok().filter(|year| year % 10 == 0 && matches!(form.len(), 2 | 4))?;
        return Some(Date { year: Some(century + decade), is_decade: true, ..empty(at..end) });
    }
    let year = year(&word.form)?;
    if word.before.ends_with(['$', '€', '£', '¥', '#', '°']) || word.after.starts_with(['%', '€', '°', ':']) {
        return None;
    }
    let asked = matches!(
        view.form_before(at, 1),
        "in" | "since"
            | "of"
            | "until"
            | "till"
            | "from"
            | "by"
            | "during"
            | "before"
            | "after"
            | "year"
            | "early"
            | "late"
            | "mid"
            | "spring"
            | "summer"
            | "autumn"
            | "fall"
            | "winter"
    );
    let next = view.form(at + 1);
    let counts = word.after == " "
        && (super::units::is_unit(next)
            || next.ends_with('s') && !super::view::is_function(next) && !asked
            || matches!(next, "people" | "men" | "women" | "children"));
    (!counts && (asked || (1900..=2035).contains(&year))).then(|| Date { year: Some(year), ..empty(at..end) })
}

impl Date {
    fn resolve(&mut self, published: civil::Date, days: i32) {
        if let Ok(date) = published.checked_add(jiff::Span::new().days(days)) {
            (self.year, self.month, self.day) = (Some(date.year()), Some(date.month()), Some(date.day()));
        }
    }

    /// As `2021-10-08`, question marks for what is not stated; `1920s`; the day of the week where there is no date.
    fn value(&self) -> String {
        let part = |part: Option<String>, empty: &str| part.unwrap_or_else(|| empty.to_owned());
        let two = |number: i8| format!("{number:02}");
        match (self.year, self.month, self.day, self.weekday) {
            (Some(year), ..) if self.is_decade => format!("{year}s"),
            (Some(year), None, None, _) => year.to_string(),
            (None, None, None, Some(weekday)) => format!("{weekday:?}").to_lowercase(),
            (year, month, day, _) => {
                let year = part(year.map(|year| year.to_string()), "????");
                format!("{year}-{}-{}", part(month.map(two), "??"), part(day.map(two), "??"))
            }
        }
    }

    /// Whether both are the same as far as both are stated; none where they state nothing that can be compared.
    fn same(&self, other: &Self) -> Option<bool> {
        let both = |x: Option<i16>, y: Option<i16>| x.zip(y).map(|(x, y)| x == y);
        let years = match (self.is_decade, other.is_decade) {
            (true, false) | (false, true) => both(self.year.map(|y| y / 10), other.year.map(|y| y / 10)),
            _ => both(self.year, other.year),
        };
        let months = both(self.month.map(i16::from), other.month.map(i16::from));
        let days = both(self.day.map(i16::from), other.day.map(i16::from));
        let resolved = |date: &Self| {
            date.weekday.or_else(|| civil::Date::new(date.year?, date.month?, date.day?).ok().map(civil::Date::weekday))
        };
        let weekdays = resolved(self).zip(resolved(other)).map(|(x, y)| x == y);
        let answers = [years, months, days, weekdays];
        if answers.contains(&Some(false)) { Some(false) } else { answers.contains(&Some(true)).then_some(true) }
    }
}

/// The claims on dates, and the matches of their words.
pub(super) fn claims(sides: &Sides<'_>, matching: &mut Matching, found: &mut Vec<Claim>) {
    let (a, b) = (&sides.a.dates, &sides.b.dates);
    let (mut free_a, mut free_b) = (vec![true; a.len()], vec![true; b.len()]);
    let all = |agree: bool| {
        let mut pairs = Vec::new();
        for (i, x) in a.iter().enumerate() {
            pairs.extend(b.iter().enumerate().filter(|(_, y)| x.same(y) == Some(agree)).map(|(j, _)| (i, j)));
        }
        pairs
    };
    let mut taken = Vec::new();
    let slot =
        |matching: &Matching, i: usize, j: usize| matching.slot(&sides.a.view, &a[i].words, &sides.b.view, &b[j].words);
    let scored = all(true).into_iter().map(|(i, j)| (slot(matching, i, j), i, j)).collect();
    take_best(scored, &mut free_a, &mut free_b, |_, i, j| {
        taken.push((i, j, true));
        true
    });
    let said = |x: &Date, dates: &[Date]| dates.iter().any(|y| x.same(y) == Some(true));
    let open = all(false).into_iter().filter(|&(i, j)| free_a[i] && free_b[j] && !said(&a[i], b) && !said(&b[j], a));
    let scored: Vec<_> = open.map(|(i, j)| (slot(matching, i, j), i, j)).collect();
    let only = scored.len() == 1;
    let coverage = matching.coverage;
    take_best(scored, &mut free_a, &mut free_b, |score, i, j| {
        let differs = stand_against(score, coverage, only);
        if differs {
            taken.push((i, j, false));
        }
        differs
    });
    for (i, j, agree) in taken {
        matching.join(a[i].words.start, b[j].words.start);
        found.push(claim(sides, Some(&a[i]), Some(&b[j]), Some(agree)));
    }
    found.extend((0..a.len()).filter(|&i| free_a[i]).map(|i| claim(sides, Some(&a[i]), None, None)));
    found.extend((0..b.len()).filter(|&j| free_b[j]).map(|j| claim(sides, None, Some(&b[j]), None)));
}

fn claim(sides: &Sides<'_>, a: Option<&Date>, b: Option<&Date>, agree: Option<bool>) -> Claim {
    sides.claim(Kind::Date, agree, a.map(|date| (&date.words, date.value())), b.map(|date| (&date.words, date.value())))
}
