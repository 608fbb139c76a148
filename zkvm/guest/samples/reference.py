"""Keccak-256, its Merkle trees and Ed25519, written for clarity: what the samples' answers are computed with."""

import hashlib

# --- Keccak-256 (the Keccak reference, with lanes as A[x][y]) ---


def _rotl(value: int, n: int) -> int:
    n %= 64
    return (value << n | value >> (64 - n)) & (1 << 64) - 1


def _rc_bit(t: int) -> int:
    register = 1
    for _ in range(t % 255):
        register <<= 1
        if register & 0x100:
            register ^= 0x171
    return register & 1


ROUND_CONSTANTS = [sum(_rc_bit(j + 7 * i) << (2**j - 1) for j in range(7)) for i in range(24)]


def _permute(a: list[list[int]]) -> list[list[int]]:
    for constant in ROUND_CONSTANTS:
        c = [a[x][0] ^ a[x][1] ^ a[x][2] ^ a[x][3] ^ a[x][4] for x in range(5)]
        d = [c[x - 1] ^ _rotl(c[(x + 1) % 5], 1) for x in range(5)]
        a = [[lane ^ d[x] for lane in a[x]] for x in range(5)]
        b = [[0] * 5 for _ in range(5)]
        b[0][0] = a[0][0]
        x, y = 1, 0
        for t in range(24):
            b[y][(2 * x + 3 * y) % 5] = _rotl(a[x][y], (t + 1) * (t + 2) // 2)
            x, y = y, (2 * x + 3 * y) % 5
        a = [[b[x][y] ^ (~b[(x + 1) % 5][y] & b[(x + 2) % 5][y]) for y in range(5)] for x in range(5)]
        a[0][0] ^= constant
    return a


def keccak256(data: bytes) -> bytes:
    rate = 136
    padded = bytearray(data + bytes(rate - len(data) % rate))
    padded[len(data)] ^= 0x01
    padded[-1] ^= 0x80
    a = [[0] * 5 for _ in range(5)]
    for at in range(0, len(padded), rate):
        for i in range(rate // 8):
            a[i % 5][i // 5] ^= int.from_bytes(padded[at + 8 * i : at + 8 * i + 8], "little")
        a = _permute(a)
    return b"".join(a[i][0].to_bytes(8, "little") for i in range(4))


assert keccak256(b"").hex() == "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
assert keccak256(b"abc").hex() == "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"


class MerkleTree:
    """A tree of which only the leaves that differ from `empty` are stored."""

    def __init__(self, depth: int, empty: bytes):
        self.depth = depth
        self.defaults = [keccak256(b"\0" + empty)]
        for _ in range(depth):
            self.defaults.append(keccak256(b"\1" + self.defaults[-1] * 2))
        self.levels: list[dict[int, bytes]] = [{} for _ in range(depth + 1)]

    def _node(self, level: int, index: int) -> bytes:
        return self.levels[level].get(index, self.defaults[level])

    def set(self, index: int, leaf: bytes) -> None:
        self.levels[0][index] = keccak256(b"\0" + leaf)
        for level in range(self.depth):
            index >>= 1
            pair = self._node(level, 2 * index) + self._node(level, 2 * index + 1)
            self.levels[level + 1][index] = keccak256(b"\1" + pair)

    def root(self) -> bytes:
        return self._node(self.depth, 0)

    def path(self, index: int) -> bytes:
        return b"".join(self._node(level, (index >> level) ^ 1) for level in range(self.depth))


# --- Ed25519 (RFC 8032), in affine coordinates ---

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def _recover_x(y: int, odd: int) -> int | None:
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    if x * x % P != square or (x == 0 and odd):
        return None
    return P - x if x % 2 != odd else x


def _add(p: tuple[int, int], q: tuple[int, int]) -> tuple[int, int]:
    (x1, y1), (x2, y2) = p, q
    t = D * x1 * x2 * y1 * y2 % P
    return (x1 * y2 + y1 * x2) * pow(1 + t, -1, P) % P, (y1 * y2 + x1 * x2) * pow(1 - t, -1, P) % P


def _times(n: int, p: tuple[int, int]) -> tuple[int, int]:
    result = (0, 1)
    for bit in bin(n)[2:]:
        result = _add(result, result)
        if bit == "1":
            result = _add(result, p)
    return result


BASE = (_recover_x(4 * pow(5, -1, P) % P, 0), 4 * pow(5, -1, P) % P)


def encode_point(p: tuple[int, int]) -> bytes:
    return (p[1] | (p[0] & 1) << 255).to_bytes(32, "little")


def decode_point(data: bytes) -> tuple[int, int] | None:
    value = int.from_bytes(data, "little")
    y, odd = value % 2**255, value >> 255
    x = _recover_x(y, odd) if y < P else None
    return None if x is None else (x, y)


def _hash(*parts: bytes) -> int:
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little")


def ed25519_sign(secret: bytes, message: bytes) -> tuple[bytes, bytes]:
    """Public key and signature."""
    digest = hashlib.sha512(secret).digest()
    a = int.from_bytes(digest[:32], "little") & (1 << 254) - 8 | 1 << 254
    key = encode_point(_times(a, BASE))
    r = _hash(digest[32:], message) % L
    encoded = encode_point(_times(r, BASE))
    s = (r + _hash(encoded, key, message) * a) % L
    return key, encoded + s.to_bytes(32, "little")


def ed25519_verify(key: bytes, signature: bytes, message: bytes) -> bool:
    s = int.from_bytes(signature[32:], "little")
    a, r = decode_point(key), decode_point(signature[:32])
    if s >= L or a is None or r is None:
        return False
    return _times(s, BASE) == _add(r, _times(_hash(signature[:32], key, message) % L, a))
