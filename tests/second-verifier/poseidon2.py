"""The permutation of suite poseidon2-koalabear-24, and the functions made of it (sections 2 and 3)."""

import hashlib

from field import P

WIDTH = 24
FULL = 10
PARTIAL = 28
DIGEST = 9
RATE = 15
TAG_AT = 18
LEAF, NODE, INJECTION, TRANSCRIPT, PAGE, IMAGE = 1, 2, 3, 4, 5, 6


def _grain(count):
    bits = []
    for number, length in ((1, 2), (0, 4), (31, 12), (24, 12), (FULL, 10), (PARTIAL, 10), (2**30 - 1, 30)):
        bits += [number >> i & 1 for i in reversed(range(length))]

    def step():
        bit = bits[62] ^ bits[51] ^ bits[38] ^ bits[23] ^ bits[13] ^ bits[0]
        bits.pop(0)
        bits.append(bit)
        return bit

    for _ in range(160):
        step()
    constants = []
    while len(constants) < count:
        candidate = 0
        taken = 0
        while taken < 31:
            first, second = step(), step()
            if first:
                candidate = candidate << 1 | second
                taken += 1
        if candidate < P:
            constants.append(candidate)
    return constants


CONSTANTS = _grain(WIDTH * FULL + PARTIAL)
assert CONSTANTS[0] == 2103980752
assert hashlib.sha256(b"".join(c.to_bytes(4, "little") for c in CONSTANTS)).hexdigest() == (
    "07f220e24a77c22832c602c99cd04f98fa37c74406d781d135e846a338f12377"
)
_HALF = WIDTH * FULL // 2
_FIRST = [CONSTANTS[i : i + WIDTH] for i in range(0, _HALF, WIDTH)]
_MIDDLE = CONSTANTS[_HALF : _HALF + PARTIAL]
_LAST = [CONSTANTS[i : i + WIDTH] for i in range(_HALF + PARTIAL, len(CONSTANTS), WIDTH)]


def _over(k):
    """1/2^k."""
    return pow(2, P - 1 - k, P)


_V = [-2, 1, 2, _over(1), 3, 4, -_over(1), -3, -4, _over(8), _over(2), _over(3), _over(4), _over(5), _over(6)]
_V += [_over(24), -_over(8), -_over(3), -_over(4), -_over(5), -_over(6), -_over(7), -_over(9), -_over(24)]
_V = [v % P for v in _V]


def _external(s):
    """M_E; the result is not reduced."""
    t = []
    for i in range(0, WIDTH, 4):
        a, b, c, d = s[i : i + 4]
        total = a + b + c + d
        t += [total + a + 2 * b, total + b + 2 * c, total + c + 2 * d, total + d + 2 * a]
    sums = [sum(t[0::4]), sum(t[1::4]), sum(t[2::4]), sum(t[3::4])] * 6
    return [x + y for x, y in zip(t, sums)]


def permute(state):
    """The permutation of 24 elements."""
    s = _external(state)
    for constants in _FIRST:
        s = _external([(x + c) ** 3 % P for x, c in zip(s, constants)])
    for constant in _MIDDLE:
        s[0] = (s[0] + constant) ** 3 % P
        total = sum(s)
        s = [(total + v * x) % P for v, x in zip(_V, s)]
    for constants in _LAST:
        s = _external([(x + c) ** 3 % P for x, c in zip(s, constants)])
    return [x % P for x in s]


assert permute([0] * 24)[:3] == [1522658060, 2023075869, 1518481958]
assert permute(list(range(24)))[:3] == [1549489697, 1392605834, 1810402354]


def start(tag, length=0):
    """A state that is zero but for tag and length."""
    state = [0] * WIDTH
    state[TAG_AT] = tag
    state[TAG_AT + 1] = length
    return state


def sponge(tag, elements):
    """The digest of a list with its length: leaves and the image id."""
    state = start(tag, len(elements))
    for i in range(0, len(elements), RATE):
        block = list(elements[i : i + RATE])
        state = permute(block + [0] * (RATE - len(block)) + state[RATE:])
    return tuple(state[:DIGEST])


def pair(tag, left, right):
    """The digest of two digests: nodes and injections."""
    return tuple(permute(list(left) + list(right) + [tag, 0, 0, 0, 0, 0])[:DIGEST])


def page(words):
    """The digest of a page of 64 words."""
    limbs = [word >> shift & 0xFFFF for word in words for shift in (0, 16, 32, 48)]
    limbs += [0] * (22 * 12 - len(limbs))
    state = start(PAGE)
    for i in range(0, len(limbs), 12):
        state = permute(limbs[i : i + 12] + state[12:])
    return tuple(state[:DIGEST])
