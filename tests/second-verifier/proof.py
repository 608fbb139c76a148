"""A segment's proof (sections 7 and 9)."""

from typing import NamedTuple

import machine as m
from field import ONE, P, ZERO, add, embed, extension, inverse, mul, power, powers, root, scale, sub
from opening import Commitment, Matrix, Shape, read_openings, verify as verify_openings
from rejection import require
from suites import POSEIDON2
from transcript import transcript as new_transcript

EVERY, FIRST, LAST, TRANSITION = range(4)
MIN_HEIGHT, MAX_HEIGHT = 6, 22
KNOWN_CAP = 6  # of the commitments that are known before a proof: 64 digests


class Claim(NamedTuple):
    image_id: tuple
    start_row: int
    start_root: tuple
    end_row: int
    end_root: tuple
    halted: int
    result: tuple
    cycles: int


def check_tables(machine, tables):
    """Rejects a list of (number, instance, n) that no proof may have."""
    previous = -1
    for number, instance, height in tables:
        require(number < len(machine.tables), "no table %d" % number)
        table = machine.tables[number]
        require(instance < table.instances, "instance %d of %s" % (instance, table.name))
        place = 2 * number + instance
        require(place > previous, "the tables are not in order: %s" % table.name)
        require(instance == 0 or previous == place - 1, "a second %s without a first" % table.name)
        previous = place
        fixed = table.log_height
        low, high = (fixed, fixed) if fixed else (MIN_HEIGHT, MAX_HEIGHT)
        require(low <= height <= high, "%s has 2^%d rows" % (table.name, height))
    present = {number for number, _, _ in tables}
    for number, table in enumerate(machine.tables):
        require(number in present or not table.mandatory, "%s is missing" % table.name)
    for name, bus in machine.buses.items():
        messages = 2 + sum(machine.tables[t].weight(bus) << n for t, _, n in tables)
        require(messages < P, "too many messages on %s" % name)
    cycles = sum(machine.tables[t].cycles << n for t, _, n in tables)
    require(cycles < P, "room for more than p cycles")


class ProofShape:
    """What follows from parameters and tables."""

    def __init__(self, machine, parameters, tables):
        self.machine = machine
        self.parameters = parameters
        self.instances = tables
        self.tables = [machine.tables[number] for number, _, _ in tables]
        self.heights = [height for _, _, height in tables]
        self.highest = max(self.heights)
        suite = parameters.suite
        self.program_height = next(n for t, _, n in tables if t == machine.numbers["program"])
        fixed = [machine.tables[machine.numbers[name]] for name in ("bits", "bytes")]
        program = machine.tables[machine.numbers["program"]]
        main, permutation = [], []
        self.steps, self.accumulators = [], []
        for table, height in zip(self.tables, self.heights):
            main.append(Matrix(height, table.width, 2 if table.reads_next else 1))
            self.steps.append(None)
            if table.steps > 0:
                self.steps[-1] = len(permutation)
                permutation.append(Matrix(height, 6 * table.steps, 1))
            self.accumulators.append(len(permutation))
            permutation.append(Matrix(height, 6 * table.accumulators, 2))
        self.openings = Shape(
            parameters,
            [
                Commitment(suite, KNOWN_CAP, tuple(Matrix(table.log_height, table.preprocessed, 1) for table in fixed)),
                Commitment(POSEIDON2, KNOWN_CAP, (Matrix(self.program_height, program.preprocessed, 1),)),
                Commitment(suite, parameters.cap, tuple(main)),
                Commitment(suite, parameters.cap, tuple(permutation)),
                Commitment(suite, parameters.cap, (Matrix(self.highest, 12, 1),)),
            ],
        )
        totals = sum(table.accumulators for table in self.tables)
        self.size = 3 * (suite.size << parameters.cap) + 24 * totals + self.openings.size


class Buses:
    """Denominators of messages."""

    def __init__(self, machine, alpha, beta):
        self.numbers = machine.buses
        self.alpha = alpha
        self.powers = powers(beta, machine.widest + 1)

    def denominator(self, bus, elements):
        total = add(self.alpha, scale(self.powers[-1], bus))
        for weight, element in zip(self.powers, elements):
            total = add(total, mul(weight, element))
        return total


def absorb_header(transcript, shape, key, program_cap, claim):
    parameters = shape.parameters
    transcript.string("Aver 2026-11-22 segment")
    transcript.string(parameters.suite.name)
    for number in parameters[1:]:
        transcript.number(number)
    transcript.string(key.digest)
    transcript.number(shape.program_height)
    for digest in program_cap:
        transcript.digest(POSEIDON2, digest)
    transcript.number(len(shape.instances))
    for instance in shape.instances:
        transcript.absorb(instance)
    transcript.absorb(claim.image_id)
    transcript.number(claim.start_row)
    transcript.absorb(claim.start_root)
    transcript.number(claim.end_row)
    transcript.absorb(claim.end_root)
    transcript.number(claim.halted)
    transcript.absorb(claim.result)
    transcript.number(claim.cycles)


def read_cap(shape, reader, transcript):
    suite = shape.parameters.suite
    cap = []
    for _ in range(1 << shape.parameters.cap):
        cap.append(reader.digest(suite))
        transcript.digest(suite, cap[-1])
    return cap


def check_balance(buses, claim, totals):
    def denominator(bus, *elements):
        return buses.denominator(buses.numbers[bus], [embed(element) for element in elements])

    start = denominator("STATE", claim.start_row, 1, 0)
    end = denominator("STATE", claim.end_row, claim.cycles + 1, claim.halted)
    given = mul(start, inverse(end))
    total = inverse(denominator("NODE", 0, 0, *claim.start_root, *claim.end_root))
    for product, table_sum in totals:
        given = mul(given, product)
        total = add(total, table_sum)
    require(given == ONE, "exchanges do not give what they take")
    result = inverse(denominator("RESULT", *claim.result))
    if claim.halted:
        total = sub(total, result)
    require(total == ZERO, "the buses do not balance")


def run_tape(table, main, following, preprocessed):
    values = []
    for operation, *operands in table.tape:
        a = operands[0]
        if operation == m.CONSTANT:
            values.append(embed(a))
        elif operation == m.MAIN:
            values.append(main[a])
        elif operation == m.MAIN_NEXT:
            values.append(following[a])
        elif operation == m.PREPROCESSED:
            values.append(preprocessed[a])
        elif operation == m.ADD:
            values.append(add(values[a], values[operands[1]]))
        elif operation == m.SUB:
            values.append(sub(values[a], values[operands[1]]))
        else:
            assert operation == m.MUL, operation
            values.append(mul(values[a], values[operands[1]]))
    return values


def product_constraints(table, denominators, steps, running, running_next, selectors, product):
    """Items 2 and 3 of section 7's list."""
    if not table.exchanges:
        return []
    wrapped = add(running_next, mul(sub(product, ONE), selectors[LAST]))
    constraints = []
    before = running
    for i, after in enumerate([*steps[: table.products - 1], wrapped]):
        left, right = after, before
        for exchange in range(2 * i, min(2 * i + 2, table.exchanges)):
            left = mul(left, denominators[2 * exchange])
            right = mul(right, denominators[2 * exchange + 1])
        constraints.append(sub(left, right))
        before = after
    constraints.append(mul(selectors[FIRST], sub(running, ONE)))
    return constraints


def fraction_constraints(terms, fractions, accumulator, accumulator_next, selectors, table_sum):
    """Items 4 to 6 of section 7's list."""
    rest = add(sub(accumulator_next, accumulator), mul(table_sum, selectors[LAST]))
    for column in fractions:
        rest = sub(rest, column)
    constraints = []
    for i, column in enumerate([*fractions, rest]):
        mu, d = terms[2 * i]
        if 2 * i + 1 == len(terms):
            constraints.append(sub(mul(column, d), mu))
            continue
        other_mu, other_d = terms[2 * i + 1]
        numerator = add(mul(mu, other_d), mul(other_mu, d))
        constraints.append(sub(mul(column, mul(d, other_d)), numerator))
    constraints.append(mul(selectors[FIRST], accumulator))
    return constraints


def selectors_at(zeta, height):
    """Z, and the selectors in the order of the rows' numbers."""
    n_inverse = pow(1 << height, P - 2, P)
    last_point = pow(root(height), P - 2, P)
    vanishing = sub(power(zeta, 1 << height), ONE)
    transition = sub(zeta, embed(last_point))
    first = scale(mul(vanishing, inverse(sub(zeta, ONE))), n_inverse)
    last = scale(mul(vanishing, inverse(transition)), n_inverse * last_point % P)
    return vanishing, (ONE, first, last, transition)


def columns(values):
    """Columns over E from their columns over K."""
    return [extension(values[i : i + 6]) for i in range(0, len(values), 6)]


def composition(shape, opened, place, buses, chi, zeta, totals):
    """The composition of a table over its vanishing polynomial, at zeta."""
    table = shape.tables[place]
    main = opened[2][place]
    steps = [] if shape.steps[place] is None else columns(opened[3][shape.steps[place]][0])
    here, there = map(columns, opened[3][shape.accumulators[place]])
    product, table_sum = totals
    preprocessed = []
    if table.preprocessed:
        commitment, matrix = {"program": (1, 0), "bits": (0, 0), "bytes": (0, 1)}[table.name]
        preprocessed = opened[commitment][matrix][0]
    values = run_tape(table, main[0], main[1] if table.reads_next else None, preprocessed)
    vanishing, selectors = selectors_at(zeta, shape.heights[place])
    constraints = [mul(selectors[rows], values[value]) for rows, value in table.constraints]
    terms = []
    for bus, multiplicity, elements, _ in table.messages:
        terms.append((values[multiplicity], buses.denominator(bus, [values[i] for i in elements])))
    denominators = [d for _, d in terms[: 2 * table.exchanges]]
    constraints += product_constraints(table, denominators, steps, here[0], there[0], selectors, product)
    fractions = steps[max(table.products - 1, 0) :]
    others = terms[2 * table.exchanges :]
    constraints += fraction_constraints(others, fractions, here[-1], there[-1], selectors, table_sum)
    total = ZERO
    for constraint in reversed(constraints):
        total = add(mul(total, chi), constraint)
    return mul(total, inverse(vanishing))


def check_quotient(shape, opened, buses, chi, gamma, zeta, totals):
    left = ZERO
    for place in reversed(range(len(totals))):
        left = add(mul(left, gamma), composition(shape, opened, place, buses, chi, zeta, totals[place]))
    low, high = columns(opened[4][0][0])
    right = add(low, mul(power(zeta, 1 << shape.highest), high))
    require(left == right, "the constraints do not hold at zeta")


def verify(shape, key, program_cap, claim, reader):
    """Verifies the claim; rejects if the proof, to the reader's end, does not prove it."""
    transcript = new_transcript(shape.parameters.suite)
    absorb_header(transcript, shape, key, program_cap, claim)
    main_cap = read_cap(shape, reader, transcript)
    alpha = transcript.challenge()
    buses = Buses(shape.machine, alpha, transcript.challenge())
    permutation_cap = read_cap(shape, reader, transcript)
    totals = []
    for table in shape.tables:
        product = ONE
        if table.exchanges:
            product = reader.extension()
            transcript.extension(product)
        table_sum = reader.extension()
        transcript.extension(table_sum)
        totals.append((product, table_sum))
    check_balance(buses, claim, totals)
    chi = transcript.challenge()
    gamma = transcript.challenge()
    quotient_cap = read_cap(shape, reader, transcript)
    zeta = transcript.challenge()
    require(any(zeta[1:]), "zeta lies in K")
    opened = read_openings(shape.openings, reader, transcript)
    check_quotient(shape, opened, buses, chi, gamma, zeta, totals)
    caps = [key.cap, program_cap, main_cap, permutation_cap, quotient_cap]
    verify_openings(shape.openings, caps, opened, zeta, reader, transcript)
    reader.end()
