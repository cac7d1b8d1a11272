//! ε against the authors' figures, natively.
#![cfg(not(target_arch = "wasm32"))]

#[path = "epsilon_cases/golden.rs"]
mod golden;

#[test]
fn figures_on_white_noise() {
    let deviation = golden::randn();
    println!("{deviation:?}");
    assert_eq!(deviation.rows, 120);
    assert!(deviation.beyond <= 3);
}

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

#[path = "epsilon_cases/nasbench101.rs"]
mod nasbench101;

#[test]
fn figures_on_nasbench101() {
    assert_eq!(nasbench101::figures(), 50);
}
