//! Tables of fitted weights, as `data/models` has them.

/// The weights of named parts and what they are added to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fitted<const N: usize> {
    pub(super) start: f32,
    pub(super) weights: [f32; N],
}

impl<const N: usize> Fitted<N> {
    /// Reads a table of lines `name` tab `weight`, one of them named `start`; a part it does not name weighs nothing.
    pub(super) fn of_table(table: &str, names: &[&str; N]) -> Self {
        let mut fitted = Self { start: 0.0, weights: [0.0; N] };
        for (name, weight) in table.lines().filter_map(|line| line.split_once('\t')) {
            let weight = weight.parse().unwrap_or(0.0);
            match names.iter().position(|part| *part == name) {
                Some(part) => fitted.weights[part] = weight,
                None if name == "start" => fitted.start = weight,
                None => {}
            }
        }
        fitted
    }

    /// What each part adds to the sum.
    pub(super) fn added(&self, parts: &[f32; N]) -> [f32; N] {
        std::array::from_fn(|part| self.weights[part] * parts[part])
    }
}

#[cfg(test)]
mod tests {
    use crate::compare::{event, sentences};

    fn names(table: &str) -> Vec<&str> {
        table.lines().filter_map(|line| line.split_once('\t')).map(|(name, _)| name).collect()
    }

    #[test]
    fn the_tables_name_all_parts_in_their_order() {
        let likeness = names(include_str!("../../data/models/likeness.tsv"));
        assert_eq!(likeness, [&sentences::PART_NAMES[..], &["start"]].concat());
        let event = names(include_str!("../../data/models/event.tsv"));
        assert_eq!(event, [&event::PART_NAMES[..], &["start"]].concat());
        let overview = names(include_str!("../../data/models/event_overview.tsv"));
        assert_eq!(overview, [&event::PART_NAMES[..event::OVERVIEW], &["start"]].concat());
    }
}
