//! Question or statement.

use super::view::View;
use super::{Claim, Kind, Sides};

/// A difference where one side asks and the other states; nothing where both state.
pub(super) fn claims(sides: &Sides<'_>, found: &mut Vec<Claim>) {
    let (a, b) = (&sides.a.view, &sides.b.view);
    let (asked_a, asked_b) = (is_question(a), is_question(b));
    if asked_a || asked_b {
        let last = |view: &View<'_>| view.words.len().checked_sub(1).map(|last| view.span(&(last..last + 1)));
        found.push(Claim { kind: Kind::Question, agree: Some(asked_a == asked_b), a: last(a), b: last(b) });
    }
}

/// Whether a question mark ends it, also inside of closing marks.
fn is_question(view: &View<'_>) -> bool {
    view.words.last().is_some_and(|word| word.after.contains(['?', '？', '؟']))
}
