"""The provable bits of a segment's proof (docs/security.md, with the figures of section 10)."""

import math

from field import P
from suites import POSEIDON2

LOG_E = 6 * math.log2(P)
SLACK = 2.0**-30
DEGREE, PIECES, VERIFIER_MESSAGES, POINTS = 3, 2, 4, 2


class Regime:
    """1 - theta, L, and bad challenges on the largest domain."""

    def __init__(self, agreement, lists, bad):
        self.agreement = agreement
        self.lists = lists
        self.bad = bad


def unique_decoding(rows, domain):
    agreement = (1 + (rows + 1) / domain) / 2
    return Regime(agreement, 1, (1 - agreement) * domain + 1)


def johnson(m, rows, domain):
    """None where the list is not bounded."""
    rate = rows / domain
    raised = math.sqrt((rows + 1) / domain)
    agreement = math.sqrt(rate) * (1 + 1 / (2 * m))
    excess = agreement / raised - 1
    if agreement >= 1 or excess < 1e-6:
        return None
    lists = (math.ceil(0.5 / excess + 1e-6) + 0.5) / raised
    h = m + 0.5
    bad = (2 * h**5 + 3 * h * (1 - agreement) * rate) * domain / (3 * rate**1.5) + h / math.sqrt(rate)
    return Regime(agreement, lists, bad)


def rounds(shape, regime):
    """The bits of every round."""
    parameters = shape.parameters
    rows = 1 << shape.openings.largest - parameters.blowup
    domain = 1 << shape.openings.largest
    messages = VERIFIER_MESSAGES
    constraints = 0
    for table, height in zip(shape.tables, shape.heights):
        messages += len(table.messages) << height
        constraints += len(table.constraints) + table.steps + 2 * table.accumulators
    log_lists = math.log2(regime.lists)
    yield LOG_E - log_lists - math.log2(messages) - math.log2(shape.machine.widest + 2)
    yield LOG_E - log_lists - math.log2(constraints + len(shape.tables))
    degree = max(DEGREE * (rows + POINTS - 1) + rows - 1, (PIECES + 1) * rows + POINTS - 1)
    yield math.log2(P**6 - rows - domain) - log_lists - math.log2(degree)
    log_bad = math.log2(regime.bad)
    yield LOG_E - math.log2(shape.openings.openings - 1) - log_bad
    for size, k in shape.openings.folds:
        entering = size - k in shape.openings.sizes
        yield LOG_E - math.log2((1 << k) if entering else (1 << k) - 1) - log_bad
    work = ((P - 1 >> parameters.grinding) + 1) / P
    yield -parameters.queries * math.log2(regime.agreement + P % domain / P) - math.log2(work)
    yield min(parameters.suite.collision_bits, POSEIDON2.collision_bits) + SLACK


def bits(shape):
    """The provable bits, rounded down."""
    blowup = shape.parameters.blowup
    rows, domain = 1 << shape.openings.largest - blowup, 1 << shape.openings.largest
    regimes = [unique_decoding(rows, domain)] + [johnson(m, rows, domain) for m in range(1, 1001)]
    best = 0
    for regime in regimes:
        if regime is None or regime.agreement >= 1:
            continue
        if any((1 << size - blowup) + POINTS >= regime.agreement * (1 << size) for size in shape.openings.sizes):
            continue
        best = max(best, min(rounds(shape, regime)) - SLACK)
    return math.floor(best)
