//! What of a text belongs to the page rather than to the report, as far as one line can tell.

use super::Word;

/// Whether the words of a line are captions of a gallery: three counters with one total.
pub(super) fn is_gallery(words: &[Word]) -> bool {
    const COUNTERS: usize = 3;
    // "of" in the languages of most news sites.
    const OF: [Word; 6] = [
        Word::lookup("of"),
        Word::lookup("de"),
        Word::lookup("von"),
        Word::lookup("van"),
        Word::lookup("di"),
        Word::lookup("из"),
    ];
    // Two numbers each, so that most lines are seen through at once.
    if words.iter().filter(|word| word.is_number()).count() < 2 * COUNTERS {
        return false;
    }
    let is_of = |word: Word| OF.iter().any(|of| of.hash() == word.hash());
    let counters = words.windows(3).filter(|run| run[0].is_number() && is_of(run[1]) && run[2].is_number());
    let totals: Vec<u32> = counters.map(|run| run[2].hash()).collect();
    totals.iter().any(|total| totals.iter().filter(|other| *other == total).count() >= COUNTERS)
}

/// Words below which a line without a mark at its end is a heading, a teaser or a caption.
pub(super) const HEADING: usize = 20;

/// Whether a mark follows before the line ends.
pub(super) fn ends_a_sentence(rest: &[u8]) -> bool {
    let line = rest.iter().take_while(|&&b| b != b'\n' && b != 0);
    line.take(8).any(|b| matches!(b, b'.' | b'!' | b'?' | b':' | b';' | b'"' | b')'))
}

/// Whether a word before a full stop is one that is cut short and ends no sentence, such as a title.
pub(super) fn is_abbreviation(word: Word) -> bool {
    const SHORT: [Word; 14] = [
        Word::lookup("mr"),
        Word::lookup("mrs"),
        Word::lookup("ms"),
        Word::lookup("dr"),
        Word::lookup("st"),
        Word::lookup("gen"),
        Word::lookup("sen"),
        Word::lookup("rep"),
        Word::lookup("gov"),
        Word::lookup("lt"),
        Word::lookup("col"),
        Word::lookup("sgt"),
        Word::lookup("prof"),
        Word::lookup("no"),
    ];
    SHORT.iter().any(|short| short.hash() == word.hash())
}

/// Whether a line is a message from a social network, signed as pages show it: `… — Name (@name) date`.
pub(super) fn is_post(line: &[u8]) -> bool {
    memchr::memmem::find(line, b"(@").is_some_and(|at| memchr::memrchr(b'-', &line[..at]).is_some())
}
