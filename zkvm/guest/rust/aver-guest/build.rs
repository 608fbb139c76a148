//! Lets programs link with `-Taver.ld` wherever Cargo has put this crate.

use std::{env, path::Path};

fn main() {
    let crate_dir = env::var("CARGO_MANIFEST_DIR").expect("set by Cargo");
    let scripts = Path::new(&crate_dir).join("../../c");
    println!("cargo::rustc-link-search=native={}", scripts.display());
    println!("cargo::rerun-if-changed={}", scripts.join("aver.ld").display());
}
