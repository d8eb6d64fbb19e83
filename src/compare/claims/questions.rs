//! Question or statement.

use super::view::View;
use super::{Claim, Kind, Sides};

/// A difference where one side asks and the other states; nothing where both state.
pub(super) fn claims(sides: &Sides<'_>, found: &mut Vec<Claim>) {
    let (a, b) = (&sides.a.view, &sides.b.view);
    let (asked_a, asked_b) = (is_question(a), is_question(b));
    if asked_a || asked_b {
        let last = |view: &View<'_>| view.words.len().saturating_sub(1)..view.words.len();
        let value = |asked: bool| String::from(if asked { "question" } else { "statement" });
        let (x, y) = (last(a), last(b));
        let agree = Some(asked_a == asked_b);
        found.push(sides.claim(Kind::Question, agree, Some((&x, value(asked_a))), Some((&y, value(asked_b)))));
    }
}

/// Whether a question mark ends it, also inside of closing marks; or the verb comes first.
fn is_question(view: &View<'_>) -> bool {
    let asks =
        matches!(view.form(0), "is" | "are" | "was" | "were" | "do" | "does" | "did" | "has" | "have" | "will" | "can")
            && matches!(
                view.form(1),
                "it" | "he" | "she" | "they" | "we" | "you" | "the" | "this" | "that" | "there" | "these"
            );
    asks || view.words.last().is_some_and(|word| word.after.contains(['?', '？', '؟']))
}
