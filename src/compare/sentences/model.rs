//! What each part counts for: numbers fitted by `data/models/fit_likeness.py`.

use std::sync::LazyLock;

use super::{Likeness, PART_NAMES, PARTS};
use crate::compare::fitted::Fitted;

/// `name` tab `weight`; the line `start` is added always.
const FITTED: &str = include_str!("../../../data/models/likeness.tsv");

/// The model that is shipped.
pub(super) static MODEL: LazyLock<Model> = LazyLock::new(|| Model::of_table(FITTED));

/// Weights of the parts.
#[derive(Debug)]
pub(super) struct Model {
    fitted: Fitted<PARTS>,
    /// What the logistic function says where no part adds anything, and where all add all they can.
    span: [f32; 2],
}

impl Model {
    fn of_table(table: &str) -> Self {
        let fitted = Fitted::of_table(table, &PART_NAMES);
        let most: f32 = fitted.weights.iter().map(|weight| weight.max(0.0)).sum();
        Self { fitted, span: [fitted.start, fitted.start + most].map(logistic) }
    }

    /// The parts and what they come to.
    pub(super) fn likeness(&self, measures: &[f32; PARTS]) -> Likeness {
        let parts = self.fitted.added(measures);
        let [zero, one] = self.span;
        let score = (logistic(self.fitted.start + parts.iter().sum::<f32>()) - zero) / (one - zero);
        Likeness { score: score.clamp(0.0, 1.0), parts }
    }
}

fn logistic(sum: f32) -> f32 {
    1.0 / (1.0 + (-sum).exp())
}
