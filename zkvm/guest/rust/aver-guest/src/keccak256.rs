//! Keccak-256 as Ethereum uses it: the original Keccak padding, not SHA3-256's.

/// Bytes absorbed by one permutation.
const RATE: usize = 136;

/// The Keccak-256 digest of `data`.
#[must_use]
pub fn keccak256(data: &[u8]) -> [u8; 32] {
    let mut hash = Keccak256::new();
    hash.update(data);
    hash.finish()
}

/// Keccak-256 of bytes that come in pieces.
#[derive(Clone)]
pub struct Keccak256 {
    state: [u64; 25],
    block: [u8; RATE],
    waiting: usize,
}

impl Keccak256 {
    /// The hash of nothing, so far.
    #[must_use]
    pub const fn new() -> Self {
        Self { state: [0; 25], block: [0; RATE], waiting: 0 }
    }

    /// Appends `data` to what is hashed.
    pub fn update(&mut self, mut data: &[u8]) {
        if self.waiting != 0 {
            let (first, rest) = data.split_at(data.len().min(RATE - self.waiting));
            self.block[self.waiting..self.waiting + first.len()].copy_from_slice(first);
            self.waiting += first.len();
            if self.waiting < RATE {
                return;
            }
            absorb(&mut self.state, &self.block);
            data = rest;
        }
        let (blocks, rest) = data.as_chunks();
        for block in blocks {
            absorb(&mut self.state, block);
        }
        self.block[..rest.len()].copy_from_slice(rest);
        self.waiting = rest.len();
    }

    /// The digest of everything that was hashed.
    #[must_use]
    pub fn finish(mut self) -> [u8; 32] {
        self.block[self.waiting..].fill(0);
        self.block[self.waiting] |= 0x01;
        self.block[RATE - 1] |= 0x80;
        absorb(&mut self.state, &self.block);

        let mut digest = [0; 32];
        for (bytes, lane) in digest.chunks_exact_mut(8).zip(self.state) {
            bytes.copy_from_slice(&lane.to_le_bytes());
        }
        digest
    }
}

impl Default for Keccak256 {
    fn default() -> Self {
        Self::new()
    }
}

fn absorb(state: &mut [u64; 25], block: &[u8; RATE]) {
    for (lane, bytes) in state.iter_mut().zip(block.as_chunks().0) {
        *lane ^= u64::from_le_bytes(*bytes);
    }
    permute(state);
}

/// Keccak-f[1600] (FIPS 202, section 3). Lane (x, y) is `a[x + 5 * y]`.
fn permute(a: &mut [u64; 25]) {
    for constant in IOTA {
        let mut c = [0; 5];
        for x in 0..5 {
            c[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
        }
        for x in 0..5 {
            let d = c[(x + 4) % 5] ^ c[(x + 1) % 5].rotate_left(1);
            for y in 0..5 {
                a[x + 5 * y] ^= d;
            }
        }

        // Rho and pi together: the lanes other than (0, 0) form one cycle, walked once. Written out, so that every
        // rotation is by a constant.
        let mut moving = a[1];
        macro_rules! steps {
            ($($step:literal)*) => {
                $((a[CYCLE[$step].0], moving) = (moving.rotate_left(CYCLE[$step].1), a[CYCLE[$step].0]);)*
            };
        }
        steps!(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22);
        a[CYCLE[23].0] = moving.rotate_left(CYCLE[23].1);

        for y in 0..5 {
            let row = [a[5 * y], a[5 * y + 1], a[5 * y + 2], a[5 * y + 3], a[5 * y + 4]];
            for x in 0..5 {
                a[5 * y + x] = row[x] ^ (!row[(x + 1) % 5] & row[(x + 2) % 5]);
            }
        }
        a[0] ^= constant;
    }
}

/// Where the lane goes that pi moves next, and by how much rho rotates it: from (1, 0) on, (x, y) goes to (y, 2x + 3y),
/// and the t-th rotation is (t + 1)(t + 2)/2 (FIPS 202, algorithms 2 and 3).
const CYCLE: [(usize, u32); 24] = {
    let mut cycle = [(0, 0); 24];
    let (mut x, mut y) = (1, 0);
    let mut t = 0;
    while t < 24 {
        (x, y) = (y, (2 * x + 3 * y) % 5);
        cycle[t] = (x + 5 * y, ((t + 1) * (t + 2) / 2 % 64) as u32);
        t += 1;
    }
    cycle
};

/// The round constants: bit 2^j − 1 of the i-th is bit 7i + j of the sequence of the LFSR x^8 + x^6 + x^5 + x^4 + 1
/// (FIPS 202, algorithm 5).
const IOTA: [u64; 24] = {
    let mut constants = [0; 24];
    let mut lfsr: u16 = 1;
    let mut i = 0;
    while i < 24 {
        let mut j = 0;
        while j < 7 {
            constants[i] |= ((lfsr & 1) as u64) << ((1 << j) - 1);
            lfsr <<= 1;
            if lfsr & 0x100 != 0 {
                lfsr ^= 0x171;
            }
            j += 1;
        }
        i += 1;
    }
    constants
};

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use std::{format, string::String, vec::Vec};

    fn hex(bytes: [u8; 32]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Digests that every Ethereum implementation contains: the empty code's, the empty trie's (the hash of RLP's empty
    /// string, one byte 0x80), and the selectors' source for an ERC-20 transfer.
    #[test]
    fn known_answers() {
        for (message, digest) in [
            (&b""[..], "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"),
            (b"\x80", "56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421"),
            (b"abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"),
            (b"Transfer(address,address,uint256)", "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"),
        ] {
            assert_eq!(hex(keccak256(message)), digest, "{message:?}");
        }
    }

    /// Every length around the block and padding boundaries, chained: the last digest depends on all of them. The
    /// expected value is from an independent implementation in Python.
    #[test]
    fn every_length_to_300() {
        let bytes: Vec<u8> = (0..300).map(|i| (i * 7 + 3) as u8).collect();
        let mut chain = Keccak256::new();
        for length in 0..=300 {
            chain.update(&keccak256(&bytes[..length]));
        }
        assert_eq!(hex(chain.finish()), "2c42f3ea255cc9e489b3111815c1014717c9fe06d269a2b51cbc4d99c5390a8b");
    }

    #[test]
    fn pieces_hash_as_the_whole() {
        let bytes: Vec<u8> = (0..300).map(|i| (i * 31 + 1) as u8).collect();
        for first in 0..=140 {
            for second in (first..=300).step_by(17) {
                let mut hash = Keccak256::default();
                hash.update(&bytes[..first]);
                hash.update(&bytes[first..second]);
                hash.update(&bytes[second..]);
                assert_eq!(hash.finish(), keccak256(&bytes), "cut at {first} and {second}");
            }
        }
    }
}
