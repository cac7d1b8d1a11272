//! Cellscope: neural-network cells as channel graphs, and their training-free scores.
