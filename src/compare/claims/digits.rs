//! Numbers in digits: grouped and with fractions, in designations, as times of day.

use super::numerals::{Numeral, Style, cardinal, scale};
use super::units::is_unit;
use super::view::{View, Word};

/// A number in digits.
pub(super) fn digits(view: &View<'_>, at: usize) -> Option<Numeral> {
    let word = view.words.get(at)?;
    let cut = word.form.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(word.form.len());
    let (mut number, tail) = (word.form[..cut].to_owned(), &word.form[cut..]);
    let mut end = at + 1;
    // Digits grouped by blanks.
    while tail.is_empty() && number.len() <= 3 || end > at + 1 {
        let gap = view.words.get(end - 1).map_or("", |word| word.after);
        let next = view.form(end);
        let groups = matches!(gap, " " | "\u{a0}" | "\u{202f}" | "\u{2009}") && next.len() == 3;
        if !groups || !next.chars().all(|c| c.is_ascii_digit()) || number.starts_with('0') {
            break;
        }
        number.push_str(next);
        end += 1;
    }
    let (value, step, other) = read(&number)?;
    let ordinal = matches!(tail, "st" | "nd" | "rd" | "th");
    let style = if ordinal { Style::Ordinal } else { Style::Digits };
    let tail = (!tail.is_empty() && !ordinal).then(|| tail.to_owned());
    Some(Numeral { words: at..end, value, step, other, style, tail })
}

/// Value, step, and the other value of digits with separators. Three digits behind a separator are a group, except
/// behind a single full stop, where they can be a fraction as well.
fn read(number: &str) -> Option<(f64, f64, Option<f64>)> {
    let number = number.trim_end_matches(['.', ',']);
    let mut parts = number.split(['.', ',']);
    let first = parts.next()?;
    let rest: Vec<&str> = parts.collect();
    let whole = |text: &str| text.parse::<f64>().ok();
    let plain = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    let grouped = !rest.is_empty() && first.len() <= 3 && rest.iter().all(|part| part.len() == 3);
    if rest.is_empty() {
        return Some((whole(first)?, 1.0, None));
    }
    let (head, fraction) = number.rsplit_once(['.', ','])?;
    let step = 0.1_f64.powi(fraction.len().min(12) as i32);
    let decimal = whole(&format!("{}.{fraction}", plain(head)))?;
    if !grouped {
        // More than two parts without groups are a date or a version.
        return (rest.len() == 1 || rest[..rest.len() - 1].iter().all(|part| part.len() == 3))
            .then_some((decimal, step, None));
    }
    let value = whole(&plain(number))?;
    Some(if rest.len() == 1 && number.contains('.') { (decimal, step, Some(value)) } else { (value, 1.0, None) })
}

/// Digits in a word with letters that are neither a scale nor a unit, or joined by a hyphen to a capitalised word.
pub(super) fn code(view: &View<'_>, at: usize) -> Option<Numeral> {
    let word = view.words.get(at)?;
    let letters = |form: &str| -> String { form.chars().filter(|c| c.is_alphabetic()).collect() };
    let found = |number: &str, tail: String| {
        let (value, step, _) = read(number)?;
        Some(Numeral { words: at..at + 1, value, step, other: None, style: Style::Code, tail: Some(tail) })
    };
    if word.is_digits() && word.after == "/" && view.words.get(at + 1).is_some_and(Word::is_digits) {
        let mut found = found(&word.form, format!("/{}", view.form(at + 1)))?;
        found.words.end = at + 2;
        return Some(found);
    }
    if word.is_digits() {
        let cut = word.form.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(word.form.len());
        let (number, tail) = word.form.split_at(cut);
        let is_plain = matches!(tail, "" | "st" | "nd" | "rd" | "th" | "s" | "am" | "pm") || scale(tail).is_some();
        if !is_plain && !is_unit(tail) {
            return found(number, letters(tail));
        }
        let before = at.checked_sub(1).and_then(|at| view.words.get(at)).filter(|_| tail.is_empty())?;
        let is_word =
            before.form.len() >= 3 && before.form.chars().all(char::is_alphabetic) && cardinal(view, at - 1).is_none();
        let joined = is_word && matches!(word.before, "-" | "‑") && !matches!(&*before.form, "mid" | "post" | "pre");
        return if joined { found(number, before.form.to_string()) } else { None };
    }
    let cut = word.form.find(|c: char| c.is_ascii_digit())?;
    let number: String = word.form[cut..].chars().take_while(char::is_ascii_digit).collect();
    found(&number, letters(&word.form))
}

/// A time of day. Without a.m. or p.m. an hour up to 12 has both readings.
pub(super) fn clock(view: &View<'_>, at: usize) -> Option<Numeral> {
    let form = view.form(at);
    let found = |end, minutes: f64, other| {
        Some(Numeral { words: at..end, value: minutes, step: 1.0, other, style: Style::Clock, tail: None })
    };
    match form {
        "noon" | "midday" => return found(at + 1, 720.0, None),
        "midnight" => return found(at + 1, 0.0, Some(1440.0)),
        _ => (),
    }
    if view.words.get(at).is_some_and(|word| !word.is_digits()) {
        return None;
    }
    let cut = form.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(form.len());
    let (number, tail) = form.split_at(cut);
    let mut end = at + 1;
    let mut tail = tail.to_owned();
    let (hour, minute, colon) = if let Some((hour, minute)) = number.split_once('.') {
        (hour.to_owned(), minute.to_owned(), false)
    } else if tail.is_empty() && view.words.get(at)?.after == ":" && view.form(at + 1).len() >= 2 {
        let next = view.form(at + 1);
        let cut = next.find(|c: char| !c.is_ascii_digit()).unwrap_or(next.len());
        tail = next[cut..].to_owned();
        end += 1;
        (number.to_owned(), next[..cut].to_owned(), true)
    } else {
        (number.to_owned(), String::new(), false)
    };
    let (hour, minute): (u32, u32) =
        (hour.parse().ok()?, if minute.is_empty() { 0 } else { minute.parse().ok().filter(|_| minute.len() == 2)? });
    if hour > 24 || minute > 59 {
        return None;
    }
    if tail.is_empty() && view.words.get(end - 1)?.runs_on() {
        let next = view.form(end);
        if matches!(next, "am" | "pm" | "o'clock" | "gmt" | "utc" | "hrs" | "cet") {
            tail = next.to_owned();
            end += 1;
        }
    }
    let minutes = f64::from(60 * hour + minute);
    match &*tail {
        "am" => found(end, if hour == 12 { minutes - 720.0 } else { minutes }, None),
        "pm" => found(end, if hour < 12 { minutes + 720.0 } else { minutes }, None),
        "gmt" | "utc" | "hrs" | "cet" | "o'clock" => found(end, minutes, (hour <= 12).then_some(minutes + 720.0)),
        "" if colon => found(end, minutes, (hour <= 12).then_some(minutes + 720.0)),
        _ => None,
    }
}
