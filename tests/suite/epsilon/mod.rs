//! ε: figures on CIFAR-10, where it is defined, and the collapse against a plain forward pass.

pub mod bits;
#[cfg(not(target_arch = "wasm32"))]
mod collapse;
#[cfg(not(target_arch = "wasm32"))]
mod defined;
pub mod golden;
pub mod nasbench101;
#[cfg(not(target_arch = "wasm32"))]
mod oracle;

/// Runs where CELLSCOPE_CIFAR10_SAMPLE names a CIFAR-10 binary file of 256 images.
#[cfg(not(target_arch = "wasm32"))]
#[test]
fn figures_on_cifar10() {
    let Some(path) = std::env::var_os("CELLSCOPE_CIFAR10_SAMPLE") else {
        println!("skipped: CELLSCOPE_CIFAR10_SAMPLE is not set");
        return;
    };
    let deviation = golden::cifar10(&std::fs::read(path).expect("the sample file"));
    println!("{deviation:?}");
    assert_eq!((deviation.rows, deviation.beyond), (60, 0));
}
