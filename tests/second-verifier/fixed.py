"""The fixed tables' commitments (section 8), computed from what the tables hold."""

from field import P, reverse, root
from rejection import require


def bits_columns():
    rows = [(k, v, 1 << k) for k in range(17) for v in range(1 << k)]
    rows.append(rows[-1])
    return list(zip(*rows))


def bytes_columns():
    return list(zip(*[(a, b, a & b) for a in range(256) for b in range(256)]))


def _transform(values, generator):
    """The values of a polynomial with these coefficients at 1, g, g^2, ..."""
    n = len(values)
    bits = n.bit_length() - 1
    out = [values[reverse(i, bits)] for i in range(n)]
    half = 1
    while half < n:
        step = pow(generator, n // (2 * half), P)
        roots = [1]
        for _ in range(half - 1):
            roots.append(roots[-1] * step % P)
        for block in range(0, n, 2 * half):
            for j in range(half):
                x = out[block + j]
                y = out[block + half + j] * roots[j] % P
                out[block + j] = (x + y) % P
                out[block + half + j] = (x - y) % P
        half *= 2
    return out


def codeword(column):
    """A column's polynomial on the coset 3 H, twice as many values, in bit-reversed order."""
    n = len(column)
    log = n.bit_length() - 1
    coefficients = _transform(column, pow(root(log), P - 2, P))
    factor = pow(n, P - 2, P)
    shifted = []
    for coefficient in coefficients:
        shifted.append(coefficient * factor % P)
        factor = factor * 3 % P
    values = _transform(shifted + [0] * n, root(log + 1))
    return [values[reverse(i, log + 1)] for i in range(2 * n)]


def commitment(suite, tables):
    """The 64 digests of the cap over the tables' codewords."""
    matrices = [[codeword(column) for column in table] for table in tables]
    heights = [len(table[0]).bit_length() for table in tables]

    def leaf(matrix, row):
        return suite.leaf(tuple(column[row] for column in matrix))

    level = max(heights)
    nodes = [leaf(matrices[heights.index(level)], row) for row in range(1 << level)]
    while level > 6:
        level -= 1
        nodes = [suite.node(nodes[i], nodes[i + 1]) for i in range(0, len(nodes), 2)]
        if level in heights:
            matrix = matrices[heights.index(level)]
            nodes = [suite.inject(node, leaf(matrix, row)) for row, node in enumerate(nodes)]
    return nodes


def check(machine):
    """Compares the commitments in docs/tables.json with what the tables hold."""
    tables = [bits_columns(), bytes_columns()]
    for key in machine.keys.values():
        require(commitment(key.suite, tables) == key.cap, "the fixed tables' commitment is another: " + key.suite.name)
        print("as computed:", key.suite.name, flush=True)
