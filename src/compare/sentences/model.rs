//! What each part counts for: numbers fitted by `data/models/fit_likeness.py`.

use std::sync::LazyLock;

use super::{Likeness, PART_NAMES, PARTS};

/// `name` tab `weight`; the line `start` is added always.
const FITTED: &str = include_str!("../../../data/models/likeness.tsv");

/// The model that is shipped.
pub(super) static MODEL: LazyLock<Model> = LazyLock::new(|| Model::of_table(FITTED));

/// Weights of the parts.
#[derive(Debug, Default)]
pub(super) struct Model {
    start: f32,
    weights: [f32; PARTS],
    /// What the logistic function says where no part adds anything, and where all add all they can.
    span: [f32; 2],
}

impl Model {
    fn of_table(table: &str) -> Self {
        let mut model = Self::default();
        for (name, weight) in table.lines().filter_map(|line| line.split_once('\t')) {
            let weight = weight.parse().unwrap_or(0.0);
            match PART_NAMES.iter().position(|part| *part == name) {
                Some(part) => model.weights[part] = weight,
                None if name == "start" => model.start = weight,
                None => {}
            }
        }
        let most: f32 = model.weights.iter().map(|weight| weight.max(0.0)).sum();
        model.span = [model.start, model.start + most].map(logistic);
        model
    }

    /// The parts and what they come to.
    pub(super) fn likeness(&self, measures: &[f32; PARTS]) -> Likeness {
        let parts: [f32; PARTS] = std::array::from_fn(|part| self.weights[part] * measures[part]);
        let [zero, one] = self.span;
        let score = (logistic(self.start + parts.iter().sum::<f32>()) - zero) / (one - zero);
        Likeness { score: score.clamp(0.0, 1.0), parts }
    }
}

fn logistic(sum: f32) -> f32 {
    1.0 / (1.0 + (-sum).exp())
}
