"""K and E (section 1). An element of K is a canonical int, one of E a tuple of six, that of 1 first."""

from rejection import Rejected

P = 0x7F000001
TWO_ADICITY = 24

ZERO = (0, 0, 0, 0, 0, 0)
ONE = (1, 0, 0, 0, 0, 0)
Z = (0, 1, 0, 0, 0, 0)


def root(k):
    """The root of unity of order 2^k."""
    return pow(3, 127 << (TWO_ADICITY - k), P)


def reverse(i, bits):
    """i with the order of its bits reversed."""
    return int(format(i, "b").zfill(bits)[::-1], 2) if bits else 0


def embed(a):
    """An element of K as one of E."""
    return (a, 0, 0, 0, 0, 0)


def add(a, b):
    return (
        (a[0] + b[0]) % P,
        (a[1] + b[1]) % P,
        (a[2] + b[2]) % P,
        (a[3] + b[3]) % P,
        (a[4] + b[4]) % P,
        (a[5] + b[5]) % P,
    )


def sub(a, b):
    return (
        (a[0] - b[0]) % P,
        (a[1] - b[1]) % P,
        (a[2] - b[2]) % P,
        (a[3] - b[3]) % P,
        (a[4] - b[4]) % P,
        (a[5] - b[5]) % P,
    )


def scale(a, k):
    """a times an element of K."""
    return (a[0] * k % P, a[1] * k % P, a[2] * k % P, a[3] * k % P, a[4] * k % P, a[5] * k % P)


def mul(a, b):
    a0, a1, a2, a3, a4, a5 = a
    b0, b1, b2, b3, b4, b5 = b
    c6 = a1 * b5 + a2 * b4 + a3 * b3 + a4 * b2 + a5 * b1
    c7 = a2 * b5 + a3 * b4 + a4 * b3 + a5 * b2
    c8 = a3 * b5 + a4 * b4 + a5 * b3
    c9 = a4 * b5 + a5 * b4
    c10 = a5 * b5
    # z^6 = -z^3 - 1, z^7 = -z^4 - z, z^8 = -z^5 - z^2, z^9 = 1, z^10 = z.
    return (
        (a0 * b0 - c6 + c9) % P,
        (a0 * b1 + a1 * b0 - c7 + c10) % P,
        (a0 * b2 + a1 * b1 + a2 * b0 - c8) % P,
        (a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 - c6) % P,
        (a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0 - c7) % P,
        (a0 * b5 + a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + a5 * b0 - c8) % P,
    )


def power(a, n):
    result = ONE
    while n:
        if n & 1:
            result = mul(result, a)
        a = mul(a, a)
        n >>= 1
    return result


def conjugate(a, i):
    """The i-th power of the Frobenius map: z -> z^(2^i mod 9)."""
    out = [0] * 9
    for j in range(6):
        out[j * pow(2, i, 9) % 9] += a[j]
    for j in (6, 7, 8):
        out[j - 3] -= out[j]
        out[j - 6] -= out[j]
    return tuple(x % P for x in out[:6])


def inverse(a):
    """1/a; a divisor that is 0 is a rejection."""
    if a == ZERO:
        raise Rejected("a divisor is 0")
    others = ONE
    for i in range(1, 6):
        others = mul(others, conjugate(a, i))
    norm = mul(a, others)
    assert norm[1:] == (0, 0, 0, 0, 0)
    return scale(others, pow(norm[0], P - 2, P))


def powers(a, count):
    """1, a, a^2, ..."""
    result = []
    current = ONE
    for _ in range(count):
        result.append(current)
        current = mul(current, a)
    return result


def extension(coordinates):
    """The value of a column over E from those of its six columns over K, which lie in E themselves."""
    value = ZERO
    for coordinate in reversed(coordinates):
        value = add(mul(value, Z), coordinate)
    return value
