//! Proves knowledge of a text with a given number of words without showing it.

#![no_std]
#![no_main]

extern crate alloc;

use alloc::vec::Vec;
use aver_guest::{println, read_input, sha256, write_output};

aver_guest::entry!(main);

fn main() {
    let text = str::from_utf8(read_input()).expect("the input is text");
    let words: Vec<&str> = text.split_whitespace().collect();

    // What the proof makes public: the text's digest and the number of words.
    write_output(&sha256(text.as_bytes()));
    write_output(&(words.len() as u64).to_le_bytes());

    println!("{} words", words.len());
}
