//! Measures of a graph that depend on its degree sequence alone.
//!
//! Definitions of `nasgraph/graphs/graph_props.py` of the NASGraph authors; d is in-degree plus out-degree.

use serde::Serialize;

/// The measures of one channel graph with N nodes and E edges.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Measures {
    /// N: channels that at least one edge touches.
    pub nodes: u64,
    /// E.
    pub edges: u64,
    /// 2E/N, the NASGraph proxy.
    pub average_degree: f64,
    /// E/(N(N−1)).
    pub density: f64,
    /// mean(d²)/mean(d).
    pub resilience: f64,
    /// Shannon entropy (nats) of the degrees as shares d/Σd, divided by N.
    pub entropy: f64,
    /// Σ d(d−1)/2: pairs of edges that share a node.
    pub wedge: f64,
    /// Gini coefficient of d, as the authors write it: Σ r·d₍ᵣ₎/(E·N) − (N+1)/N over the sorted degrees.
    pub gini: f64,
}

impl Measures {
    /// The measures of a degree sequence; channels of degree 0 are no nodes. `None` if there is no edge.
    ///
    /// Complexity: O(number of channels + largest degree).
    pub fn of_degrees(degrees: &[u32]) -> Option<Self> {
        let largest = *degrees.iter().max()?;
        let mut count = vec![0u64; largest as usize + 1];
        for &degree in degrees {
            count[degree as usize] += 1;
        }
        let (mut nodes, mut total, mut squares, mut wedge, mut ranked) = (0u64, 0u64, 0u64, 0u64, 0u64);
        for (degree, &many) in (0u64..).zip(&count).skip(1) {
            total += many * degree;
            squares += many * degree * degree;
            wedge += many * (degree * (degree - 1) / 2);
            // Ranks nodes+1 ..= nodes+many.
            ranked += degree * (many * nodes + many * (many + 1) / 2);
            nodes += many;
        }
        if nodes == 0 {
            return None;
        }
        let edges = total / 2;
        let (n, e, sum) = (nodes as f64, edges as f64, total as f64);
        let mut entropy = 0.0;
        for (degree, &many) in (0u64..).zip(&count).skip(1) {
            if many > 0 {
                let p = degree as f64 / sum;
                entropy -= many as f64 * p * libm::log(p);
            }
        }
        Some(Self {
            nodes,
            edges,
            average_degree: sum / n,
            density: e / (n * (n - 1.0)),
            resilience: (squares as f64 / n) / (sum / n),
            entropy: entropy / n,
            wedge: wedge as f64,
            gini: ranked as f64 / (e * n) - (n + 1.0) / n,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_three() {
        let measures = Measures::of_degrees(&[1, 2, 0, 1]).expect("edges");
        assert_eq!((measures.nodes, measures.edges), (3, 2));
        assert_eq!(measures.average_degree, 4.0 / 3.0);
        assert_eq!(measures.wedge, 1.0);
        assert!((measures.gini - (9.0 / 6.0 - 4.0 / 3.0)).abs() < 1e-15);
        let entropy = (2.0 * 0.25 * 4f64.ln() + 0.5 * 2f64.ln()) / 3.0;
        assert!((measures.entropy - entropy).abs() < 1e-15);
    }

    #[test]
    fn no_edge_no_measures() {
        assert!(Measures::of_degrees(&[0, 0]).is_none());
        assert!(Measures::of_degrees(&[]).is_none());
    }
}
