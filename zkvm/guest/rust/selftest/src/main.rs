//! What `test` runs to see that aver-guest keeps its promises on the machine: the input's first line says which part.

#![no_std]
#![no_main]

extern crate alloc;

use alloc::{boxed::Box, collections::BTreeMap, vec, vec::Vec};
use aver_guest::{eprint, eprintln, exit, print, println, read_input, region, sha256, write_output};
use core::hint::black_box;

aver_guest::entry!(main);

fn main() {
    let mut lines = read_input().split(|&byte| byte == b'\n');
    let part = lines.next().unwrap_or_default();
    match part {
        b"" => {}
        b"console" => console(),
        b"journal" => journal(),
        b"journal-empty" => write_output(b""),
        b"exit" => exit(0xffff_ff07),
        b"exit-journal" => {
            write_output(b"seven");
            exit(7);
        }
        b"panic" => panic!("on {}", "purpose"),
        b"panic-journal" => {
            write_output(b"before");
            panic!("with a journal");
        }
        b"overflow" => println!("{}", black_box([1_u8, 2])[black_box(2)]),
        b"heap" => heap(),
        b"heap-full" => drop(black_box(vec![1_u8; black_box(1 << 40)])),
        b"stack-full" => println!("{}", deep(0)),
        _ => exit(2),
    }
}

/// Pieces shorter and longer than the console's buffer.
fn console() {
    print!("{}", 1);
    println!(" {}", "two");
    println!();
    println!("{}{}", "a".repeat(255), "b".repeat(300));
    eprint!("{:?} ", Some(3));
    eprintln!("four");
    eprintln!();
}

/// Any cut of the bytes into writes is the same journal.
fn journal() {
    let _region = region!("journal");
    let input = read_input();
    let (first, rest) = input.split_at(input.len() / 3);
    write_output(first);
    write_output(b"");
    for byte in rest {
        let _inner = region!("byte");
        write_output(&[*byte]);
    }
    write_output(&sha256(input));
}

fn heap() {
    // Blocks between which others are allocated have to move when they grow, and must not touch each other.
    let mut lists: Vec<Vec<u64>> = (0..10).map(|_| Vec::new()).collect();
    for i in 0..10_000_u64 {
        lists[(i * i % 10) as usize].push(i);
    }
    let sums: u64 = lists.iter().flatten().sum();
    assert_eq!(sums, 49_995_000);
    for (list, numbers) in lists.iter().enumerate() {
        assert!(numbers.iter().all(|i| (i * i % 10) as usize == list));
    }

    // Alignments.
    #[repr(align(4096))]
    struct Page([u8; 1]);
    let small = Box::new(1_u8);
    let page = Box::new(Page([2]));
    assert_eq!((&raw const *page).addr() % 4096, 0);
    assert_eq!((*small, page.0[0]), (1, 2));

    // The last block goes back when it is dropped, and grows in place: the heap has 64 MiB.
    for i in 0..100_u8 {
        let mut block = Vec::with_capacity(40 << 20);
        block.push(i);
        block.reserve_exact(50 << 20);
        block.push(i);
        assert_eq!(black_box(block), [i, i]);
    }

    // Memory that was used before is zero on request.
    drop(black_box(vec![0xff_u8; 1 << 16]));
    assert!(black_box(vec![0_u8; 1 << 16]).iter().all(|&byte| byte == 0));

    // Arithmetic that RV64IMAC has no instructions for comes from compiler_builtins.
    let map: BTreeMap<u32, f64> = (0..1000).map(|i| (i, f64::from(i).recip())).collect();
    let harmonic: f64 = map.values().skip(1).sum();
    let product = (1..=30).product::<u128>();
    println!("{harmonic:.9} {product} {}", product / 1_000_000_007);
}

#[expect(unconditional_recursion)]
fn deep(depth: u64) -> u64 {
    let frame = black_box([depth; 100]);
    deep(depth + 1) + frame[(depth % 100) as usize]
}
