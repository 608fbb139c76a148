//! Runtime for programs that Aver runs and proves.
//!
//! ```ignore
//! #![no_std]
//! #![no_main]
//!
//! aver_guest::entry!(main);
//!
//! fn main() {
//!     let input = aver_guest::read_input();
//!     aver_guest::write_output(&aver_guest::sha256(input));
//! }
//! ```
//!
//! - [`entry!`] names the program's main function;
//! - [`read_input`] is the private input, [`write_output`] the public output (the *journal*), [`exit`] the end;
//! - [`print!`], [`println!`], [`eprint!`], [`eprintln!`] write to the console, which no proof covers;
//! - [`sha256`] and [`keccak256`] hash, and run in plain instructions until the machine has chips for them;
//! - [`region!`] names a part of the run for `aver run --profile`.
//!
//! A panic prints its message to the console and ends the program with exit code 101. Proofs are normally accepted for
//! exit code 0 only.
//!
//! The machine has one hart and no interrupts. Off the machine (`cargo test` on a workstation) only the hashes exist.

#![no_std]

mod keccak256;
mod sha256;

pub use keccak256::{Keccak256, keccak256};
pub use sha256::{Sha256, sha256};

/// What exists only on the machine.
#[cfg(all(target_arch = "riscv64", target_os = "none"))]
mod machine {
    pub mod console;
    mod ecall;
    #[cfg(feature = "alloc")]
    mod heap;
    pub mod io;
    mod one_hart;
    mod panic;
    pub mod region;
    mod start;
}

#[cfg(all(target_arch = "riscv64", target_os = "none"))]
#[doc(hidden)]
pub use machine::{
    console::{print_stderr, print_stdout},
    region::region_name,
};
#[cfg(all(target_arch = "riscv64", target_os = "none"))]
pub use machine::{
    io::{exit, read_input, write_output},
    region::{Region, region},
};
