//! The average degree over all seeds, in closed form.
//!
//! Over random weights the pairs of a convolution are joined independently, each with the same probability p: the
//! chance that the largest partial sum of a kernel of N(0, 1) draws is positive. So the number of edges is a sum of
//! independent Bernoulli draws with weights k, the number of parents that share the layer's kernels:
//! mean Σ k·n·p and variance Σ k²·n·p(1−p), with n the number of kernels. A channel is a node unless none of its
//! kernels joins it, which has the chance (1−p)^kernels: that gives the expected number of nodes. The expected degree is
//! taken as twice the ratio of the two expectations.
//!
//! Measured over 400 seeds each for 12 random cells of NAS-Bench-201 (`tests/expected.rs` repeats a part): for 1, 2, 3,
//! 4, 5, 6, 8, 12 and 16 stem channels, the mean agrees within 2.3 standard errors (at most 0.5 % with one channel,
//! 0.05 % with 16), the standard deviation within 3.2 of its own (each 3.5 % of it).

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
/// As [`super::Scorer::measures`], and [`NasgraphError::NoClosedForm`].
pub fn expected_degree(network: &Network) -> Result<Expected, NasgraphError> {
    // For each channel of each layer, the chance that no edge touches it.
    let mut alone: Vec<Vec<f64>> = Vec::with_capacity(network.len());
    let (mut edges, mut variance) = (0.0, 0.0);
    for (id, layer) in network.layers() {
        alone.push(vec![1.0; layer.output.channels]);
        let feeds = feeds(network, id);
        match Rule::of(layer)? {
            Rule::Zero => {}
            Rule::Pass { .. } => {
                for feed in feeds {
                    edges += feed.inputs.len() as f64;
                    alone[feed.parent.index()][..feed.inputs.len()].fill(0.0);
                    alone[id.index()][feed.inputs].fill(0.0);
                }
            }
            Rule::Chain(_) => {
                return Err(NasgraphError::NoClosedForm {
                    layer: layer.spec.label.to_string(),
                    module: layer.describe(),
                });
            }
            Rule::Conv(conv) => {
                let p = if conv.relu { positive_probability(&conv)? } else { 1.0 };
                let outputs = conv.conv.outputs as f64;
                // How many parents feed each input channel: they share its kernels.
                let mut sharing = vec![0u32; conv.conv.inputs];
                let none = libm::pow(1.0 - p, outputs);
                for feed in feeds {
                    sharing[feed.inputs.clone()].iter_mut().for_each(|parents| *parents += 1);
                    alone[feed.parent.index()][..feed.inputs.len()].iter_mut().for_each(|c| *c *= none);
                }
                for parents in sharing.iter().copied().map(f64::from) {
                    edges += parents * outputs * p;
                    variance += parents * parents * outputs * p * (1.0 - p);
                }
                let kernels = sharing.iter().filter(|&&parents| parents > 0).count();
                let none = libm::pow(1.0 - p, kernels as f64);
                alone[id.index()].iter_mut().for_each(|c| *c *= none);
            }
        }
    }
    let nodes: f64 = alone.iter().flatten().map(|alone| 1.0 - alone).sum();
    if nodes == 0.0 {
        return Err(NasgraphError::NoEdges);
    }
    Ok(Expected { mean: 2.0 * edges / nodes, sd: 2.0 * variance.sqrt() / nodes })
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
