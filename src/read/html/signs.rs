//! Words that tell what a part of a page is for: in the names of its elements, and in what it says itself, in several languages.
//!
//! No sign decides anything: each is one feature of the blocks in or after it, and the model weighs them.

use std::collections::HashMap;

/// What the names of elements tell, one bit each: parts of a name long enough to be safe anywhere, then whole words.
pub(super) const NAMES: [(&[&str], &[&str]); 21] = [
    // navigation
    (
        &["navig", "menu", "breadcrumb", "pagination", "pager", "topbar", "toolbar", "skiplink", "sitemap"],
        &["nav", "navbar", "crumb", "crumbs", "toc", "paging", "skip", "tabs"],
    ),
    // head of the page
    (&["header", "masthead", "banner", "branding"], &["logo", "brand", "top"]),
    // foot of the page
    (
        &["footer", "contentinfo", "copyright", "colophon", "imprint", "impressum", "disclaimer"],
        &["foot", "legal", "bottom", "rights"],
    ),
    // beside the text
    (
        &["sidebar", "complementary", "widget", "rightcol", "leftcol", "rightrail"],
        &["aside", "side", "rail", "secondary", "right", "left", "gadget"],
    ),
    // other stories
    (
        &[
            "related",
            "recommend",
            "recirc",
            "readmore",
            "read-more",
            "morefrom",
            "more-from",
            "outbrain",
            "taboola",
            "similar",
            "popular",
            "trending",
            "most-read",
            "mostread",
            "latest",
            "suggest",
            "further",
            "crosslink",
            "seealso",
            "see-also",
            "ähnlich",
            "verwandt",
        ],
        &["more", "also", "next", "prev", "previous", "rel", "recent", "relacionadas", "mehr"],
    ),
    // lists of teasers
    (
        &["teaser", "carousel", "slider", "listing", "stream", "archive"],
        &[
            "card", "cards", "tile", "tiles", "grid", "feed", "list", "item", "items", "promo", "slick", "swiper",
            "river",
        ],
    ),
    // comments of readers
    (
        &["comment", "disqus", "kommentar", "respond", "discussion", "reply", "replies", "trackback", "pingback"],
        &["forum", "fb", "reviews"],
    ),
    // sharing
    (
        &["share", "social", "facebook", "twitter", "whatsapp", "follow", "addtoany", "addthis", "bookmark"],
        &["sns", "like", "likes", "icons", "print", "email"],
    ),
    // advertising
    (
        &[
            "advert",
            "sponsor",
            "adsense",
            "dfp",
            "banner-ad",
            "promotion",
            "affiliate",
            "anzeige",
            "werbung",
            "publicidad",
        ],
        &["ad", "ads", "adv", "advt", "adbox", "promo", "promobox", "cta", "offer", "deal", "buy", "shop", "product"],
    ),
    // letters and accounts
    (
        &[
            "newsletter",
            "subscri",
            "signup",
            "sign-up",
            "mailchimp",
            "login",
            "register",
            "donat",
            "paywall",
            "optin",
            "membership",
        ],
        &["form", "abo", "signin", "account", "cart", "contact", "join"],
    ),
    // author
    (
        &["author", "byline", "autor", "writer", "contributor", "profile", "avatar"],
        &["bio", "vcard", "by", "about", "credits"],
    ),
    // facts about the story
    (
        &[
            "metadata",
            "postmeta",
            "entry-meta",
            "dateline",
            "published",
            "timestamp",
            "datepublished",
            "datemodified",
            "updated",
            "readtime",
            "reading-time",
        ],
        &["meta", "date", "time", "info", "posted", "datum"],
    ),
    // subjects
    (
        &["category", "categories", "keyword", "topics", "hashtag", "schlagw"],
        &["tag", "tags", "topic", "cat", "cats", "label", "labels", "etiquetas"],
    ),
    // pictures
    (
        &["caption", "figure", "gallery", "image", "photo", "picture", "lightbox", "thumb", "video", "player"],
        &["img", "media", "credit", "source", "foto", "bild", "legende"],
    ),
    // overlays
    (
        &[
            "cookie", "consent", "modal", "popup", "pop-up", "overlay", "lightbox", "dialog", "gdpr", "tooltip",
            "notice", "alert",
        ],
        &["toast", "hint", "drawer", "offcanvas", "search"],
    ),
    // consent and questions over the page
    (&["cookie", "consent", "gdpr", "onetrust"], &["dialog", "alertdialog", "cmp"]),
    // text
    (
        &[
            "articlebody",
            "article-body",
            "article_body",
            "articletext",
            "article-text",
            "articlecontent",
            "article-content",
            "article__body",
            "article__content",
            "story-body",
            "storybody",
            "story-content",
            "post-body",
            "postbody",
            "post-content",
            "postcontent",
            "post_content",
            "entry-content",
            "entrycontent",
            "blogpost",
            "richtext",
            "rich-text",
            "bodytext",
            "body-text",
            "wysiwyg",
            "fulltext",
            "page-content",
        ],
        &["prose", "story", "markdown", "rte"],
    ),
    // the article, or the middle of the page
    (
        &["article", "content", "inhalt", "contenido", "contenu"],
        &[
            "main", "post", "entry", "story", "body", "text", "texte", "texto", "blog", "hentry", "artikel", "news",
            "single", "beitrag",
        ],
    ),
    // questions, notes, boxes that belong to a text
    (
        &[
            "accordion",
            "question",
            "answer",
            "definition",
            "glossary",
            "footnote",
            "reference",
            "recipe",
            "ingredient",
            "blockquote",
        ],
        &["faq", "faqs", "code", "quote", "note", "step", "steps", "qa", "table"],
    ),
    // headlines and standfirsts
    (
        &["headline", "subtitle", "subhead", "standfirst", "tagline", "subheading"],
        &[
            "title", "heading", "lead", "lede", "intro", "dek", "summary", "excerpt", "kicker", "abstract", "chapo",
            "vorspann",
        ],
    ),
    // for screen readers only
    (
        &[
            "screen-reader",
            "visually-hidden",
            "visuallyhidden",
            "screenreader",
            "sr-only",
            "noprint",
            "no-print",
            "print-only",
        ],
        &["hidden", "hide", "invisible", "offscreen", "sr"],
    ),
];

/// What a short text tells of itself, one bit each. Lower case; parts of words where the end is left open.
pub(super) const SAYS: [&[&str]; 12] = [
    // other stories
    &[
        "read more",
        "read also",
        "also read",
        "related",
        "more from",
        "more on",
        "see also",
        "recommended",
        "you may",
        "you might",
        "most read",
        "most popular",
        "trending",
        "latest",
        "recent posts",
        "recent articles",
        "up next",
        "don't miss",
        "further reading",
        "keep reading",
        "continue reading",
        "more stories",
        "next article",
        "previous",
        "explore more",
        "mehr zum thema",
        "lesen sie auch",
        "auch interessant",
        "weiterlesen",
        "mehr lesen",
        "ähnliche",
        "weitere artikel",
        "neueste",
        "meistgelesen",
        "zum artikel",
        "das könnte",
        "lire aussi",
        "à lire",
        "en savoir plus",
        "sur le même",
        "articles liés",
        "lire la suite",
        "leer más",
        "lea también",
        "lee también",
        "te puede",
        "relacionad",
        "más leíd",
        "leggi anche",
        "leggi tutto",
        "correlati",
        "potrebbe interessarti",
        "leia mais",
        "leia também",
        "veja também",
        "czytaj",
        "zobacz też",
        "zobacz także",
        "lees ook",
        "lees meer",
        "читайте также",
        "по теме",
        "читать далее",
        "ещё по",
        "devamını",
        "ayrıca",
        "você pode",
        "também",
        "recomend",
        "vous aimerez",
        "aussi",
        "mais lidas",
        "últimas",
        "ultimi articoli",
        "derniers",
        "populär",
        "populaire",
        "popular",
        "andere",
        "что ещё",
        "похож",
        "популярн",
        "последние",
        "ilgili",
        "関連",
        "相关",
        "推荐",
        "おすすめ",
        "関連記事",
    ],
    // sharing
    &[
        "share this",
        "share on",
        "share:",
        "share",
        "tweet",
        "facebook",
        "twitter",
        "whatsapp",
        "linkedin",
        "instagram",
        "pinterest",
        "follow us",
        "copy link",
        "email this",
        "print this",
        "click to",
        "teilen",
        "drucken",
        "folgen sie",
        "partager",
        "suivez",
        "compartir",
        "compartilhar",
        "síguenos",
        "condividi",
        "seguici",
        "udostępnij",
        "delen",
        "поделиться",
        "подпис",
        "paylaş",
        "telegram",
    ],
    // letters and accounts
    &[
        "newsletter",
        "subscribe",
        "sign up",
        "sign in",
        "log in",
        "login",
        "register",
        "inbox",
        "email address",
        "your email",
        "join our",
        "join the",
        "free trial",
        "get started",
        "abonnieren",
        "anmelden",
        "registrieren",
        "e-mail-adresse",
        "abonnez",
        "inscri",
        "connexion",
        "suscrí",
        "suscrib",
        "iscriviti",
        "assine",
        "cadastr",
        "zapisz",
        "abonneer",
        "aanmelden",
        "войти",
        "регистрац",
        "abone ol",
    ],
    // rights and privacy
    &[
        "©",
        "copyright",
        "all rights reserved",
        "rights reserved",
        "terms of",
        "privacy",
        "cookie",
        "alle rechte",
        "datenschutz",
        "impressum",
        "agb",
        "tous droits",
        "mentions légales",
        "confidentialité",
        "todos los derechos",
        "privacidad",
        "tutti i diritti",
        "direitos reservados",
        "wszelkie prawa",
        "regulamin",
        "rechten voorbehouden",
        "все права",
        "disclaimer",
        "gdpr",
    ],
    // comments
    &[
        "comment",
        "leave a reply",
        "reply",
        "replies",
        "kommentar",
        "antworten",
        "commentaire",
        "répondre",
        "laisser un",
        "comentario",
        "responder",
        "comentários",
        "commenti",
        "rispondi",
        "komentarz",
        "odpowiedz",
        "reactie",
        "reageer",
        "комментар",
        "ответить",
        "yorum",
        "says:",
        "wrote:",
        "sagt:",
        "schreibt:",
        "a dit",
        "dice:",
        "pingback",
        "trackback",
        "leserbrief",
        "diskussion",
        "discussion",
        "コメント",
        "评论",
        "留言",
        "yorumlar",
    ],
    // pictures
    &[
        "photo",
        "image:",
        "image courtesy",
        "picture:",
        "getty",
        "shutterstock",
        "credit:",
        "source:",
        "file photo",
        "courtesy of",
        "foto",
        "bild:",
        "bildquelle",
        "quelle:",
        "dpa",
        "image source",
        "crédit",
        "fuente:",
        "imagen",
        "immagine",
        "fot.",
        "źródło",
        "bron:",
        "фото",
        "источник",
        "unsplash",
        "pixabay",
        "(ap",
        "reuters",
        "afp",
    ],
    // advertising
    &[
        "advertisement",
        "advertis",
        "sponsored",
        "promoted",
        "anzeige",
        "werbung",
        "publicité",
        "publicidad",
        "pubblicità",
        "publicidade",
        "reklama",
        "advertentie",
        "реклама",
        "reklam",
        "affiliate",
        "commission",
        "buy now",
        "shop now",
        "add to cart",
        "learn more",
        "book a demo",
        "contact us",
        "get a quote",
        "schedule a",
        "download",
        "discount",
        "coupon",
    ],
    // author
    &[
        "about the author",
        "written by",
        "posted by",
        "author",
        "by ",
        "von ",
        "autor",
        "über den",
        "über die autor",
        "par ",
        "por ",
        "publié par",
        "geschrieben von",
        "przez ",
        "door ",
        "автор",
        "is a writer",
        "is a freelance",
        "is an editor",
        "is the author",
        "reporter",
        "correspondent",
        "editor",
        "edited by",
        "fact checked",
        "reviewed by",
        "scritto da",
        "yazar",
    ],
    // dates
    &[
        "published",
        "updated",
        "posted on",
        "last modified",
        "min read",
        "minute read",
        "mins read",
        "minutes ago",
        "hours ago",
        "days ago",
        "veröffentlicht",
        "aktualisiert",
        "stand:",
        "uhr",
        "publié le",
        "mis à jour",
        "publicado",
        "actualizado",
        "pubblicato",
        "aggiornato",
        "opublikowano",
        "gepubliceerd",
        "опубликован",
        "обновлен",
        "lesezeit",
        "temps de lecture",
        "tiempo de lectura",
        "views",
        "güncelle",
    ],
    // subjects
    &[
        "tags",
        "tagged",
        "filed under",
        "categories",
        "category",
        "topics",
        "kategorie",
        "schlagwörter",
        "schlagworte",
        "themen",
        "mots-clés",
        "mots clés",
        "catégorie",
        "étiquettes",
        "etiquetas",
        "categoría",
        "categoria",
        "argomenti",
        "tagi",
        "trefwoord",
        "теги",
        "метки",
        "рубрик",
        "in this article",
        "table of contents",
        "contents",
        "on this page",
        "jump to",
        "inhaltsverzeichnis",
        "etiketler",
    ],
    // use of the page
    &[
        "search",
        "menu",
        "home",
        "back to",
        "skip to",
        "next",
        "close",
        "cancel",
        "loading",
        "play video",
        "watch",
        "listen",
        "javascript",
        "browser",
        "suche",
        "startseite",
        "zurück",
        "nach oben",
        "schließen",
        "rechercher",
        "accueil",
        "retour",
        "buscar",
        "inicio",
        "volver",
        "cerca",
        "szukaj",
        "zoeken",
        "поиск",
        "главная",
        "view all",
        "see all",
        "show more",
        "load more",
        "alle anzeigen",
        "voir plus",
        "ver más",
        "ara",
    ],
    // parts of a text
    &[
        "conclusion",
        "summary",
        "introduction",
        "overview",
        "faq",
        "frequently asked",
        "key takeaways",
        "how to",
        "what is",
        "why ",
        "step ",
        "fazit",
        "example",
        "references",
        "the bottom line",
        "tips",
        "benefits",
    ],
];

/// Finds signs in names; the names of a page come again and again.
#[derive(Default)]
pub(super) struct Names(HashMap<String, u32>);

impl Names {
    pub(super) fn of(&mut self, names: &str) -> u32 {
        if names.is_empty() {
            return 0;
        }
        if let Some(found) = self.0.get(names) {
            return *found;
        }
        let found = in_names(names);
        self.0.insert(names.to_owned(), found);
        found
    }
}

/// Long lists of utility classes say nothing and cost time.
const MAX_NAMES: usize = 300;

fn in_names(names: &str) -> u32 {
    let names: String = names.chars().take(MAX_NAMES).collect();
    let lower = names.to_lowercase();
    let words = words(&names);
    let bits = NAMES.iter().enumerate().map(|(bit, (parts, whole))| {
        let found =
            parts.iter().any(|part| lower.contains(part)) || words.iter().any(|word| whole.contains(&word.as_str()));
        u32::from(found) << bit
    });
    bits.fold(0, |all, bit| all | bit)
}

/// `mainNav`, `main-nav`, `main_nav`: the words of a name.
fn words(names: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for c in names.chars() {
        if !c.is_alphanumeric() || c.is_uppercase() && was_lower {
            words.push(String::new());
        }
        was_lower = c.is_lowercase();
        if let (true, Some(word)) = (c.is_alphanumeric(), words.last_mut()) {
            word.extend(c.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// A longer text speaks of these things without being one of them.
const MAX_SAID: usize = 220;

/// What a text says of itself.
pub(super) fn said(text: &str) -> u32 {
    if text.len() > MAX_SAID * 4 {
        return 0;
    }
    let lower = text.to_lowercase();
    if lower.chars().count() > MAX_SAID {
        return 0;
    }
    let bits = SAYS
        .iter()
        .enumerate()
        .map(|(bit, parts)| u32::from(parts.iter().any(|part| begins_word(&lower, part))) << bit);
    bits.fold(0, |all, bit| all | bit)
}

fn begins_word(text: &str, part: &str) -> bool {
    text.match_indices(part).any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_into_words() {
        assert_eq!(words("mainNav post-body_text 2col"), ["main", "nav", "post", "body", "text", "2col"]);
        let mut names = Names::default();
        assert_eq!(names.of("mainNav") & 1, 1);
        assert_eq!(names.of("navy") & 1, 0);
        assert_eq!(names.of(""), 0);
    }

    #[test]
    fn signs_begin_at_a_word() {
        assert_eq!(said("Read more: the vote") & 1, 1);
        assert_eq!(said("LESEN SIE AUCH") & 1, 1);
        assert_eq!(said("They spread more salt") & 1, 0);
        assert_eq!(said(&"read more ".repeat(40)), 0);
    }
}
