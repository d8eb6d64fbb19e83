//! Sentences, split only where they are wanted: splitting costs more than preparing a document.
//!
//! The library (`sentencex`) is given one paragraph at a time, because an unbalanced quotation mark would otherwise leak
//! into the next, and a quotation whose marks do not match would hide its sentences. What it is known to split wrongly in news is joined again.

use std::borrow::Cow;

use sentencex::get_sentence_boundaries;

use super::language;

/// A sentence as a range of bytes of the text it was found in, without blanks around it.
pub type Range = std::ops::Range<usize>;

/// The sentences of `text`, paragraphs being lines, in order. `lang` is a code such as `en` or `en-US`; of a language that is not
/// known the rules for English are used.
#[must_use]
pub fn sentences(text: &str, lang: &str) -> Vec<Range> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let mut rest = line;
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(piece_of(rest));
            paragraph(piece, lang, start, &mut found);
            start += piece.len();
            rest = after;
        }
    }
    found
}

/// Longest piece that is given to the library, whose time grows with the square of it. Few paragraphs are that long.
const PIECE: usize = 2 << 10;

/// Length of the first piece of a line: all of it, or as much as fits, up to where a sentence seems to end, else up to
/// a blank, if there is one.
fn piece_of(line: &str) -> usize {
    if line.len() <= PIECE {
        return line.len();
    }
    let fits = &line[..line.floor_char_boundary(PIECE)];
    let ends = [". ", "? ", "! ", "。"].into_iter().filter_map(|end| fits.rfind(end).map(|at| at + end.len()));
    let blank = || fits.rfind(char::is_whitespace).map(|blank| fits.ceil_char_boundary(blank + 1));
    ends.max().or_else(blank).unwrap_or(fits.len())
}

fn paragraph(line: &str, lang: &str, base: usize, found: &mut Vec<Range>) {
    if !line.contains(char::is_alphanumeric) {
        return;
    }
    let first = found.len();
    for boundary in get_sentence_boundaries(language::primary(lang), &regular_quotes(line)) {
        let (start, end) = (boundary.start_byte.min(line.len()), boundary.end_byte.min(line.len()));
        let Some(part) = line.get(start..end) else { continue };
        let trimmed = part.trim();
        if trimmed.is_empty() {
            continue;
        }
        let from = base + start + (part.len() - part.trim_start().len());
        let sentence = from..from + trimmed.len();
        match found[first..].last_mut() {
            Some(last) if belongs_to(&line[last.start - base..last.end - base], trimmed) => last.end = sentence.end,
            _ => found.push(sentence),
        }
    }
}

/// The line as the library can take it, byte for byte as long: where curly marks do not come in pairs, all quotation
/// marks become apostrophes, which it does not look at.
fn regular_quotes(line: &str) -> Cow<'_, str> {
    if line.matches('“').count() == line.matches('”').count() {
        return Cow::Borrowed(line);
    }
    Cow::Owned(line.replace(['“', '”'], "‘").replace('"', "'"))
}

/// Whether `next` goes on where the library ended `sentence` too early.
fn belongs_to(sentence: &str, next: &str) -> bool {
    let has_word = |text: &str| text.contains(char::is_alphanumeric);
    // A mark alone is no sentence; what follows an ellipsis in lower case is the rest of one.
    !has_word(next)
        || ends_in_abbreviation(sentence)
        || (sentence.ends_with(['…', '.']) && next.starts_with(char::is_lowercase))
}

/// Abbreviations that stand before what they belong to and that the library does not know.
fn ends_in_abbreviation(sentence: &str) -> bool {
    const BEFORE_A_NAME: [&str; 6] = ["Atty.", "Ft.", "Mt.", "approx.", "Reps.", "Sens."];
    sentence.rsplit(char::is_whitespace).next().is_some_and(|last| BEFORE_A_NAME.contains(&last))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text, "en").into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn sentences_of_news() {
        let cases: [&[&str]; 7] = [
            &["The council met on Jan. 6.", "It did not vote."],
            &["DORVALE (NPA) - Rain fell on Sen. Ida Kray's house.", "Nobody was hurt."],
            &["The 300 mm gun and the F-16 were shown.", "Mr. Holt left at 6 p.m. on Friday."],
            &["Atty. Gen. Morn declined to comment."],
            &["The aim is… to present the plan."],
            &["Was it late?", "It was!"],
            &["It cost 4.5 million crowns.", "U.S. officials paid."],
        ];
        for case in cases {
            assert_eq!(split(&case.join(" ")), case);
        }
    }

    #[test]
    fn an_open_quotation_does_not_leak_into_the_next_paragraph() {
        let text = "He said: “We stay. \nThe mayor left. Nobody followed.\n“It is late. \" \nThey slept.";
        assert_eq!(split(text)[1..3], ["The mayor left.", "Nobody followed."]);
        assert_eq!(split(text).last(), Some(&"They slept."));
    }

    #[test]
    fn other_scripts_have_their_own_end_marks() {
        assert_eq!(sentences("桥通车了。鱼贩第一个过海。", "zh").len(), 2);
        assert_eq!(sentences("Мост открыт. Рыбаки рады.", "ru").len(), 2);
    }

    proptest! {
        #[test]
        fn every_word_is_in_exactly_one_sentence(text in "([A-Za-z]{1,6}|[.!?…\"“”'\n ]| \\PC){0,80}") {
            let found = sentences(&text, "en");
            let mut next = 0;
            for sentence in &found {
                prop_assert!(sentence.start >= next && sentence.start < sentence.end);
                prop_assert!(!text[next..sentence.start].contains(char::is_alphanumeric));
                next = sentence.end;
            }
            prop_assert!(!text[next..].contains(char::is_alphanumeric));
        }
    }
}
