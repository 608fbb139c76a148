//! What traders send.

/// One record of the input, 32 bytes, little-endian:
///
/// | offset | size | what |
/// | --- | --- | --- |
/// | 0 | 1 | 0 limit order, 1 market order, 2 cancellation |
/// | 1 | 1 | 0 buy, 1 sell; 0 in a cancellation |
/// | 2 | 2 | zero |
/// | 4 | 4 | trader |
/// | 8 | 8 | order: new and unique, or the one to cancel |
/// | 16 | 8 | price in ticks, below 2^32 and not 0 in a limit order; else 0 |
/// | 24 | 8 | quantity in lots, below 2^32 and not 0; 0 in a cancellation |
pub struct Record {
    pub trader: u32,
    pub order: u64,
    pub action: Action,
}

pub enum Action {
    /// Trades at the given price or better; what finds no partner waits in the book.
    Limit { side: Side, price: u64, quantity: u64 },
    /// Trades at any price; what finds no partner lapses.
    Market { side: Side, quantity: u64 },
    /// Takes one of the trader's own orders out of the book.
    Cancel,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Buy,
    Sell,
}

impl Record {
    pub const SIZE: usize = 32;

    /// The record, unless a field is out of its range.
    pub fn parse(bytes: &[u8; Self::SIZE]) -> Option<Self> {
        let number = |at: usize| u64::from_le_bytes(*bytes[at..].first_chunk().expect("a field inside the record"));
        let side = match bytes[1] {
            0 => Side::Buy,
            1 => Side::Sell,
            _ => return None,
        };
        if bytes[2] != 0 || bytes[3] != 0 {
            return None;
        }
        let (price, quantity) = (number(16), number(24));
        let in_range = |number| (1..1 << 32).contains(&number);
        let action = match bytes[0] {
            0 if in_range(price) && in_range(quantity) => Action::Limit { side, price, quantity },
            1 if price == 0 && in_range(quantity) => Action::Market { side, quantity },
            2 if side == Side::Buy && price == 0 && quantity == 0 => Action::Cancel,
            _ => return None,
        };
        Some(Self { trader: (number(0) >> 32) as u32, order: number(8), action })
    }
}
