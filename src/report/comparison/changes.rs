//! The words in which two linked sentences differ, put in brackets.

use crate::compare::text::{Sentence, Text};

/// Share of the words that must be the same in the same order on both sides: with fewer, brackets are everywhere and
/// nobody reads them.
const READABLE: f64 = 0.5;
/// Most pairs of words that are looked at: about two paragraphs.
const MOST: usize = 250_000;

/// The sentences of a link, on each side, with brackets around the words that differ; none where that is most of them.
pub(super) fn marked(texts: &[Text; 2], numbers: [&[usize]; 2]) -> Option<[Vec<String>; 2]> {
    let side = |side: usize| -> Vec<&Sentence> {
        numbers[side].iter().filter_map(|&number| texts[side].sentences.get(number)).collect()
    };
    let (a, b) = (side(0), side(1));
    let (words_a, words_b) = (words(&a), words(&b));
    if words_a.len().saturating_mul(words_b.len()) > MOST {
        return None;
    }
    let (kept_a, kept_b) = kept(&words_a, &words_b);
    let same = kept_a.iter().filter(|&&kept| kept).count() as f64;
    if same < READABLE * words_a.len().max(words_b.len()) as f64 {
        return None;
    }
    Some([bracketed(&texts[0], &a, &kept_a), bracketed(&texts[1], &b, &kept_b)])
}

fn words<'a>(sentences: &[&'a Sentence]) -> Vec<&'a str> {
    sentences.iter().flat_map(|sentence| &sentence.tokens).map(|token| &*token.form).collect()
}

/// Which words of each side are in the longest sequence that both have.
fn kept(a: &[&str], b: &[&str]) -> (Vec<bool>, Vec<bool>) {
    let columns = b.len() + 1;
    // Longest common sequence of the words from i and from j on.
    let mut longest = vec![0_u32; (a.len() + 1) * columns];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            let at = i * columns + j;
            longest[at] =
                if a[i] == b[j] { longest[at + columns + 1] + 1 } else { longest[at + columns].max(longest[at + 1]) };
        }
    }
    let (mut kept_a, mut kept_b) = (vec![false; a.len()], vec![false; b.len()]);
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        let at = i * columns + j;
        if a[i] == b[j] {
            (kept_a[i], kept_b[j]) = (true, true);
            (i, j) = (i + 1, j + 1);
        } else if longest[at + columns] >= longest[at + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    (kept_a, kept_b)
}

fn bracketed(text: &Text, sentences: &[&Sentence], kept: &[bool]) -> Vec<String> {
    let mut kept = kept.iter();
    let sentence = |sentence: &&Sentence| {
        let read = text.of(sentence);
        let mut out = String::with_capacity(read.len() + 8);
        let mut is_open = false;
        let mut last = 0;
        for (token, &is_kept) in sentence.tokens.iter().zip(kept.by_ref()) {
            if is_open && is_kept {
                out.push(']');
            }
            out.push_str(&read[last..token.range.start]);
            if !is_open && !is_kept {
                out.push('[');
            }
            out.push_str(&read[token.range.clone()]);
            is_open = !is_kept;
            last = token.range.end;
        }
        if is_open {
            out.push(']');
        }
        out.push_str(&read[last..]);
        out
    };
    sentences.iter().map(sentence).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::text::Reader;

    fn marked_pair(a: &str, b: &str) -> Option<[Vec<String>; 2]> {
        let mut reader = Reader::default();
        let texts = [reader.text(a, None), reader.text(b, None)];
        let all: [Vec<usize>; 2] = [0, 1].map(|side: usize| (0..texts[side].sentences.len()).collect());
        marked(&texts, [&all[0], &all[1]])
    }

    #[test]
    fn what_differs_is_in_brackets() {
        let marked = marked_pair(
            "The ferry to Port Ansel left at nine, said Ida Kray.",
            "The old ferry to Port Ansel left at ten past nine, Ida Kray said.",
        );
        let [a, b] = marked.expect("most words are the same");
        assert_eq!(a, ["The ferry to Port Ansel left at nine, [said] Ida Kray."]);
        assert_eq!(b, ["The [old] ferry to Port Ansel left at [ten past] nine, Ida Kray [said]."]);
    }

    #[test]
    fn what_differs_throughout_has_none() {
        assert_eq!(marked_pair("The ferry was late on Monday.", "On Tuesday nobody came to Dorvale by bus."), None);
        let long = "word ".repeat(600);
        assert_eq!(marked_pair(&long, &long), None);
    }
}
