//! The average degree over all seeds, in closed form.
//!
//! Over random weights the pairs of a convolution are joined independently, each with the same probability p: the
//! chance that the largest partial sum of a kernel of N(0, 1) draws is positive. So the number of edges is a sum of
//! independent Bernoulli draws with weights k, the number of parents that share the layer's kernels:
//! mean Σ k·n·p and variance Σ k²·n·p(1−p), with n the number of kernels. The node count is taken as the number of
//! channels that can have an edge. A channel can have none by chance; with 16 stem channels or more that moves the
//! mean by less than 0.01 %, with few channels (below about 6) the closed form is too low.

use super::{NasgraphError, rule::Rule, scorer::feeds};
use crate::network::Network;

/// Mean and standard deviation of the average degree over all seeds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expected {
    /// Expected average degree.
    pub mean: f64,
    /// Its standard deviation from seed to seed.
    pub sd: f64,
}

/// P(largest sum > 0) for a kernel of one tap.
const ONE_TAP: f64 = 0.5;

/// The expected average degree of a network's channel graph.
///
/// # Errors
/// As [`super::Scorer::measures`].
pub fn expected_degree(network: &Network) -> Result<Expected, NasgraphError> {
    let mut can_have_edges: Vec<Vec<bool>> = Vec::with_capacity(network.len());
    let (mut mean, mut variance) = (0.0, 0.0);
    for (id, layer) in network.layers() {
        let rule = Rule::of(layer)?;
        can_have_edges.push(vec![false; layer.output.channels]);
        let feeds = feeds(network, id);
        let fed: usize = feeds.iter().map(|feed| feed.inputs.len()).sum();
        match &rule {
            Rule::Zero => continue,
            Rule::Pass { .. } => mean += fed as f64,
            Rule::Chain(_) => {
                return Err(NasgraphError::NoClosedForm {
                    layer: layer.spec.label.to_string(),
                    module: layer.describe(),
                });
            }
            Rule::Conv(conv) => {
                let p = if conv.relu { positive_probability(conv)? } else { 1.0 };
                // Input channel i is shared by the parents that feed it.
                for i in 0..conv.conv.inputs {
                    let parents = feeds.iter().filter(|feed| feed.inputs.contains(&i)).count() as f64;
                    let kernels = conv.conv.outputs as f64;
                    mean += parents * kernels * p;
                    variance += parents * parents * kernels * p * (1.0 - p);
                }
            }
        }
        for feed in feeds {
            let inputs = feed.inputs.len();
            can_have_edges[feed.parent.index()][..inputs].fill(true);
            match &rule {
                Rule::Pass { .. } => can_have_edges[id.index()][feed.inputs].fill(true),
                _ => can_have_edges[id.index()].fill(true),
            }
        }
    }
    let nodes = can_have_edges.iter().flatten().filter(|&&can| can).count() as f64;
    if nodes == 0.0 {
        return Err(NasgraphError::NoEdges);
    }
    Ok(Expected { mean: 2.0 * mean / nodes, sd: 2.0 * variance.sqrt() / nodes })
}

fn positive_probability(rule: &super::rule::ConvRule) -> Result<f64, NasgraphError> {
    let ranges = |taps: &[super::taps::Taps]| taps.iter().map(|t| t.range.clone()).collect::<Vec<_>>();
    let sums = rule.sums();
    let (rows, columns) = (ranges(&sums.rows), ranges(&sums.columns));
    if rule.conv.kernel == (1, 1) {
        return Ok(ONE_TAP);
    }
    super::orthant::any_positive(&rows, &columns).ok_or_else(|| NasgraphError::NoClosedForm {
        layer: rule.conv.to_string(),
        module: rule.conv.to_string(),
    })
}
