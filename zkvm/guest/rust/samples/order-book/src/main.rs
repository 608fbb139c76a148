//! An exchange proves that it matched a batch of orders by its rules: price before time, no trade of anyone with
//! themselves. Anyone who knows the batch's digest learns what each trader owes, and nothing else of the batch.
//!
//! Input: order records of 32 bytes in order of arrival (`order.rs`). Journal, numbers little-endian:
//!
//! | bytes | what |
//! | --- | --- |
//! | 32 | SHA-256 of the input |
//! | 32 | Keccak-256 of the trades in order, each as maker order, taker order, price, quantity (4 × u64) |
//! | 32 | Keccak-256 of the orders left in the book, bids then asks, best first, each as order, price, quantity (3 × u64) |
//! | 4 × 3 | number of trades, of orders left, of records rejected |
//! | 28 each | for each trader who traded, in order of number: trader (u32), lots (i64), ticks × lots (i128) received |

#![no_std]
#![no_main]

extern crate alloc;

mod book;
mod order;

use alloc::collections::BTreeMap;
use aver_guest::{Keccak256, eprintln, exit, println, read_input, region, sha256, write_output};
use book::{Book, Trade};
use order::Record;

aver_guest::entry!(main);

fn main() {
    let input = read_input();
    let (records, rest) = input.as_chunks::<{ Record::SIZE }>();
    if !rest.is_empty() {
        eprintln!("an input of {} bytes; records have {}", input.len(), Record::SIZE);
        exit(2);
    }

    let mut book = Book::new();
    let mut settlement = Settlement::new();
    let mut rejected = 0;
    {
        let _region = region!("match");
        for bytes in records {
            let accepted =
                Record::parse(bytes).is_some_and(|record| book.accept(&record, |trade| settlement.add(trade)));
            rejected += u32::from(!accepted);
        }
    }

    let _region = region!("report");
    let mut left = 0;
    let mut book_hash = Keccak256::new();
    for order in book.orders() {
        left += 1;
        for number in [order.id, order.price, order.quantity] {
            book_hash.update(&number.to_le_bytes());
        }
    }
    println!("{} records: {} trades, {left} orders left, {rejected} rejected", records.len(), settlement.trades);

    write_output(&sha256(input));
    write_output(&settlement.hash.finish());
    write_output(&book_hash.finish());
    for count in [settlement.trades, left, rejected] {
        write_output(&count.to_le_bytes());
    }
    for (trader, (lots, ticks)) in settlement.balances {
        write_output(&trader.to_le_bytes());
        write_output(&lots.to_le_bytes());
        write_output(&ticks.to_le_bytes());
    }
}

/// What the trades of a batch add up to.
struct Settlement {
    trades: u32,
    hash: Keccak256,
    /// By trader: lots and money received; negative is paid. Quantities are below 2^32 and prices too, so neither sum
    /// can leave its type within a batch that fits the input.
    balances: BTreeMap<u32, (i64, i128)>,
}

impl Settlement {
    const fn new() -> Self {
        Self { trades: 0, hash: Keccak256::new(), balances: BTreeMap::new() }
    }

    fn add(&mut self, trade: Trade) {
        self.trades += 1;
        for number in [trade.maker, trade.taker, trade.price, trade.quantity] {
            self.hash.update(&number.to_le_bytes());
        }
        let lots = trade.quantity.cast_signed();
        let ticks = i128::from(trade.price) * i128::from(trade.quantity);
        for (trader, lots, ticks) in [(trade.buyer, lots, -ticks), (trade.seller, -lots, ticks)] {
            let balance = self.balances.entry(trader).or_default();
            balance.0 += lots;
            balance.1 += ticks;
        }
    }
}
