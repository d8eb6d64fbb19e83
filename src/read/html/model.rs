//! Boosted trees: small decision trees whose answers are added up. Weights are a text file, see `data/models/README.md`.

/// The trees.
#[derive(Debug, Default)]
pub(super) struct Model {
    trees: Vec<Tree>,
}

#[derive(Debug, Default)]
struct Tree {
    nodes: Vec<Node>,
}

/// A question about one feature, or where both ways lead to the same place, an answer.
#[derive(Debug, Clone, Copy)]
struct Node {
    feature: u16,
    below: u16,
    above: u16,
    /// The limit of a question, or the answer.
    value: f32,
}

impl Model {
    /// A line of the file is a tree, its nodes separated by spaces: `feature:limit:below:above` asks whether the feature is at
    /// most the limit and gives the nodes to go to, a number alone answers. `#` begins a remark.
    pub(super) fn read(text: &str) -> Self {
        let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        Self { trees: lines.map(|line| Tree { nodes: line.split(' ').map(node).collect() }).collect() }
    }

    /// How likely it is that a block with these features is of the main text.
    pub(super) fn likelihood(&self, features: &[f32]) -> f32 {
        let sum: f32 = self.trees.iter().map(|tree| tree.answer(features)).sum();
        1.0 / (1.0 + (-sum).exp())
    }
}

impl Tree {
    fn answer(&self, features: &[f32]) -> f32 {
        let mut place = 0;
        // Nodes lead forward only; the count of steps is bounded against a damaged file all the same.
        for _ in 0..self.nodes.len() {
            let node = self.nodes[place];
            if node.below == node.above {
                return node.value;
            }
            let value = features.get(usize::from(node.feature)).copied().unwrap_or(0.0);
            place = usize::from(if value <= node.value { node.below } else { node.above }).min(self.nodes.len() - 1);
        }
        0.0
    }
}

fn node(text: &str) -> Node {
    let mut parts = text.split(':');
    let mut number = || parts.next().unwrap_or("0");
    let first = number();
    if !text.contains(':') {
        return Node { feature: 0, below: 0, above: 0, value: first.parse().unwrap_or(0.0) };
    }
    let limit = number().parse().unwrap_or(0.0);
    let (below, above) = (number().parse().unwrap_or(0), number().parse().unwrap_or(0));
    Node { feature: first.parse().unwrap_or(0), below, above, value: limit }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_are_added_up() {
        let model = Model::read("# remark\n0:1.5:1:2 -2 1:0:3:4 0.5 2\n0.25\n");
        let close = |features: &[f32], sum: f32| (model.likelihood(features) - 1.0 / (1.0 + (-sum).exp())).abs() < 1e-6;
        assert!(close(&[1.0, 9.0], -1.75));
        assert!(close(&[2.0, 0.0], 0.75));
        assert!(close(&[2.0, 0.1], 2.25));
        assert!(close(&[2.0], 0.75));
    }

    #[test]
    fn a_damaged_file_gives_some_answer() {
        for text in ["", "x", "0:1:0:0", "0:1:1:2", "0:1:0:9 1", ":::", "0:nan:1:0 1"] {
            assert!((0.0..=1.0).contains(&Model::read(text).likelihood(&[0.0])));
        }
    }

    #[test]
    fn the_model_is_there() {
        assert!(Model::read(include_str!("../../../data/models/main_text.txt")).trees.len() > 50);
    }
}
