"""Commitments and their openings (section 6)."""

from typing import NamedTuple

from field import ONE, P, ZERO, add, embed, inverse, mul, powers, reverse, root, scale, sub
from rejection import require


class Parameters(NamedTuple):
    suite: object
    blowup: int
    queries: int
    grinding: int
    cap: int
    final: int
    arity: int


class Matrix(NamedTuple):
    height: int  # n: the trace has 2^n rows
    width: int
    points: int  # 1: opened at zeta; 2: at the next row's point, too


class Commitment(NamedTuple):
    suite: object
    cap: int  # 2^cap digests
    matrices: tuple


class Tree:
    """The shape of a tree over codewords: (logarithm of the height, width) of each matrix."""

    def __init__(self, suite, cap_log, matrices):
        self.suite = suite
        self.cap_log = cap_log
        self.matrices = matrices
        self.height = max(height for height, _ in matrices)
        # Opened rows: taller matrices first, equally tall ones as listed.
        self.order = sorted(range(len(matrices)), key=lambda i: -matrices[i][0])
        self.size = 4 * sum(width for _, width in matrices) + suite.size * (self.height - cap_log)

    def open(self, reader, cap, index):
        """Reads an opening and checks it against the cap: each matrix's row."""
        rows = {i: reader.row(self.matrices[i][1]) for i in self.order}
        path = [reader.digest(self.suite) for _ in range(self.height - self.cap_log)]
        node = self._leaf(rows, self.height)
        level = self.height
        for sibling in path:
            node = self.suite.node(sibling, node) if index & 1 else self.suite.node(node, sibling)
            index >>= 1
            level -= 1
            row = self._leaf(rows, level)
            if row is not None:
                node = self.suite.inject(node, row)
        require(node == cap[index], "an opened row is not in its commitment")
        return [rows[i] for i in range(len(self.matrices))]

    def _leaf(self, rows, level):
        joined = ()
        for i in self.order:
            if self.matrices[i][0] == level:
                joined += rows[i]
        return self.suite.leaf(joined) if joined else None


def schedule(parameters, sizes):
    """The folds as (l, k), for codewords of these logarithmic sizes."""
    folds = []
    size = max(sizes)
    end = parameters.final + parameters.blowup
    while size > end:
        below = [m for m in sizes if m < size]
        fold = min(parameters.arity, size - max([end, *below]))
        folds.append((size, fold))
        size -= fold
    return folds


class Shape:
    """What is opened, and all that follows from it."""

    def __init__(self, parameters, commitments):
        self.parameters = parameters
        self.commitments = commitments
        blowup = parameters.blowup
        self.trees = [
            Tree(c.suite, c.cap, [(m.height + blowup, m.width) for m in c.matrices]) for c in commitments
        ]
        self.sizes = sorted({m.height + blowup for c in commitments for m in c.matrices})
        self.largest = self.sizes[-1]
        self.folds = schedule(parameters, self.sizes)
        self.fold_trees = [Tree(parameters.suite, parameters.cap, [(l - k, 6 << k)]) for l, k in self.folds]
        self.openings = sum(m.width * m.points for c in commitments for m in c.matrices)
        cap = parameters.suite.size << parameters.cap
        query = sum(tree.size for tree in self.trees + self.fold_trees)
        self.size = 24 * self.openings + cap * len(self.folds) + (24 << parameters.final) + 4
        self.size += parameters.queries * query


def read_openings(shape, reader, transcript):
    """Step 1: opened[commitment][matrix][point] is a list of values."""
    opened = []
    for commitment in shape.commitments:
        opened.append([])
        for matrix in commitment.matrices:
            opened[-1].append([])
            for _ in range(matrix.points):
                values = [reader.extension() for _ in range(matrix.width)]
                for value in values:
                    transcript.extension(value)
                opened[-1][-1].append(values)
    return opened


class Reduced:
    """A reduced codeword G_m: for each point and matrix, where its powers of lambda begin and the values' sum."""

    def __init__(self):
        self.count = 0
        self.terms = []


def combine(shape, opened, zeta, weights):
    """Step 2: for each m its terms (point, commitment, matrix, first power, sum of lambda^j v_j)."""
    reduced = {}
    for c, commitment in enumerate(shape.commitments):
        for i, matrix in enumerate(commitment.matrices):
            entry = reduced.setdefault(matrix.height + shape.parameters.blowup, Reduced())
            for point in range(matrix.points):
                z = scale(zeta, root(matrix.height)) if point else zeta
                total = ZERO
                for j, value in enumerate(opened[c][i][point]):
                    total = add(total, mul(weights[entry.count + j], value))
                entry.terms.append((z, c, i, entry.count, total))
                entry.count += matrix.width
    return reduced


def _weighted(weights, first, row):
    """The sum of lambda^(first + j) times the row's element j."""
    used = weights[first : first + len(row)]
    return tuple(sum(w[k] * x for w, x in zip(used, row)) % P for k in range(6))


def reduced_at(entry, size, place, rows, weights):
    """G_m at a place."""
    x = embed(3 * pow(root(size), reverse(place, size), P) % P)
    value = ZERO
    for z, c, i, first, total in entry.terms:
        difference = sub(total, _weighted(weights, first, rows[c][i]))
        value = add(value, mul(difference, inverse(sub(z, x))))
    return value


def fold(values, size, k, row, beta):
    """What row number ``row`` of a codeword of 2^size becomes: its polynomial's value at beta."""
    s = 1
    for t in range(size - k):
        if row >> t & 1:
            s = s * root(k + 1 + t) % P
    ratio = scale(beta, pow(s, P - 2, P))
    backwards = pow(root(k), P - 2, P)
    result = ZERO
    weight = ONE
    for j in range(1 << k):
        coefficient = ZERO
        for t, value in enumerate(values):
            coefficient = add(coefficient, scale(value, pow(backwards, reverse(t, k) * j, P)))
        result = add(result, mul(weight, coefficient))
        weight = mul(weight, ratio)
    return scale(result, pow(1 << k, P - 2, P))


def evaluate(coefficients, y):
    """A polynomial at an element of K."""
    value = ZERO
    for coefficient in reversed(coefficients):
        value = add(scale(value, y), coefficient)
    return value


def verify(shape, caps, opened, zeta, reader, transcript):
    """Everything from lambda on."""
    parameters = shape.parameters
    weights = powers(transcript.challenge(), max_openings(shape))
    reduced = combine(shape, opened, zeta, weights)
    layers = []
    for (size, k), tree in zip(shape.folds, shape.fold_trees):
        cap = []
        for _ in range(1 << parameters.cap):
            cap.append(reader.digest(parameters.suite))
            transcript.digest(parameters.suite, cap[-1])
        layers.append((size, k, tree, cap, transcript.challenge()))
    last = []
    for _ in range(1 << parameters.final):
        last.append(reader.extension())
        transcript.extension(last[-1])
    transcript.number(reader.row(1)[0])
    require(transcript.index(parameters.grinding) == 0, "the proof of work is missing")
    for index in [transcript.index(shape.largest) for _ in range(parameters.queries)]:
        query(shape, caps, reduced, weights, layers, last, index, reader)


def max_openings(shape):
    """The most openings of one height."""
    counts = {}
    for commitment in shape.commitments:
        for matrix in commitment.matrices:
            counts[matrix.height] = counts.get(matrix.height, 0) + matrix.width * matrix.points
    return max(counts.values())


def query(shape, caps, reduced, weights, layers, last, index, reader):
    """Step 6 and its checks, for one index."""
    largest = shape.largest
    rows = [tree.open(reader, cap, index >> (largest - tree.height)) for tree, cap in zip(shape.trees, caps)]
    value = reduced_at(reduced[largest], largest, index, rows, weights)
    end = largest
    for size, k, tree, cap, beta in layers:
        number = index >> (largest - size + k)
        row = tree.open(reader, cap, number)[0]
        values = [row[i : i + 6] for i in range(0, len(row), 6)]
        place = index >> (largest - size)
        require(values[place & ((1 << k) - 1)] == value, "a codeword is not what the one before folds to")
        value = fold(values, size, k, number, beta)
        end = size - k
        if end in reduced:
            entering = reduced_at(reduced[end], end, number, rows, weights)
            value = add(value, mul(powers(beta, (1 << k) + 1)[-1], entering))
    place = index >> (largest - end)
    y = pow(root(end), reverse(place, end), P)
    require(evaluate(last, y) == value, "the last polynomial is not what the last codeword folds to")
