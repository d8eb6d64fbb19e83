//! Datelines, by their structure: a place at the very begin of a line, then an agency in brackets, a date or a dash.
//!
//! `PORT ANSEL (NPA) -`, `LYRMONT, Oct. 9 (UTA) —`, `SALT LAKE CITY, Utah —`, `МОСКВА, 5 мая - РИА Новости.`,
//! `新华社北京5月3日电`. What is no known agency has to be written as one, and a place without one in capitals.

use super::cues;

/// A dateline at the begin of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dateline<'a> {
    /// Length in bytes, marks and blanks behind it included.
    pub(super) len: usize,
    pub(super) place: Option<&'a str>,
    pub(super) agency: Option<&'a str>,
}

/// Bytes of a line in which a dateline ends.
const REACH: usize = 160;
/// Words of a place with its country and date.
const WORDS: usize = 10;

/// The dateline that a line begins with.
pub(super) fn find(line: &str) -> Option<Dateline<'_>> {
    let head = &line[..line.floor_char_boundary(REACH)];
    let first = head.chars().next()?;
    if first >= '\u{3040}' {
        return chinese(head);
    }
    if !(first.is_uppercase() || first == '(' || first.is_alphabetic() && !first.is_lowercase()) {
        return None;
    }
    enclosed(head).or_else(|| dated(head)).or_else(|| in_capitals(head)).or_else(|| alone(line))
}

/// `رام الله - دنيا الوطن`: in scripts without capitals a place and who signs are told by standing alone in a line.
fn alone(line: &str) -> Option<Dateline<'_>> {
    let (place, agency) = line.split_once(" - ")?;
    let words = line.split(' ').count();
    let is_caseless = |c: char| !c.is_alphabetic() || !(c.is_lowercase() || c.is_uppercase());
    let fits = words <= 6 && line.len() <= 80 && line.chars().all(is_caseless) && !line.contains(['.', ':', '؟', '!']);
    fits.then_some(Dateline { len: line.len(), place: Some(place), agency: Some(agency) })
}

/// `PLACE (AGENCY) -`, `(AGENCY)`, `PLACE, date. /AGENCY/`.
fn enclosed(head: &str) -> Option<Dateline<'_>> {
    let open = memchr::memchr3(b'(', b'/', b'[', head.as_bytes())?;
    let close = match head.as_bytes()[open] {
        b'(' => ')',
        b'[' => ']',
        // `ROME/PARIS (NPA) -` has a stroke that encloses nothing.
        _ if head[..open].ends_with(' ') || open == 0 => '/',
        _ => return enclosed_behind_stroke(head, open),
    };
    bracketed(head, open, close)
}

fn enclosed_behind_stroke(head: &str, stroke: usize) -> Option<Dateline<'_>> {
    let open = stroke + head[stroke..].find('(')?;
    bracketed(head, open, ')')
}

fn bracketed(head: &str, open: usize, close: char) -> Option<Dateline<'_>> {
    let inside = open + 1;
    let end = inside + head[inside..].find(close)?;
    let (place, content) =
        (head[..open].trim_end_matches([' ', '-', '–', '—', '.', ',', '\u{a0}']), head[inside..end].trim());
    let known = cues::agency(content).is_some();
    let behind = end + close.len_utf8();
    let len = behind + marks(&head[behind..]);
    let dash = has_dash(&head[behind..len]);
    if place.is_empty() {
        // `(ANSA) - ROMA, 15 NOV -`: the place may come behind.
        let start = Dateline { len, place: None, agency: Some(content) };
        let more =
            || in_capitals(&head[len..]).map(|more| Dateline { len: len + more.len, place: more.place, ..start });
        return (known && close == ')').then(|| more().unwrap_or(start));
    }
    let capitals = is_capital_word(place.split([' ', ',', '/']).next().unwrap_or(place));
    let fits = is_place(place)
        && if known { dash || place.split(' ').count() <= 4 } else { dash && capitals && is_sign(content) };
    // `Moscow (TASS) said` is a sentence.
    let goes_on = head[len..].starts_with(|c: char| c.is_lowercase()) && !dash;
    (fits && !goes_on).then_some(Dateline { len, place: Some(place), agency: Some(content) })
}

/// Short, and written as agencies sign: in capitals, or with a capital first.
fn is_sign(content: &str) -> bool {
    content.chars().count() >= 2
        && content.split(' ').count() <= 4
        && !content.chars().any(|c| c.is_ascii_digit())
        && content.split(' ').all(|word| word.starts_with(|c: char| c.is_uppercase()))
        && !content.starts_with("R-")
        && !content.starts_with("D-")
}

/// `Place, 15 ноября. Agency.`, `PLACE, 5 мая - Agency.`: a day, then somebody who signs.
fn dated(head: &str) -> Option<Dateline<'_>> {
    let place_end = memchr::memchr2(b',', b'.', head.as_bytes())?;
    let (place, date) = (&head[..place_end], &head[place_end + 1..]);
    let date = date.trim_start();
    let day = date.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&day) || !is_place(place) || place.split(' ').count() > 3 {
        return None;
    }
    let month = date[day..].strip_prefix(' ')?;
    let name = month.find(|c: char| !c.is_alphabetic())?;
    let rest = &month[name..];
    if !(3..=20).contains(&name) || !month.starts_with(char::is_alphabetic) || rest.starts_with(' ') && marks(rest) < 2
    {
        return None;
    }
    let sign = &rest[marks(rest)..];
    let sign = sign.trim_start_matches('/');
    let end = sign.find(['.', '/', '—', '–']).or_else(|| sign.find(" - "))?;
    let agency = sign[..end].trim();
    let signed = cues::agency(agency).is_some() || agency.split(' ').count() <= 2 && is_sign(agency);
    let behind = &sign[end..];
    let len = head.len() - behind.len() + marks(behind);
    (signed && !head[len..].starts_with(|c: char| c.is_lowercase())).then_some(Dateline {
        len,
        place: Some(place),
        agency: Some(agency),
    })
}

/// `PLACE —`, `PLACE, Country, date —`: no agency, so the place is in capitals and a dash stands between blanks, or is
/// long.
fn in_capitals(head: &str) -> Option<Dateline<'_>> {
    if !head.split([' ', ',', '/']).next().is_some_and(|word| is_capital_word(word) && word.len() > 1) {
        return None;
    }
    let dash = head.char_indices().find(|&(at, c)| match c {
        '—' | '–' => true,
        '-' => head[..at].ends_with([' ', '\u{a0}']) && head[at + 1..].starts_with(['-', ' ', '\u{a0}']),
        _ => false,
    })?;
    let place = head[..dash.0].trim_end();
    let len = dash.0 + marks(&head[dash.0..]);
    let begins =
        |c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '"' | '“' | '«' | '‘' | '\'' | '„' | '$');
    let town = place.split(',').next().unwrap_or(place);
    let capital = |word: &str| is_capital_word(word) || matches!(word, "of" | "de" | "St." | "del" | "la");
    let fits = town.split(' ').count() <= 4
        && town.split([' ', '/']).all(capital)
        && town.chars().filter(|c| c.is_alphabetic()).count() >= 4
        && !is_heading(town)
        && place.split(' ').count() <= 7
        && place[town.len()..].split([' ', ',']).all(|word| word.is_empty() || is_place_word(word))
        && head[len..].starts_with(begins);
    fits.then_some(Dateline { len, place: Some(place), agency: None })
}

/// Words in capitals before a dash that are no places.
fn is_heading(words: &str) -> bool {
    const HEADINGS: [&str; 28] = [
        "BREAKING",
        "UPDATE",
        "UPDATED",
        "EXCLUSIVE",
        "WATCH",
        "VIDEO",
        "PHOTOS",
        "PHOTO",
        "CORRECTION",
        "CLARIFICATION",
        "ANALYSIS",
        "OPINION",
        "COMMENTARY",
        "EDITORIAL",
        "REVIEW",
        "NOTE",
        "FILE",
        "LIVE",
        "INTERVIEW",
        "PREVIEW",
        "POLL",
        "FACT",
        "MORE",
        "ALERT",
        "WARNING",
        "QUESTION",
        "ANSWER",
        "SPOILER",
    ];
    words.split(' ').any(|word| HEADINGS.contains(&word.trim_matches(|c: char| !c.is_alphabetic())))
}

/// All letters are capitals, and there is one.
fn is_capital_word(word: &str) -> bool {
    word.chars().any(char::is_uppercase) && !word.chars().any(|c| c.is_lowercase() || c == '"' || c == '“')
}

/// Whether words can be a place, its country and a date.
fn is_place(words: &str) -> bool {
    let word_count = words.split([' ', '\u{a0}']).filter(|word| !word.is_empty()).count();
    word_count <= WORDS
        && words.split([' ', ',', '\u{a0}', '/', '-', '–']).all(|word| word.is_empty() || is_place_word(word))
}

fn is_place_word(word: &str) -> bool {
    const SMALL: [&str; 24] = [
        "of", "de", "del", "du", "des", "da", "do", "la", "le", "les", "al", "el", "am", "an", "der", "die", "on",
        "upon", "y", "e", "and", "und", "et", "in",
    ];
    let first = word.chars().next().unwrap_or(' ');
    let stops = word.trim_end_matches('.').contains('.') || word.ends_with('.');
    let short = word.chars().count() <= 6;
    (!stops || short)
        && !word.contains(['"', '“', '”', ':', ';', '!', '?', '(', ')'])
        && (first.is_uppercase()
            || first.is_ascii_digit()
            || (first.is_alphabetic() && !first.is_lowercase())
            || SMALL.contains(&word)
            || is_month(word))
}

/// Months that are written small: by their first letters, in the languages of most agencies.
fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 44] = [
        "jan", "ene", "gen", "feb", "fév", "fev", "mar", "mär", "apr", "abr", "avr", "mai", "may", "mag", "jun",
        "juin", "giu", "jul", "juil", "lug", "aug", "ago", "aoû", "sep", "set", "oct", "okt", "out", "ott", "nov",
        "dec", "déc", "dic", "dez", "янв", "фев", "мар", "апр", "мая", "июн", "июл", "ноя", "окт", "дек",
    ];
    MONTHS.iter().any(|month| word.starts_with(month)) && word.chars().count() <= 11
}

/// Length of the marks and blanks at the begin.
fn marks(text: &str) -> usize {
    let is_mark = |c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '―' | '.' | ':' | ',' | '/' | '|' | '_');
    text.find(|c: char| !is_mark(c)).unwrap_or(text.len())
}

fn has_dash(text: &str) -> bool {
    text.contains(['-', '–', '—', '―', ':'])
}

/// `新华社北京5月3日电（记者…）`: an agency, a place and a day, then the sign for "cable" or "report".
fn chinese(head: &str) -> Option<Dateline<'_>> {
    /// Bytes from the begin to the sign.
    const FAR: usize = 90;
    let near = &head[..head.floor_char_boundary(FAR)];
    let day = near
        .find('日')
        .filter(|&at| near[..at].contains('月') && near[..at].ends_with(|c: char| c.is_ascii_digit()))?;
    let sign = day + near[day..].find(['电', '電', '讯', '訊'])?;
    let between = &near[day + '日'.len_utf8()..sign];
    if between.chars().count() > 12 || near[..day].contains(['。', '，', ',']) {
        return None;
    }
    let mut len = sign + '电'.len_utf8();
    let rest = &head[len..];
    if rest.starts_with(['（', '('])
        && let Some(close) = rest.find(['）', ')'])
        && rest[..close].contains(['记', '記'])
    {
        len += close + rest[close..].chars().next().map_or(0, char::len_utf8);
    }
    len += head[len..].len() - head[len..].trim_start().len();
    let names = near[..day].trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '月' | '年'));
    let names = names.trim_start_matches(|c: char| !c.is_alphanumeric());
    let split = names.find(['社', '网', '網', '报', '報']).map(|at| at + '社'.len_utf8());
    let (agency, place) = split.map_or((None, names), |at| (Some(&names[..at]), &names[at..]));
    Some(Dateline { len, place: Some(place.trim()).filter(|place| !place.is_empty()), agency })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(line: &str) -> Option<(&str, &str, &str)> {
        find(line).map(|found| (found.place.unwrap_or(""), found.agency.unwrap_or(""), &line[found.len..]))
    }

    #[test]
    fn places_with_agencies() {
        for (line, expected) in [
            ("DORVALE (AP) - Rain fell.", ("DORVALE", "AP", "Rain fell.")),
            ("PORT ANSEL, May 3 (Reuters) — Rain fell.", ("PORT ANSEL, May 3", "Reuters", "Rain fell.")),
            ("DORVALE, Shirkan (NPA) -- Rain fell.", ("DORVALE, Shirkan", "NPA", "Rain fell.")),
            ("Dorvale (dpa/lby) - Es regnete.", ("Dorvale", "dpa/lby", "Es regnete.")),
            ("Dorvale (CNN) The mayor left.", ("Dorvale", "CNN", "The mayor left.")),
            ("(CNN)The mayor left.", ("", "CNN", "The mayor left.")),
            ("DORVALE/PELM (Reuters) - Rain fell.", ("DORVALE/PELM", "Reuters", "Rain fell.")),
            ("Dorvale, 15 nov (EFE).- Llovió ayer.", ("Dorvale, 15 nov", "EFE", "Llovió ayer.")),
            ("(ANSA) - DORVALE, 15 NOV - Piove.", ("DORVALE, 15 NOV", "ANSA", "Piove.")),
            ("Dorvale, le 5 mai (AFP) – Il pleut.", ("Dorvale, le 5 mai", "AFP", "Il pleut.")),
            ("DORVALE, September 2. /TASS/. Rain fell.", ("DORVALE, September 2", "TASS", "Rain fell.")),
            ("ДОРВАЛЬ, 5 мая - РИА Новости. Шёл дождь.", ("ДОРВАЛЬ", "РИА Новости", "Шёл дождь.")),
            ("ДОРВАЛЬ, 5 мая. /ТАСС/. Шёл дождь.", ("ДОРВАЛЬ, 5 мая", "ТАСС", "Шёл дождь.")),
            ("Дорваль, 15 ноября. Пельмнаучинформ. Шёл дождь.", ("Дорваль", "Пельмнаучинформ", "Шёл дождь.")),
            ("ДОРВАЛЬ. 5 травня. УНН. Ішов дощ.", ("ДОРВАЛЬ", "УНН", "Ішов дощ.")),
            ("新华社北京5月3日电（记者王安）昨日下雨。", ("北京", "新华社", "昨日下雨。")),
        ] {
            assert_eq!(parts(line), Some(expected), "{line}");
        }
    }

    #[test]
    fn places_in_capitals() {
        assert_eq!(parts("PORT ANSEL — Rain fell."), Some(("PORT ANSEL", "", "Rain fell.")));
        assert_eq!(
            parts("SALT LAKE CITY, Utah – “Rain”, he said."),
            Some(("SALT LAKE CITY, Utah", "", "“Rain”, he said."))
        );
        assert_eq!(parts("DORVALE - Rain fell."), Some(("DORVALE", "", "Rain fell.")));
    }

    #[test]
    fn sentences_are_no_datelines() {
        for line in [
            "The mayor (AP) said nothing - he left.",
            "Mayor Ida Kray — a baker by trade — left.",
            "Ida Kray (R-Pelm) — who left — is back.",
            "UPDATE — Rain fell.",
            "In May, 15 people left.",
            "Ida Kray, 15 years old. She left.",
            "FBI - the bureau left.",
            "Reuters (Dorvale) was told.",
            "On 5 May, 12 ships left.",
            "EU-NATO talks - A look back",
        ] {
            assert_eq!(parts(line), None, "{line}");
        }
    }
}
