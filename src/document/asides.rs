//! What of one text is not its story: lines and parts of lines that are the page's, and those that say who wrote it.
//!
//! All is decided on lines, by their structure first (a ruler, a dateline, a caption signed by its agency, a run of
//! headlines behind the story) and by phrases second, because a regular expression over whole texts would cost more than
//! all the rest of preparing. Long lines, which are paragraphs, are looked at only where they begin or end the text.

use std::ops::Range;

use super::credit::{self, Credit};
use super::cues::{self, Plain, Says};
use super::dateline;

/// Whether a place is the page's or says who wrote the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text that is the page's and not the story's.
    Boilerplate,
    /// Where the text comes from.
    Credit,
}

impl Kind {
    /// As written in the table `spans`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Boilerplate => "boilerplate",
            Self::Credit => "credit",
        }
    }
}

macro_rules! asides {
    ($($(#[$doc:meta])* $variant:ident $name:literal $kind:ident,)*) => {
        /// Why a place is set aside.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Aside { $($(#[$doc])* $variant,)* }

        impl Aside {
            /// The reason, as written in the table `spans`.
            #[must_use]
            pub fn reason(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Its kind.
            #[must_use]
            pub fn kind(self) -> Kind {
                match self { $(Self::$variant => Kind::$kind,)* }
            }

            /// The one of that reason.
            pub(super) fn named(reason: &str) -> Option<Self> {
                match reason { $($name => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

asides! {
    /// It recurs on pages of one outlet that differ in the rest.
    Recurs "recurs-in-outlet" Boilerplate,
    /// It is a gallery of pictures: captions with a counter, `3 of 14`.
    Gallery "gallery" Boilerplate,
    /// A line of strokes or stars.
    Ruler "ruler" Boilerplate,
    /// Buttons and accounts of social networks.
    Share "share" Boilerplate,
    /// An invitation to subscribe.
    Newsletter "newsletter" Boilerplate,
    /// A link to something else.
    ReadMore "read-more" Boilerplate,
    /// A caption, or whose picture it is.
    Caption "caption" Boilerplate,
    /// Something is to be bought or given.
    Promotion "promotion" Boilerplate,
    /// The mark of an advertisement.
    Advertisement "advertisement" Boilerplate,
    /// Headlines of other articles, and what announces them.
    Teasers "teasers" Boilerplate,
    /// Rights, terms and disclaimers.
    Legal "legal" Boilerplate,
    /// About comments of readers.
    Comments "comments" Boilerplate,
    /// An application to download.
    App "app" Boilerplate,
    /// Controls of a player.
    MediaPlayer "media-player" Boilerplate,
    /// Keywords.
    Tags "tags" Boilerplate,
    /// How to reach the editors.
    Contact "contact" Boilerplate,
    /// When it was published.
    Timestamp "timestamp" Boilerplate,
    /// Place, date and agency before the first sentence.
    Dateline "dateline" Credit,
    /// Who wrote it.
    Byline "byline" Credit,
    /// The agency or paper it is from.
    Agency "agency" Credit,
    /// Who else worked on it.
    Contributors "contributors" Credit,
    /// Who its author is.
    Biography "biography" Credit,
}

/// A place that was found: bytes of the text, without blanks around them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) range: Range<usize>,
    pub(super) aside: Aside,
}

/// The credit of a text.
#[must_use]
pub fn credit(text: &str) -> Credit {
    let mut finder = Finder::default();
    Credit::of(text, finder.find(text))
}

/// Lines from the begin in which bylines and datelines stand and that are an edge to cues; to the end, in which a phrase
/// may stand anywhere.
const FIRST: usize = 5;
/// Lines to the end that are an edge to cues.
const LAST: usize = 12;
/// Bytes of a line that can be no paragraph of the story, if a phrase says so.
const SHORT: usize = 300;
/// Bytes of a caption.
const CAPTION: usize = 700;

/// Finds what is to be set aside, keeping its buffers.
#[derive(Debug, Default)]
pub(super) struct Finder {
    lines: Vec<Range<usize>>,
    /// What each line is, where all of it is set aside.
    whole: Vec<Option<Aside>>,
    /// What the last sentence of each line is, where that alone is set aside.
    last: Vec<Option<Aside>>,
    found: Vec<Found>,
    plain: Plain,
}

impl Finder {
    /// The places, in order, none overlapping another.
    pub(super) fn find(&mut self, text: &str) -> &[Found] {
        self.found.clear();
        self.lines.clear();
        let ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
        let mut start = 0;
        for end in ends {
            let line = text[start..end].trim_start();
            let from = end - line.len();
            let line = line.trim_end();
            if !line.is_empty() {
                self.lines.push(from..from + line.len());
            }
            start = end + 1;
        }
        self.whole.clear();
        self.last.clear();
        for number in 0..self.lines.len() {
            self.last.push(None);
            let whole = self.whole_line(text, number);
            self.whole.push(whole);
        }
        self.bylines_without_by(text);
        self.teasers(text);
        if self.whole.iter().all(Option::is_some) {
            // Of a page of pictures the captions are all it tells; a text of one line is told by that line.
            let is_told = |aside: Option<Aside>| aside == Some(Aside::Caption) || self.lines.len() == 1;
            self.whole.iter_mut().filter(|aside| is_told(**aside)).for_each(|aside| *aside = None);
        }
        self.collect(text);
        &self.found
    }

    fn is_outermost(&self, number: usize) -> bool {
        number < FIRST || number + FIRST >= self.lines.len()
    }

    fn is_edge(&self, number: usize) -> bool {
        number < FIRST || number + LAST >= self.lines.len()
    }

    /// What a line is, if all of it is set aside.
    fn whole_line(&mut self, text: &str, number: usize) -> Option<Aside> {
        let line = &text[self.lines[number].clone()];
        let edge = self.is_edge(number);
        if line.len() <= SHORT {
            if is_ruler(line) {
                return Some(Aside::Ruler);
            }
            match cues::begins(line, edge, &mut self.plain) {
                Some(Says::Is(aside)) => return Some(aside),
                Some(Says::List) => return Some(Aside::Teasers),
                Some(Says::Name(by)) if line.len() <= 160 && is_byline(line, by) => return Some(Aside::Byline),
                _ => {}
            }
            if line.len() <= 80 && self.is_outermost(number) && cues::is_time(line, &mut self.plain) {
                return Some(Aside::Timestamp);
            }
        }
        if line.len() <= CAPTION && !ends_in_mark(line) && is_caption(line) {
            return Some(Aside::Caption);
        }
        if edge && line.len() <= 60 && !ends_in_mark(line) && cues::agencies(line).is_some() {
            return Some(Aside::Agency);
        }
        if number + FIRST >= self.lines.len()
            && line.len() <= 200
            && number > 0
            && let Some(Says::Is(aside)) = cues::holds(line, &mut self.plain)
        {
            return Some(aside);
        }
        if line.len() <= CAPTION
            && (number < 2 || number + 4 >= self.lines.len())
            && self.lines.len() > 3
            && credit::is_biography(line, text)
        {
            return Some(Aside::Biography);
        }
        if line.len() > SHORT && !edge {
            return None;
        }
        match cues::ends(line, &mut self.plain) {
            Some(Says::Is(aside)) if line.len() <= SHORT => return Some(aside),
            Some(Says::EndsIn(aside)) => self.last[number] = Some(aside),
            _ => {}
        }
        None
    }

    /// A name line above the name of a paper in capitals.
    fn bylines_without_by(&mut self, text: &str) {
        for number in 0..self.lines.len().saturating_sub(2).min(2) {
            let (line, next) = (&text[self.lines[number].clone()], &text[self.lines[number + 1].clone()]);
            let signs = self.whole[number + 1] == Some(Aside::Agency) && next.len() < 40 || is_in_capitals(next);
            if self.whole[number].is_none() && signs && credit::is_name_line(line) && !is_in_capitals(line) {
                self.whole[number] = Some(Aside::Byline);
                self.whole[number + 1] = Some(Aside::Agency);
            }
        }
    }

    /// Headlines of other articles: behind a line that announces them, or at the end where all others end in a mark.
    fn teasers(&mut self, text: &str) {
        /// Headlines that one line announces.
        const ANNOUNCED: usize = 15;
        let mut announced = 0;
        for number in 0..self.lines.len() {
            if self.whole[number] == Some(Aside::Teasers) {
                announced = ANNOUNCED;
            } else if announced > 0 {
                let line = &text[self.lines[number].clone()];
                announced = if is_headline(line) { announced - 1 } else { 0 };
                if announced > 0 && self.whole[number].is_none() {
                    self.whole[number] = Some(Aside::Teasers);
                }
            }
        }
        self.trailing(text);
    }

    fn trailing(&mut self, text: &str) {
        /// Headlines that are a list and no accident, and no text of its own.
        const LIST: std::ops::RangeInclusive<usize> = 3..=30;
        let line = |number: usize| &text[self.lines[number].clone()];
        let end = (0..self.lines.len()).rev().find(|&number| self.whole[number].is_none()).map_or(0, |last| last + 1);
        let is_one =
            |number: usize| self.whole[number].is_some() || is_headline(line(number)) && is_title(line(number));
        let start = (0..end).rev().take_while(|&number| is_one(number)).last().unwrap_or(end);
        let story = |number: &usize| self.whole[*number].is_none();
        if !LIST.contains(&(start..end).filter(story).count()) || start < 4 {
            return;
        }
        // In a text of lists and headings this says nothing.
        let paragraphs =
            (0..start).filter(story).filter(|&number| line(number).len() > 120 && !is_headline(line(number))).count();
        if paragraphs < 3 || 3 * paragraphs < 2 * (0..start).filter(story).count() {
            return;
        }
        let body = &text[..self.lines[start].start];
        if (start..end).filter(story).any(|number| shares_a_name(line(number), body)) {
            return;
        }
        (start..end).for_each(|number| self.whole[number] = self.whole[number].or(Some(Aside::Teasers)));
    }

    /// Puts whole lines and parts of lines in order.
    fn collect(&mut self, text: &str) {
        let mut dateline_may_come = true;
        for number in 0..self.lines.len() {
            let range = self.lines[number].clone();
            if let Some(aside) = self.whole[number] {
                self.found.push(Found { range, aside });
                continue;
            }
            let line = &text[range.clone()];
            let mut rest = range.clone();
            if number < FIRST
                && dateline_may_come
                && let Some(dateline) = dateline::find(line)
            {
                dateline_may_come = false;
                let len = line[..dateline.len].trim_end().len();
                self.found.push(Found { range: range.start..range.start + len, aside: Aside::Dateline });
                rest.start += len;
            }
            if number + LAST >= self.lines.len()
                && let Some((at, aside)) = self.tail(&text[rest.clone()], number)
            {
                self.found.push(Found { range: rest.start + at..rest.end, aside });
            }
        }
    }

    /// What a paragraph ends in besides its story, and from which byte on.
    fn tail(&mut self, line: &str, number: usize) -> Option<(usize, Aside)> {
        if let Some(aside) = self.last[number] {
            let at = last_sentence(line);
            return (line.len() - at <= CAPTION).then_some((at, aside));
        }
        let open = if line.ends_with(')') { line.rfind('(')? } else { return None };
        let inside = &line[open + 1..line.len() - 1];
        let says = cues::begins(&line[open..], true, &mut self.plain);
        if let Some(Says::Is(aside @ (Aside::Contributors | Aside::Agency))) = says {
            return Some((open, aside));
        }
        let sentence_ends = line[..open].trim_end().ends_with(['.', '!', '?', '"', '”', '»']);
        (inside.len() <= 40 && sentence_ends && cues::agency(inside).is_some()).then_some((open, Aside::Agency))
    }
}

/// A caption is signed: `… REUTERS/Ida Kray`, `… (Ida Kray/NPA)`.
fn is_caption(line: &str) -> bool {
    const STOPS: [char; 6] = ['.', '’', '"', '”', ']', ')'];
    let tail = &line[line.ceil_char_boundary(line.len().saturating_sub(90))..];
    if let Some(open) = tail.rfind('(').filter(|_| tail.ends_with(')')) {
        return is_picture_credit(&tail[open + 1..tail.len() - 1]);
    }
    // `… on Pier 4. Photo: Ida Kray for the Post`
    if ["Photo: ", "Photos: ", "Photographer: ", "Foto: ", "Фото: "].into_iter().any(|mark| tail.contains(mark)) {
        return true;
    }
    let behind = |stop: usize| tail[stop..].trim_start_matches(STOPS).trim();
    is_signature(tail) || tail.rfind(STOPS).is_some_and(|stop| is_signature(behind(stop)))
}

/// Strokes, stars and points, and no letter.
fn is_ruler(line: &str) -> bool {
    line.len() <= 120
        && !line.contains(char::is_alphanumeric)
        && line.chars().any(|c| {
            matches!(c, '_' | '*' | '-' | '—' | '–' | '=' | '~' | '•' | '·' | '#' | '■' | '─' | '…' | '.' | '+')
        })
}

/// Whether names follow behind "by", which is so many bytes long in the plain form of the line.
fn is_byline(line: &str, by: usize) -> bool {
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    line.get(by..).is_some_and(|names| credit::are_names(names.trim_start_matches([' ', ':', '\u{a0}'])))
}

/// Whose picture it is, in brackets: `Ida Kray/NPA`, `AP Photo`, `Getty Images`.
fn is_picture_credit(inside: &str) -> bool {
    const SIGNS: [&str; 12] = [
        "photo",
        "getty",
        "image",
        "foto",
        "file",
        "screenshot",
        "shutterstock",
        "фото",
        "pixabay",
        "istock",
        "flickr",
        "wikimedia",
    ];
    if inside.len() > 80 || inside.ends_with('.') {
        return false;
    }
    let lower = inside.to_lowercase();
    let signed = inside.rsplit_once('/').or_else(|| inside.rsplit_once(" via "));
    SIGNS.iter().any(|sign| lower.contains(sign))
        || signed.is_some_and(|(name, of)| {
            let agency = cues::agency(of).or_else(|| cues::agency(name));
            agency.is_some() && (credit::is_name_line(name.trim()) || credit::is_name_line(of.trim()))
                || credit::is_name_line(name.trim()) && name.trim().contains(' ') && starts_upper(of)
        })
}

fn starts_upper(text: &str) -> bool {
    text.trim_start().starts_with(char::is_uppercase)
}

/// `REUTERS/Ida Kray`, `Ida Kray/AP`, `AFP/Getty Images`.
fn is_signature(text: &str) -> bool {
    let text = text.rsplit(": ").next().unwrap_or(text);
    let Some((before, after)) = text.rsplit_once('/') else { return false };
    let words = |text: &str| text.split_whitespace().count();
    let agency_of =
        |part: &str| part.split_whitespace().last().is_some_and(|word| word.len() > 1 && cues::agency(word).is_some());
    (before.ends_with("REUTERS") || agency_of(before)) && words(after) <= 4 && credit::is_name_line_or_word(after)
        || cues::agency(after).is_some() && words(before) <= 5 && credit::is_name_line(before.trim())
}

/// One to four words, all in capitals.
fn is_in_capitals(line: &str) -> bool {
    line.len() <= 30
        && line.split_whitespace().count() <= 3
        && line.chars().filter(|c| c.is_uppercase()).count() >= 4
        && line.chars().all(|c| c.is_uppercase() || c == ' ' || c == '&')
}

/// Whether a line ends as paragraphs do, and neither headlines nor captions.
fn ends_in_mark(line: &str) -> bool {
    line.ends_with(['.', '!', ':', ';', ',', '。', '"', '”', '…', '»'])
}

/// Without a mark that ends a sentence, and not too long.
fn is_headline(line: &str) -> bool {
    (!ends_in_mark(line) || line.ends_with("...")) && line.len() <= SHORT && line.split_whitespace().count() <= 30
}

/// Words, and enough of them, as in a headline; nothing of a table or list.
fn is_title(line: &str) -> bool {
    let words = line.split_whitespace().count();
    (5..=25).contains(&words)
        && line.starts_with(|c: char| c.is_uppercase() || matches!(c, '‘' | '\'' | '“' | '"' | '$'))
        && 8 * line.bytes().filter(u8::is_ascii_digit).count() < line.len()
        && !line.contains(['@', '='])
}

/// Whether a capitalised word of a headline, of four letters or more and not its first, stands in the story.
fn shares_a_name(headline: &str, story: &str) -> bool {
    let mark = |c: char| !c.is_alphanumeric();
    let names = headline.split_whitespace().skip(1).map(|word| word.trim_matches(mark));
    let names = names
        .filter(|word| starts_upper(word) && word.chars().count() >= 4)
        .map(|word| word.trim_end_matches("’s").trim_end_matches("'s"));
    names.into_iter().any(|name| memchr::memmem::find(story.as_bytes(), name.as_bytes()).is_some())
}

/// Where the last sentence of a line begins, as far as marks and capitals tell.
fn last_sentence(line: &str) -> usize {
    let ends = line.char_indices().rev().skip(1).filter(|(_, c)| matches!(c, '.' | '!' | '?' | '"' | '”'));
    for (at, c) in ends {
        let rest = &line[at + c.len_utf8()..];
        let before = line[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        let next = rest.trim_start();
        let begins = rest.len() > next.len() && next.starts_with(|c: char| c.is_uppercase() || c == '—' || c == '-');
        if begins && (before.chars().count() > 3 || c != '.') {
            return line.len() - next.len();
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Reason and text of each place.
    fn asides(text: &str) -> Vec<(&'static str, &str)> {
        let mut finder = Finder::default();
        finder.find(text).iter().map(|found| (found.aside.reason(), &text[found.range.clone()])).collect()
    }

    /// Five paragraphs with `line` before and `last` behind them.
    fn page(line: &str, last: &str) -> String {
        let story = "The council of Dorvale met on Monday to talk about the bridge that the flood of last week had broken, \
            and found no money for a new one.\n";
        format!("{line}\n{}{last}", story.repeat(5))
    }

    #[test]
    fn lines_of_pages() {
        for (line, reason) in [
            ("____ ____", "ruler"),
            ("* * *", "ruler"),
            ("Share this article", "share"),
            ("Подписывайтесь на наш канал", "share"),
            ("Sign up for our newsletter and have the news before breakfast.", "newsletter"),
            ("Read more: Ten walks along the coast", "read-more"),
            ("( Also on Ansel Post: Ten walks)", "read-more"),
            ("Lea también: Diez paseos", "read-more"),
            ("Читайте также: Десять прогулок", "read-more"),
            ("FILE PHOTO: The bridge in May.", "caption"),
            ("The bridge in May. REUTERS/Ida Kray", "caption"),
            ("The bridge of Dorvale in May. (Ida Kray/AP)", "caption"),
            ("The bridge of Dorvale in May | Ida Kray/Getty Images", "caption"),
            ("Foto: Ida Kray", "caption"),
            ("ADVERTISEMENT", "advertisement"),
            ("Publicidade", "advertisement"),
            ("© 2026 Dorvale Post", "legal"),
            ("The Dorvale Post. All rights reserved.", "legal"),
            ("Comments", "comments"),
            ("Download our app", "app"),
            ("Tags: bridge, flood", "tags"),
            ("Send tips to tips@post.example.", "contact"),
            ("Updated 5:30 p.m. ET", "timestamp"),
            ("15 ноября 2026, 18:30", "timestamp"),
            ("You should check here to buy the best price guaranteed products.", "promotion"),
            ("Associated Press writers Ida Kray in Pelm and Jon Holt contributed to this report.", "contributors"),
            ("Reporting by Ida Kray; Editing by Jon Holt", "contributors"),
            ("Source: agencies", "agency"),
            ("Reuters", "agency"),
            ("Quelle: dpa", "agency"),
            ("By Ida Kray and Jon Holt, Associated Press", "byline"),
            ("Von Ida Kray", "byline"),
            ("Ida Kray is a reporter at the Dorvale Post.", "biography"),
        ] {
            assert_eq!(asides(&page("Bridge stays closed.", line)), [(reason, line)], "{line}");
        }
    }

    #[test]
    fn parts_of_lines() {
        assert_eq!(asides("DORVALE (AP) - The bridge is closed.\nNobody was hurt."), [("dateline", "DORVALE (AP) -")]);
        let text = page("DORVALE — Snow.", "“It is late,” said Kray. (Reporting by Jon Holt; Editing by Ida Kray)");
        let expected = [("dateline", "DORVALE —"), ("contributors", "(Reporting by Jon Holt; Editing by Ida Kray)")];
        assert_eq!(asides(&text), expected);
        let text = page("Regen.", "Niemand wurde verletzt. (dpa)");
        assert_eq!(asides(&text), [("agency", "(dpa)")]);
        let text = page("Rain.", "Nobody was hurt. The Associated Press contributed to this report.");
        assert_eq!(asides(&text), [("contributors", "The Associated Press contributed to this report.")]);
    }

    #[test]
    fn headlines_behind_the_story() {
        let list = "Singer leaves the old drummer\nThe five fruits that doctors do not eat\nPrice of gold in the markets today";
        let announced = page("Rain.", &format!("Last News\n{list}"));
        assert!(asides(&announced).iter().all(|(reason, _)| *reason == "teasers"));
        assert_eq!(asides(&announced).len(), 4);
        assert_eq!(asides(&page("Rain.", list)).len(), 3);
        // A list that names what the story names is part of it.
        let own = list.replace("gold", "Dorvale");
        assert_eq!(asides(&page("Rain.", &own)), []);
    }

    #[test]
    fn stories_are_left_alone() {
        for line in [
            "This story has been updated.",
            "Also on Monday, the mayor left for Pelm.",
            "Follow-up talks were held in Pelm.",
            "The source said nothing.",
            "Источник в полиции сообщил о пожаре.",
            "“It is over,” she told the AP.",
            "She moved to Pelm, a reporter at the Post said.",
            "By Wednesday night the water had fallen.",
            "Copyright law was not made for this, Kray said.",
            "Von Pelm war nichts zu hören.",
        ] {
            assert_eq!(asides(&page("Rain.", line)), [], "{line}");
        }
        assert_eq!(asides("VIDEO: Ida Kray opens the bridge"), [], "all there is");
        assert_eq!(asides("Photo: Ida Kray/AP\nFoto: Jon Holt"), [], "captions, and nothing else");
    }

    #[test]
    fn credit_is_read_from_its_lines() {
        let text = page(
            "By Jon Holt\nPORT ANSEL, May 3 (NPA) —  Rain fell.",
            "NPA writer Ida Kray in Pelm City contributed to this report.",
        );
        let credit = credit(&text);
        assert_eq!((credit.agency.as_deref(), credit.place.as_deref()), (Some("NPA"), Some("PORT ANSEL")));
        assert_eq!(credit.names, ["Jon Holt", "Ida Kray"]);
        assert_eq!(super::credit("Rain fell. Nobody was hurt.").origin(), super::super::Origin::default());
    }

    proptest! {
        #[test]
        fn places_are_in_order_and_whole_characters(
            text in "(By Ida Kray|Photo: |DORVALE \\(AP\\) - |Last News|\\(dpa\\)|[A-ZÄя。日 .,()/:—-]{0,20}|\n){0,40}",
        ) {
            let mut finder = Finder::default();
            let mut last = 0;
            for found in finder.find(&text) {
                prop_assert!(found.range.start >= last && found.range.end > found.range.start);
                prop_assert!(text.get(found.range.clone()).is_some());
                last = found.range.end;
            }
        }
    }
}
