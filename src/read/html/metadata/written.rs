//! Dates as people and machines write them: `15 March 2020`, `Mar 15th, 2020`, `15.03.20`, `2020年3月15日`.

use std::ops::Range;

use jiff::civil::Date as Day;

use super::months::month;

/// Which number comes first in `03/04/2020`, where both could be the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// As in most of the world.
    DayFirst,
    /// As in the United States.
    MonthFirst,
}

/// A day that a text names, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) day: Day,
    pub(super) range: Range<usize>,
}

/// Years in which a page of news can have been published. Later than that is a slip or an event, earlier is history: what
/// the clock of this machine says must not decide what is found.
pub(super) const YEARS: std::ops::RangeInclusive<i16> = 1995..=2050;

/// All dates with day, month and year in a text, in order.
pub(super) fn dates(text: &str, order: Order) -> Vec<Written> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match date_at(text, &tokens[at..], order) {
            Some((day, length)) => {
                let range = tokens[at].range.start..tokens[at + length - 1].range.end;
                found.push(Written { day, range });
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// The first of [`dates`].
pub(super) fn first(text: &str, order: Order) -> Option<Day> {
    dates(text, order).first().map(|written| written.day)
}

/// The first `bytes` of a text, or a few less where a character would be cut.
pub(super) fn head(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    &text[..end]
}

/// The order in which a text writes day and month, told by the first date that leaves no doubt.
pub(super) fn order(text: &str) -> Option<Order> {
    let tokens = tokens(text);
    (0..tokens.len()).find_map(|at| {
        let tokens = &tokens[at..];
        let first = tokens[0].number.filter(|number| (1..=31).contains(number));
        let Some(first) = first.filter(|_| tokens[0].digits() <= 2) else {
            return month_then_day(text, tokens).map(|_| Order::MonthFirst);
        };
        if day_then_month(text, tokens, first).is_some() {
            return Some(Order::DayFirst);
        }
        let second = tokens.get(1)?.number?;
        let is_slash = gap(text, tokens, 0)? == "/" && numeric(text, tokens, first, Order::DayFirst).is_some();
        match (first > 12, second > 12) {
            (true, false) if is_slash => Some(Order::DayFirst),
            (false, true) if is_slash => Some(Order::MonthFirst),
            _ => None,
        }
    })
}

/// A day, if it is one of the calendar and of our time.
pub(super) fn day(year: i16, month: i8, day: i8) -> Option<Day> {
    Day::new(year, month, day).ok().filter(|_| YEARS.contains(&year))
}

/// The day in the first eight digits of `20200315` or `20200315T101500`.
pub(super) fn compact(digits: &str) -> Option<Day> {
    let digits = digits.get(..8).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))?;
    day(digits[..4].parse().ok()?, digits[4..6].parse().ok()?, digits[6..].parse().ok()?)
}

/// A run of digits or of letters.
#[derive(Debug, Clone)]
struct Token {
    range: Range<usize>,
    /// Its value, where it is a number of up to four digits.
    number: Option<i16>,
    is_word: bool,
}

impl Token {
    fn digits(&self) -> usize {
        if self.is_word { 0 } else { self.range.len() }
    }
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for (at, char) in text.char_indices() {
        let is_digit = char.is_ascii_digit();
        if !is_digit && !is_letter(char) {
            continue;
        }
        let end = at + char.len_utf8();
        match tokens.last_mut() {
            Some(last) if last.range.end == at && last.is_word != is_digit => last.range.end = end,
            _ => tokens.push(Token { range: at..end, number: None, is_word: !is_digit }),
        }
    }
    for token in &mut tokens {
        if !token.is_word && token.range.len() <= 4 {
            token.number = text[token.range.clone()].parse().ok();
        }
    }
    tokens
}

/// Letters and the marks on them; not the signs that stand between the parts of a date.
fn is_letter(char: char) -> bool {
    char.is_alphabetic() || matches!(char, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{dff}' | '\u{e00}'..='\u{e7f}')
}

/// A date that begins with the first token, and the number of its tokens.
fn date_at(text: &str, tokens: &[Token], order: Order) -> Option<(Day, usize)> {
    let first = tokens.first()?;
    match first.number {
        Some(number) if first.digits() == 4 => year_first(text, tokens, number),
        Some(number) if (1..=31).contains(&number) && first.digits() <= 2 => {
            numeric(text, tokens, number, order).or_else(|| day_then_month(text, tokens, number))
        }
        None if first.is_word => month_then_day(text, tokens),
        _ => None,
    }
}

/// What stands between two neighbours.
fn gap<'t>(text: &'t str, tokens: &[Token], after: usize) -> Option<&'t str> {
    text.get(tokens.get(after)?.range.end..tokens.get(after + 1)?.range.start)
}

/// `2020-03-15`, `2020/3/15`, `2020年3月15日`, `2020. március 15.`
fn year_first(text: &str, tokens: &[Token], year: i16) -> Option<(Day, usize)> {
    let is_gap = |gap: &str| gap.len() <= 3 && gap.chars().all(|c| matches!(c, '-' | '/' | '.' | ' ' | '_' | ','));
    let mut at = 1;
    let next = |at: &mut usize| {
        is_gap(gap(text, tokens, *at - 1)?).then_some(())?;
        // 年 and 月, or the Lithuanian `m.`, belong to the number before them.
        if tokens.get(*at).is_some_and(|token| is_unit(&text[token.range.clone()])) {
            is_gap(gap(text, tokens, *at)?).then_some(())?;
            *at += 1;
        }
        *at += 1;
        tokens.get(*at - 1)
    };
    let middle = next(&mut at)?;
    let named = month(&text[middle.range.clone()]);
    let in_month = next(&mut at)?;
    let is_short = |token: &Token| token.digits() <= 2;
    if !is_short(in_month) || !is_short(middle) || (named.is_none() && gap(text, tokens, 0)? == " ") {
        return None;
    }
    let number = |token: &Token| token.number.and_then(|number| i8::try_from(number).ok());
    Some((day(year, named.or_else(|| number(middle))?, number(in_month)?)?, at))
}

fn is_unit(word: &str) -> bool {
    matches!(word, "年" | "月" | "년" | "월" | "m")
}

/// `15.03.2020`, `3/15/20`
fn numeric(text: &str, tokens: &[Token], first: i16, order: Order) -> Option<(Day, usize)> {
    let sign = |gap: &str| match gap.trim() {
        "." => Some('.'),
        "/" => Some('/'),
        "-" => Some('-'),
        "|" => Some('|'),
        _ => None,
    };
    let (one, two) = (sign(gap(text, tokens, 0)?)?, sign(gap(text, tokens, 1)?)?);
    let (second, year) = (tokens.get(1)?, tokens.get(2)?);
    let follows = text[year.range.end..].chars().next();
    let goes_on = follows == Some(one) && text[year.range.end + 1..].starts_with(|c: char| c.is_ascii_digit());
    if one != two || second.digits() > 2 || goes_on {
        return None;
    }
    let second = i8::try_from(second.number?).ok()?;
    let first = i8::try_from(first).ok()?;
    let year = year_of(year)?;
    let month_first = order == Order::MonthFirst && one != '.';
    let found = if month_first {
        day(year, first, second).or_else(|| day(year, second, first))
    } else {
        day(year, second, first).or_else(|| day(year, first, second))
    };
    Some((found?, 3))
}

/// A year of four digits, or of two in this century.
fn year_of(token: &Token) -> Option<i16> {
    match token.digits() {
        4 => token.number,
        2 => token.number.map(|number| if number < 51 { 2000 + number } else { 1900 + number }),
        _ => None,
    }
}

/// `15 March 2020`, `15. März 2020`, `15 de marzo de 2020`, `15-Mar-20`, `1er mars 2020`
fn day_then_month(text: &str, tokens: &[Token], in_month: i16) -> Option<(Day, usize)> {
    let at = past_fillers(text, tokens, 1)?;
    let month = month(&text[tokens.get(at)?.range.clone()])?;
    let sign = gap(text, tokens, at)?;
    let at = past_fillers(text, tokens, at + 1)?;
    let token = tokens.get(at)?;
    // A year of two digits could be the hour.
    let year = year_of(token).filter(|_| token.digits() == 4 || matches!(sign, "-" | "/" | " '" | " ’" | "."))?;
    Some((day(year, month, i8::try_from(in_month).ok()?)?, at + 1))
}

/// `March 15, 2020`, `Mar. 15th 2020`
fn month_then_day(text: &str, tokens: &[Token]) -> Option<(Day, usize)> {
    // A look at the number comes first: nearly no word is followed by one, and names are looked up slowly.
    let in_month = tokens.get(1)?;
    if !(1..=31).contains(&in_month.number?) || in_month.digits() > 2 || !is_light(gap(text, tokens, 0)?) {
        return None;
    }
    let month = month(&text[tokens[0].range.clone()])?;
    let at = past_fillers(text, tokens, 2)?;
    let year = tokens.get(at).filter(|token| token.digits() == 4)?.number?;
    Some((day(year, month, i8::try_from(in_month.number?).ok()?)?, at + 1))
}

/// The place of the first token from `at` on that is no word between the parts of a date; nothing where more than light
/// signs stand between.
fn past_fillers(text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    const FILLERS: [&str; 16] =
        ["st", "nd", "rd", "th", "er", "de", "del", "of", "the", "den", "di", "a", "o", "d", "ème", "г"];
    let mut at = at;
    for _ in 0..2 {
        if !is_light(gap(text, tokens, at - 1)?) {
            return None;
        }
        let word = &text[tokens.get(at)?.range.clone()];
        if !FILLERS.iter().any(|filler| filler.eq_ignore_ascii_case(word)) {
            return Some(at);
        }
        at += 1;
    }
    is_light(gap(text, tokens, at - 1)?).then_some(at)
}

fn is_light(gap: &str) -> bool {
    gap.chars().count() <= 4
        && gap.chars().all(|c| c.is_whitespace() || matches!(c, '.' | ',' | '-' | '/' | '\'' | '’' | 'º' | '°' | '،'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(text: &str, order: Order) -> Vec<String> {
        dates(text, order).iter().map(|written| written.day.to_string()).collect()
    }

    #[test]
    fn dates_in_many_languages() {
        for text in [
            "15 March 2020",
            "Sunday, March 15th, 2020 at 10:15",
            "Mar. 15 2020",
            "MARCH 15, 2020",
            "15-Mar-2020",
            "15-Mar-20",
            "the 15th of March 2020",
            "2020-03-15",
            "2020-03-15T10:15:00",
            "2020/3/15",
            "2020.03.15",
            "15.03.2020 10:15",
            "15. 3. 2020",
            "15.03.20",
            "15/03/2020",
            "3/15/2020",
            "15 | 03 | 2020",
            "So., 15. März 2020, 10.15 Uhr",
            "15 de marzo de 2020",
            "15 marzo 2020",
            "le 15 mars 2020 à 10h",
            "15 de março de 2020",
            "15 maart 2020",
            "15 marca 2020 r.",
            "15 марта 2020 г.",
            "15 березня 2020",
            "15 Mart 2020",
            "15 Maret 2020",
            "15. března 2020",
            "15 mars 2020",
            "2020. március 15.",
            "2020年3月15日",
            "2020년 3월 15일",
            "2020 m. kovo 15 d.",
            "15 مارس 2020",
            "March\u{a0}15,\u{a0}2020",
            "15Mar2020",
        ] {
            assert_eq!(all(text, Order::DayFirst), ["2020-03-15"], "{text}");
        }
        assert_eq!(all("1er mars 2020", Order::DayFirst), ["2020-03-01"]);
    }

    #[test]
    fn what_is_no_date() {
        for text in [
            "",
            "2020",
            "March 2020",
            "15 March",
            "31 February 2020",
            "1.2.3.4",
            "10.11.2020.5",
            "192.168.10.20",
            "15 March 10:15",
            "tel. 040-15-03",
            "20/03",
            "15 2020 March",
            "march of 15 in 2020 steps",
            "1-2-2120",
            "99/99/2020",
            "5 - 10 km",
        ] {
            assert_eq!(all(text, Order::DayFirst), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn day_and_month_are_told_apart() {
        assert_eq!(all("03/04/2020", Order::DayFirst), ["2020-04-03"]);
        assert_eq!(all("03/04/2020", Order::MonthFirst), ["2020-03-04"]);
        assert_eq!(all("03.04.2020", Order::MonthFirst), ["2020-04-03"]);
        for (text, expected) in [
            ("on 25/12/2020", Some(Order::DayFirst)),
            ("12/25/2020", Some(Order::MonthFirst)),
            ("12/11/2020", None),
            ("25 May 2020", Some(Order::DayFirst)),
            ("May 25, 2020", Some(Order::MonthFirst)),
            ("May 2020", None),
        ] {
            assert_eq!(order(text), expected, "{text}");
        }
    }

    #[test]
    fn places_are_those_of_the_text() {
        let text = "Veröffentlicht: 1. März 2020; geändert 2.3.2020.";
        let found: Vec<&str> = dates(text, Order::DayFirst).into_iter().map(|written| &text[written.range]).collect();
        assert_eq!(found, ["1. März 2020", "2.3.2020"]);
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "([0-9]{1,5}|\\PC|[-/. ,年月]|March|de|\u{301})*") {
            for order in [Order::DayFirst, Order::MonthFirst] {
                for written in dates(&text, order) {
                    prop_assert!(text.get(written.range.clone()).is_some());
                    prop_assert!(YEARS.contains(&written.day.year()));
                }
            }
            order(&text);
        }

        #[test]
        fn every_day_is_read_as_written(year in 1995..=2050i16, month in 1..=12i8, number in 1..=28i8) {
            let expected = Day::new(year, month, number).unwrap();
            for text in [format!("{expected}"), format!("{number}.{month}.{year}"), format!("{number}/{month}/{year}")] {
                prop_assert_eq!(first(&text, Order::DayFirst), Some(expected));
            }
        }
    }
}
