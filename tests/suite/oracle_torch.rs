//! PyTorch's published first draws.

use cellscope::nasgraph::torch::{Cursor, Mt19937, Stream};

fn rounded(values: &[f32]) -> Vec<f64> {
    values.iter().map(|&value| (f64::from(value) * 1e4).round() / 1e4).collect()
}

/// `torch.manual_seed(0); torch.randn(3)`, the first lines of many a tutorial.
#[test]
fn a_small_tensor() {
    let draws = Cursor::default().normal(&mut Stream::new(0), 3);
    assert_eq!(rounded(&draws), [1.5410, -0.2934, -2.1788]);
}

/// `torch.manual_seed(0); torch.randn(16)`.
#[test]
fn a_tensor_of_one_block() {
    let draws = Cursor::default().normal(&mut Stream::new(0), 16);
    assert_eq!(rounded(&draws[..4]), [-1.1258, -1.1524, -0.2506, -0.4339]);
}

/// Draws at any place, in any order of asking, are those of the words there.
#[test]
fn a_stream_is_read_in_any_order() {
    let mut generator = Mt19937::new(1);
    let words: Vec<u32> = (0..30_000).map(|_| generator.word()).collect();
    let mut stream = Stream::new(1);
    for at in [29_999, 0, 4_992, 4_991, 12_345, 624, 623, 29_998, 1] {
        assert_eq!(stream.word(at), words[at], "word {at}");
    }
    for (start, count) in [(20_001, 160), (3, 48), (9_980, 12_000), (16, 16), (4_990, 37), (0, 20_000)] {
        let block =
            |at: usize| cellscope::nasgraph::torch::normal_block(&std::array::from_fn(|i| words[at + i]));
        let mut plain: Vec<f32> = (0..count / 16).flat_map(|i| block(start + 16 * i)).collect();
        if !count.is_multiple_of(16) {
            plain.truncate(count - 16);
            plain.extend(block(start + count));
        }
        let mut cursor = Cursor::default();
        cursor.skip(start);
        assert_eq!(cursor.normal(&mut stream, count), plain, "{count} draws at {start}");
    }
}
