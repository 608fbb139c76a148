"""BLAKE3 in key derivation mode, output of 32 bytes."""

import struct

_IV = (0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19)
_ORDER = (2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8)
_CHUNK_START, _CHUNK_END, _PARENT, _ROOT = 1, 2, 4, 8
_CONTEXT, _MATERIAL = 32, 64
_M = 0xFFFFFFFF
_QUARTERS = (
    (0, 4, 8, 12),
    (1, 5, 9, 13),
    (2, 6, 10, 14),
    (3, 7, 11, 15),
    (0, 5, 10, 15),
    (1, 6, 11, 12),
    (2, 7, 8, 13),
    (3, 4, 9, 14),
)


def _schedule():
    order = tuple(range(16))
    rounds = []
    for _ in range(7):
        rounds += [(q, order[2 * i], order[2 * i + 1]) for i, q in enumerate(_QUARTERS)]
        order = tuple(order[i] for i in _ORDER)
    return [(*q, x, y) for q, x, y in rounds]


_STEPS = _schedule()


def _compress(chaining, block, counter, length, flags):
    v = [*chaining, *_IV[:4], counter & _M, counter >> 32, length, flags]
    for a, b, c, d, x, y in _STEPS:
        va = (v[a] + v[b] + block[x]) & _M
        vd = v[d] ^ va
        vd = (vd >> 16 | vd << 16) & _M
        vc = (v[c] + vd) & _M
        vb = v[b] ^ vc
        vb = (vb >> 12 | vb << 20) & _M
        va = (va + vb + block[y]) & _M
        vd ^= va
        vd = (vd >> 8 | vd << 24) & _M
        vc = (vc + vd) & _M
        vb ^= vc
        v[a], v[b], v[c], v[d] = va, (vb >> 7 | vb << 25) & _M, vc, vd
    return tuple(v[i] ^ v[i + 8] for i in range(8))


def _chunk(key, data, counter, flags, last):
    """The last chaining value of a chunk; ``last`` are flags of its last block."""
    chaining = key
    count = max(1, (len(data) + 63) // 64)
    for i in range(count):
        block = data[64 * i : 64 * i + 64]
        words = struct.unpack("<16I", block.ljust(64, b"\0"))
        extra = (_CHUNK_START if i == 0 else 0) | (_CHUNK_END | last if i == count - 1 else 0)
        chaining = _compress(chaining, words, counter, len(block), flags | extra)
    return chaining


def _tree(key, data, first, flags, last):
    """The chaining value of a subtree, its last compression with the flags ``last``."""
    chunks = max(1, (len(data) + 1023) // 1024)
    if chunks == 1:
        return _chunk(key, data, first, flags, last)
    left = 1 << (chunks - 1).bit_length() - 1
    children = _tree(key, data[: 1024 * left], first, flags, 0) + _tree(
        key, data[1024 * left :], first + left, flags, 0
    )
    return _compress(key, children, 0, 64, flags | _PARENT | last)


def key(context):
    """The key of a context."""
    return _tree(_IV, context.encode(), 0, _CONTEXT, _ROOT)


def derive(context_key, data):
    """The hash of bytes under a context's key: 32 bytes."""
    return struct.pack("<8I", *_tree(context_key, data, 0, _MATERIAL, _ROOT))
