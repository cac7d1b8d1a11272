//! ε natively: figures on CIFAR-10, where it is defined, and the collapse against a plain forward pass.
#![cfg(not(target_arch = "wasm32"))]

#[path = "epsilon_cases/collapse.rs"]
mod collapse;
#[path = "epsilon_cases/defined.rs"]
mod defined;
#[allow(dead_code)]
#[path = "epsilon_cases/golden.rs"]
mod golden;
#[path = "epsilon_cases/oracle.rs"]
mod oracle;

/// Runs where CELLSCOPE_CIFAR10_SAMPLE names a CIFAR-10 binary file of 256 images.
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
