//! The language of a text, where the input does not give it, and one form for the codes that inputs give.
//!
//! Detection (`whatlang`) looks at a piece from the middle: it costs about as much as preparing a short article, and the
//! first and last lines of scraped pages are often in the language of the site. *Not known* is an answer: of a few words,
//! or where two languages are about as likely, nothing is said.

use std::borrow::Cow;

use whatlang::Lang;

/// Bytes that are looked at: some 200 words, on which the answer hardly changes any more.
const SAMPLE: usize = 1200;

/// Letters below which nothing is said.
const FEW: usize = 20;

/// The two-letter code (ISO 639-1) of the language of a text.
#[must_use]
pub fn detect(text: &str) -> Option<&'static str> {
    let sample = middle(text);
    if sample.chars().filter(|c| c.is_alphabetic()).take(FEW).count() < FEW {
        return None;
    }
    whatlang::detect(sample).filter(whatlang::Info::is_reliable).map(|found| short(found.lang()))
}

/// A piece from the middle of a text, of whole words where it has blanks.
fn middle(text: &str) -> &str {
    let text = text.trim();
    if text.len() <= SAMPLE {
        return text;
    }
    let start = text.floor_char_boundary((text.len() - SAMPLE) / 2);
    let piece = &text[start..text.floor_char_boundary(start + SAMPLE)];
    let inner = |piece: &str| {
        let (first, last) = (piece.find(char::is_whitespace)?, piece.rfind(char::is_whitespace)?);
        Some(first..last)
    };
    // A word without an end is the whole piece.
    inner(piece).and_then(|range| piece.get(range)).filter(|inner| 2 * inner.len() > piece.len()).unwrap_or(piece)
}

/// A code as given in one form: `en` for `EN`, `eng` and `English`, `pt-BR` for `pt_br`. What is not understood stays as
/// it is.
#[must_use]
pub fn normalized(given: &str) -> Cow<'_, str> {
    // Nearly all are of this form already.
    if CODES.binary_search_by_key(&given, |(short, _)| short).is_ok() {
        return Cow::Borrowed(given);
    }
    let trimmed = given.trim();
    let mut parts = trimmed.split(['-', '_']);
    let first = parts.next().unwrap_or_default();
    let Some(code) = known(first).or_else(|| known(trimmed)) else { return Cow::Borrowed(given) };
    let region: String = parts.filter(|part| !part.is_empty()).map(|part| format!("-{}", subtag(part))).collect();
    let whole = if first.len() == trimmed.len() { code.to_owned() } else { code.to_owned() + &region };
    if whole == given { Cow::Borrowed(given) } else { Cow::Owned(whole) }
}

/// The part of a code that names the language: `en` of `en-US`.
#[must_use]
pub fn primary(code: &str) -> &str {
    code.split(['-', '_']).next().unwrap_or(code)
}

/// Regions are written in capitals, scripts with one.
fn subtag(part: &str) -> String {
    let (head, tail) = part.split_at(part.ceil_char_boundary(1));
    match part.len() {
        2 => part.to_ascii_uppercase(),
        4 => head.to_ascii_uppercase() + &tail.to_ascii_lowercase(),
        _ => part.to_ascii_lowercase(),
    }
}

/// The code in use for a language given by a code or by its name, in English or its own.
fn known(word: &str) -> Option<&'static str> {
    let is = |other: &str| other.eq_ignore_ascii_case(word);
    let by_code = CODES.iter().find(|(short, long)| is(short) || long.split(' ').any(is)).map(|(short, _)| *short);
    by_code.or_else(|| {
        let word = word.to_lowercase();
        let by_name = |lang: &&Lang| lang.eng_name().to_lowercase() == word || lang.name().to_lowercase() == word;
        Lang::all().iter().find(by_name).map(|lang| short(*lang))
    })
}

fn short(lang: Lang) -> &'static str {
    let long = lang.code();
    CODES.iter().find(|(_, codes)| codes.split(' ').any(|code| code == long)).map_or(long, |(short, _)| *short)
}

/// Codes of two letters, with those of three for the same language (ISO 639-2 and 639-3, one or several).
const CODES: [(&str, &str); 88] = [
    ("af", "afr"),
    ("ak", "aka"),
    ("am", "amh"),
    ("ar", "ara"),
    ("az", "aze"),
    ("be", "bel"),
    ("bg", "bul"),
    ("bn", "ben"),
    ("bs", "bos"),
    ("ca", "cat"),
    ("cs", "ces cze"),
    ("cy", "cym wel"),
    ("da", "dan"),
    ("de", "deu ger"),
    ("el", "ell gre"),
    ("en", "eng"),
    ("eo", "epo"),
    ("es", "spa"),
    ("et", "est"),
    ("eu", "eus baq"),
    ("fa", "pes fas per"),
    ("fi", "fin"),
    ("fr", "fra fre"),
    ("ga", "gle"),
    ("gl", "glg"),
    ("gu", "guj"),
    ("he", "heb"),
    ("hi", "hin"),
    ("hr", "hrv"),
    ("hu", "hun"),
    ("hy", "hye arm"),
    ("id", "ind"),
    ("is", "isl ice"),
    ("it", "ita"),
    ("ja", "jpn"),
    ("jv", "jav"),
    ("ka", "kat geo"),
    ("kk", "kaz"),
    ("km", "khm"),
    ("kn", "kan"),
    ("ko", "kor"),
    ("ku", "kur"),
    ("ky", "kir"),
    ("la", "lat"),
    ("lb", "ltz"),
    ("lo", "lao"),
    ("lt", "lit"),
    ("lv", "lav"),
    ("mk", "mkd mac"),
    ("ml", "mal"),
    ("mn", "mon"),
    ("mr", "mar"),
    ("ms", "msa may"),
    ("mt", "mlt"),
    ("my", "mya bur"),
    ("nb", "nob"),
    ("ne", "nep"),
    ("nl", "nld dut"),
    ("nn", "nno"),
    ("no", "nor"),
    ("or", "ori"),
    ("pa", "pan"),
    ("pl", "pol"),
    ("ps", "pus"),
    ("pt", "por"),
    ("ro", "ron rum"),
    ("ru", "rus"),
    ("si", "sin"),
    ("sk", "slk slo"),
    ("sl", "slv"),
    ("sn", "sna"),
    ("sq", "sqi alb"),
    ("sr", "srp"),
    ("sv", "swe"),
    ("sw", "swa"),
    ("ta", "tam"),
    ("te", "tel"),
    ("th", "tha"),
    ("tk", "tuk"),
    ("tl", "tgl"),
    ("tr", "tur"),
    ("uk", "ukr"),
    ("ur", "urd"),
    ("uz", "uzb"),
    ("vi", "vie"),
    ("yi", "yid"),
    ("zh", "zho chi cmn"),
    ("zu", "zul"),
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn languages_of_news() {
        for (text, expected) in [
            ("The harbour council voted late on Tuesday to close the northern pier after divers found cracks.", "en"),
            (
                "Der Hafenrat beschloss am Dienstagabend, die nördliche Mole nach dem Fund von Rissen zu schließen.",
                "de",
            ),
            ("Le conseil du port a décidé mardi soir de fermer la jetée nord après la découverte de fissures.", "fr"),
            ("Совет порта решил во вторник вечером закрыть северный причал после того, как нашли трещины.", "ru"),
            ("Рада порту вирішила у вівторок увечері закрити північний причал після того, як знайшли тріщини.", "uk"),
            ("Նավահանգստի խորհուրդը երեքշաբթի երեկոյան որոշեց փակել հյուսիսային նավամատույցը։", "hy"),
            ("ნავსადგურის საბჭომ სამშაბათს საღამოს გადაწყვიტა ჩრდილოეთის ნავმისადგომის დახურვა.", "ka"),
            (
                "وقال المهندسون الذين تم استدعاؤهم يوم الأحد إن الخرسانة قد ضعفت بسبب سنوات من الملح وإن الرافعة التي كانت على \
                 الرصيف لا ينبغي أن تستخدم مرة أخرى، كما أعلن المجلس أنه سيتم نقل جميع السفن إلى الميناء الصغير",
                "ar",
            ),
        ] {
            assert_eq!(detect(text), Some(expected), "{text}");
            assert_eq!(detect(&text.repeat(100)), Some(expected), "{text}");
        }
    }

    #[test]
    fn nothing_is_said_of_little() {
        for text in ["", "Pier closed", "1234567890 1234567890 1234567890", "— — — … … … !!! ??? *** +++ === ---"]
        {
            assert_eq!(detect(text), None, "{text}");
        }
    }

    #[test]
    fn codes_and_names_have_one_form() {
        for (given, expected) in [
            ("en", "en"),
            (" EN ", "en"),
            ("eng", "en"),
            ("English", "en"),
            ("german", "de"),
            ("Deutsch", "de"),
            ("ger", "de"),
            ("en-US", "en-US"),
            ("pt_br", "pt-BR"),
            ("ZH-hant-tw", "zh-Hant-TW"),
            ("русский", "ru"),
            ("Русский", "ru"),
            ("iw?", "iw?"),
            ("", ""),
            ("xx", "xx"),
            ("Klingon", "Klingon"),
            ("en-", "en"),
            ("-", "-"),
        ] {
            assert_eq!(normalized(given), expected, "{given}");
        }
        assert_eq!((primary("en-US"), primary("en")), ("en", "en"));
    }

    #[test]
    fn every_language_that_is_detected_has_its_code() {
        assert!(CODES.is_sorted_by_key(|(short, _)| *short));
        for &lang in Lang::all() {
            assert_eq!(normalized(lang.code()), short(lang));
            assert_eq!(short(lang).len(), 2, "{lang}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_looked_at(text in "(\\PC|[ \n]|[а-я]|[一-龥]){0,900}", times in 1..9usize) {
            let found = detect(&text.repeat(times));
            prop_assert!(found.is_none_or(|code| code.len() == 2));
            let once = normalized(&text).into_owned();
            prop_assert_eq!(normalized(&once), once.as_str());
        }
    }
}
