//! The operations of the NDS spaces as chains of convolutions, ReLU last.
//!
//! Source: `nasgraph/models/nds_base_ops.py` of the NASGraph authors; for the trained network `pycls/models/nas/operations.py`
//! of the code of NDS, of which the operations of DARTS are those of its authors (`cnn/operations.py`).

use crate::network::{Conv2d, FactorizedReduce, Op, Pool};

/// The module of an operation on `channels` channels.
pub(super) fn module(op: &str, channels: usize, stride: usize) -> Vec<Op> {
    let pool = |kernel: usize| Pool { kernel, stride, padding: kernel / 2 };
    match op {
        "none" => vec![Op::Zero],
        "skip_connect" if stride == 1 => vec![Op::Identity],
        "skip_connect" => factorized_reduce(channels, channels),
        "avg_pool_3x3" => vec![Op::AvgPool(pool(3))],
        "max_pool_3x3" => vec![Op::MaxPool(pool(3))],
        "max_pool_5x5" => vec![Op::MaxPool(pool(5))],
        "max_pool_7x7" => vec![Op::MaxPool(pool(7))],
        "conv_1x1" => conv(channels, channels, 1, stride),
        "conv_3x3" => conv(channels, channels, 3, stride),
        "sep_conv_3x3" => separable(channels, 3, stride),
        "sep_conv_5x5" => separable(channels, 5, stride),
        "sep_conv_7x7" => separable(channels, 7, stride),
        "dil_conv_3x3" => dilated(channels, 3, stride),
        "dil_conv_5x5" => dilated(channels, 5, stride),
        "dil_sep_conv_3x3" => dilated_separable(channels, stride),
        // Padded by 1 whatever the length (the authors').
        "conv_3x1_1x3" => two_strips(channels, 3, stride, 1),
        _ => two_strips(channels, 7, stride, 1),
    }
}

/// The module of an operation in the trained network. Two differ from NASGraph's in more than ReLU and batch norm.
pub(super) fn trained_module(op: &str, channels: usize, stride: usize) -> Vec<Op> {
    dressed(&match op {
        "conv_7x1_1x7" => two_strips(channels, 7, stride, 3),
        "dil_sep_conv_3x3" => [dilated(channels, 3, stride), dilated(channels, 3, 1)].concat(),
        _ => module(op, channels, stride),
    })
}

/// For each chain that ends with a ReLU: ReLU, the chain, batch norm.
pub(super) fn dressed(module: &[Op]) -> Vec<Op> {
    let mut dressed = Vec::with_capacity(module.len() + 2);
    for chain in module.split_inclusive(|&op| op == Op::Relu) {
        match chain {
            [convs @ .., Op::Relu] => {
                dressed.push(Op::Relu);
                dressed.extend(convs);
                dressed.push(Op::BatchNorm);
            }
            plain => dressed.extend(plain),
        }
    }
    dressed
}

/// Convolution, ReLU.
pub(super) fn conv(inputs: usize, outputs: usize, kernel: usize, stride: usize) -> Vec<Op> {
    vec![Op::Conv2d(Conv2d::square(inputs, outputs, kernel, stride, kernel / 2)), Op::Relu]
}

/// Two 1 × 1 convolutions of stride 2, ReLU.
pub(super) fn factorized_reduce(inputs: usize, outputs: usize) -> Vec<Op> {
    vec![Op::FactorizedReduce(FactorizedReduce { inputs, outputs, stride: 2 }), Op::Relu]
}

fn depthwise(channels: usize, kernel: usize, stride: usize, dilation: usize) -> Op {
    let padding = dilation * (kernel / 2);
    let conv = Conv2d::square(channels, channels, kernel, stride, padding);
    Op::Conv2d(Conv2d { groups: channels, dilation, ..conv })
}

fn pointwise(channels: usize) -> Op {
    Op::Conv2d(Conv2d::square(channels, channels, 1, 1, 0))
}

/// (Depthwise, pointwise, ReLU) twice, the stride in the first.
fn separable(channels: usize, kernel: usize, stride: usize) -> Vec<Op> {
    vec![
        depthwise(channels, kernel, stride, 1),
        pointwise(channels),
        Op::Relu,
        depthwise(channels, kernel, 1, 1),
        pointwise(channels),
        Op::Relu,
    ]
}

/// Dilated depthwise, pointwise, ReLU.
fn dilated(channels: usize, kernel: usize, stride: usize) -> Vec<Op> {
    vec![depthwise(channels, kernel, stride, 2), pointwise(channels), Op::Relu]
}

/// Dilated depthwise, pointwise, ReLU, dilated depthwise, and an unpadded full 3 × 3 convolution (the authors').
fn dilated_separable(channels: usize, stride: usize) -> Vec<Op> {
    vec![
        depthwise(channels, 3, stride, 2),
        pointwise(channels),
        Op::Relu,
        depthwise(channels, 3, 1, 2),
        Op::Conv2d(Conv2d::square(channels, channels, 3, 1, 0)),
        Op::Relu,
    ]
}

/// 1 × k, then k × 1, ReLU.
fn two_strips(channels: usize, kernel: usize, stride: usize, padding: usize) -> Vec<Op> {
    let base = Conv2d::square(channels, channels, kernel, 1, padding);
    let row = Conv2d { kernel: (1, kernel), stride: (1, stride), padding: (0, padding), ..base };
    let column = Conv2d { kernel: (kernel, 1), stride: (stride, 1), padding: (padding, 0), ..base };
    vec![Op::Conv2d(row), Op::Conv2d(column), Op::Relu]
}
