//! SHA-256 (FIPS 180-4).

/// The SHA-256 digest of `data`.
#[must_use]
pub fn sha256(data: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(data);
    hash.finish()
}

/// SHA-256 of bytes that come in pieces.
#[derive(Clone)]
pub struct Sha256 {
    state: [u32; 8],
    block: [u8; 64],
    length: u64,
}

impl Sha256 {
    /// The hash of nothing, so far.
    #[must_use]
    pub const fn new() -> Self {
        Self { state: INITIAL, block: [0; 64], length: 0 }
    }

    /// Appends `data` to what is hashed.
    pub fn update(&mut self, mut data: &[u8]) {
        let waiting = (self.length % 64) as usize;
        self.length += data.len() as u64;
        if waiting != 0 {
            let (first, rest) = data.split_at(data.len().min(64 - waiting));
            self.block[waiting..waiting + first.len()].copy_from_slice(first);
            if waiting + first.len() < 64 {
                return;
            }
            compress(&mut self.state, &self.block);
            data = rest;
        }
        let (blocks, rest) = data.as_chunks();
        for block in blocks {
            compress(&mut self.state, block);
        }
        self.block[..rest.len()].copy_from_slice(rest);
    }

    /// The digest of everything that was hashed.
    #[must_use]
    pub fn finish(mut self) -> [u8; 32] {
        let waiting = (self.length % 64) as usize;
        self.block[waiting] = 0x80;
        self.block[waiting + 1..].fill(0);
        if waiting >= 56 {
            compress(&mut self.state, &self.block);
            self.block.fill(0);
        }
        self.block[56..].copy_from_slice(&(self.length * 8).to_be_bytes());
        compress(&mut self.state, &self.block);

        let mut digest = [0; 32];
        for (bytes, word) in digest.chunks_exact_mut(4).zip(self.state) {
            bytes.copy_from_slice(&word.to_be_bytes());
        }
        digest
    }
}

impl Default for Sha256 {
    fn default() -> Self {
        Self::new()
    }
}

fn compress(state: &mut [u32; 8], block: &[u8; 64]) {
    let mut w = [0; 64];
    for (word, bytes) in w.iter_mut().zip(block.as_chunks().0) {
        *word = u32::from_be_bytes(*bytes);
    }
    for i in 16..64 {
        let s0 = w[i - 15].rotate_right(7) ^ w[i - 15].rotate_right(18) ^ (w[i - 15] >> 3);
        let s1 = w[i - 2].rotate_right(17) ^ w[i - 2].rotate_right(19) ^ (w[i - 2] >> 10);
        w[i] = s1.wrapping_add(w[i - 7]).wrapping_add(s0).wrapping_add(w[i - 16]);
    }

    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = *state;
    for i in (0..64).step_by(8) {
        // The variables change their roles from round to round instead of being moved.
        macro_rules! round {
            ($a:ident $b:ident $c:ident $d:ident $e:ident $f:ident $g:ident $h:ident, $i:expr) => {
                let s1 = $e.rotate_right(6) ^ $e.rotate_right(11) ^ $e.rotate_right(25);
                let choice = $g ^ ($e & ($f ^ $g));
                let t1 = $h.wrapping_add(s1).wrapping_add(choice).wrapping_add(ROUND[$i]).wrapping_add(w[$i]);
                let s0 = $a.rotate_right(2) ^ $a.rotate_right(13) ^ $a.rotate_right(22);
                let majority = ($a & $b) | ($c & ($a | $b));
                $d = $d.wrapping_add(t1);
                $h = t1.wrapping_add(s0).wrapping_add(majority);
            };
        }
        round!(a b c d e f g h, i);
        round!(h a b c d e f g, i + 1);
        round!(g h a b c d e f, i + 2);
        round!(f g h a b c d e, i + 3);
        round!(e f g h a b c d, i + 4);
        round!(d e f g h a b c, i + 5);
        round!(c d e f g h a b, i + 6);
        round!(b c d e f g h a, i + 7);
    }
    for (old, new) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
        *old = old.wrapping_add(new);
    }
}

/// The fractional parts of the square roots of the first 8 primes.
const INITIAL: [u32; 8] =
    [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

/// The fractional parts of the cube roots of the first 64 primes.
#[rustfmt::skip]
const ROUND: [u32; 64] = [
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
];

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use std::{format, string::String, vec::Vec};

    fn hex(bytes: [u8; 32]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The examples of FIPS 180-4, the hash of nothing, and the NIST test vector of a million letters a.
    #[test]
    fn known_answers() {
        for (message, digest) in [
            (&b""[..], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (b"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
            ),
            (&[b'a'; 1_000_000], "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
        ] {
            assert_eq!(hex(sha256(message)), digest, "{} bytes", message.len());
        }
    }

    /// Every length around the block and padding boundaries, chained: the last digest depends on all of them. The
    /// expected value is from Python's hashlib.
    #[test]
    fn every_length_to_200() {
        let bytes: Vec<u8> = (0..200).map(|i| (i * 7 + 3) as u8).collect();
        let mut chain = Sha256::new();
        for length in 0..=200 {
            chain.update(&sha256(&bytes[..length]));
        }
        assert_eq!(hex(chain.finish()), "3275febb4612d86d586eb9f11cd21e648a9fc7d95e0f6b8d362786e28c9c5b79");
    }

    #[test]
    fn pieces_hash_as_the_whole() {
        let bytes: Vec<u8> = (0..200).map(|i| (i * 31 + 1) as u8).collect();
        for first in 0..=130 {
            for second in (first..=200).step_by(7) {
                let mut hash = Sha256::default();
                hash.update(&bytes[..first]);
                hash.update(&bytes[first..second]);
                hash.update(&bytes[second..]);
                assert_eq!(hash.finish(), sha256(&bytes), "cut at {first} and {second}");
            }
        }
    }
}
