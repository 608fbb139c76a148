"""Receipts (sections 3 and 10)."""

import hashlib
from typing import NamedTuple

import poseidon2
import proof
import security
from opening import Parameters
from reader import Reader
from rejection import Rejected, require
from suites import ALL, POSEIDON2


class Segment(NamedTuple):
    end_row: int
    end_root: tuple
    cycles: int
    shape: proof.ProofShape
    proof: bytes


class Receipt(NamedTuple):
    parameters: Parameters
    key: str
    height: int
    entry: int
    program_cap: list
    program_half: tuple
    input_half: tuple
    exit_code: int
    journal: bytes
    segments: list


class Policy(NamedTuple):
    """``bits`` is None where proofs are to be checked whatever they are worth; so may the others be."""

    bits: object = 128
    exit_code: object = 0
    input_half: object = None


def read(machine, data):
    """Reads a receipt; rejects what is none."""
    reader = Reader(data)
    require(reader.take(4, "the magic") == b"AVER", "not a receipt")
    reader.number(2, "the format's version", 1, 1)
    reader.number(1, "the kind", 1, 1)
    reader.number(1, "the machine's version", machine.version, machine.version)
    suite = ALL[reader.number(1, "the suite", 0, 1)]
    blowup = reader.number(1, "b", 1, 1)
    queries = reader.number(2, "the queries", 1, 1024)
    grinding = reader.number(1, "the grinding", 0, 24)
    cap = reader.number(1, "capLog", 0, 6 + blowup)
    final = reader.number(1, "f", max(cap - blowup, 0), 6)
    parameters = Parameters(suite, blowup, queries, grinding, cap, final, reader.number(1, "a", 1, 3))
    key = reader.take(32, "the key's digest").hex()
    height = reader.number(1, "the program's height", proof.MIN_HEIGHT, proof.MAX_HEIGHT)
    entry = reader.number(4, "the entry", 0, (1 << height) - 1)
    program_cap = [reader.digest(POSEIDON2) for _ in range(1 << proof.KNOWN_CAP)]
    program_half = reader.digest(POSEIDON2)
    input_half = reader.digest(POSEIDON2)
    exit_code = reader.number(4, "the exit code")
    journal = reader.take(reader.number(4, "the journal's length", 0, len(data)), "the journal")
    count = reader.number(4, "the number of segments", 1, len(data))
    segments = []
    for i in range(count):
        segments.append(read_segment(machine, parameters, height, reader))
        require(i < count - 1 or segments[-1].end_row == 0, "the last segment does not end in row 0")
    reader.end()
    return Receipt(
        parameters, key, height, entry, program_cap, program_half, input_half, exit_code, journal, segments
    )


def read_segment(machine, parameters, height, reader):
    end_row = reader.number(4, "the end row", 0, (1 << height) - 1)
    end_root = reader.digest(POSEIDON2)
    cycles = reader.number(4, "the cycles", 1, (1 << 22) - 1)
    tables = [tuple(reader.take(3, "a table")) for _ in range(reader.number(1, "the number of tables"))]
    proof.check_tables(machine, tables)
    shape = proof.ProofShape(machine, parameters, tables)
    require(shape.program_height == height, "the program's table is not as high as its commitment")
    return Segment(end_row, end_root, cycles, shape, reader.take(shape.size, "a proof"))


def image_id(machine, receipt):
    elements = [machine.version, receipt.height, receipt.entry]
    for digest in receipt.program_cap:
        elements += digest
    return poseidon2.sponge(poseidon2.IMAGE, elements + list(receipt.program_half))


def start_root(program_half, input_half):
    """The root of memory at the start, and registers that are zero."""
    registers = poseidon2.page([0] * 64)
    for _ in range(23):
        registers = POSEIDON2.node(registers, registers)
    return POSEIDON2.node(POSEIDON2.node(program_half, input_half), registers)


def result(receipt):
    """What the halt says: the exit code's limbs and those of the journal's digest."""
    data = receipt.exit_code.to_bytes(4, "little") + hashlib.sha256(receipt.journal).digest()
    return tuple(int.from_bytes(data[i : i + 2], "little") for i in range(0, len(data), 2))


def verify(machine, data, demanded=None, policy=Policy()):
    """Verifies a receipt about a program (any, if None); returns the image id, exit code, journal, cycles, bits."""
    receipt = read(machine, data)
    key = machine.keys[receipt.parameters.suite.name]
    require(receipt.key == key.digest, "another verifying key")
    identity = image_id(machine, receipt)
    require(demanded is None or demanded == POSEIDON2.encode(identity).hex(), "another program")
    require(policy.exit_code is None or policy.exit_code == receipt.exit_code, "exit code %d" % receipt.exit_code)
    require(policy.input_half is None or policy.input_half == POSEIDON2.encode(receipt.input_half).hex(), "another input")
    bits = min(security.bits(segment.shape) for segment in receipt.segments)
    require(policy.bits is None or policy.bits <= bits, "%d provable bits" % bits)
    row, memory = receipt.entry, start_root(receipt.program_half, receipt.input_half)
    for number, segment in enumerate(receipt.segments):
        halted = number == len(receipt.segments) - 1
        claim = proof.Claim(
            identity,
            row,
            memory,
            segment.end_row,
            segment.end_root,
            int(halted),
            result(receipt) if halted else (0,) * 18,
            segment.cycles,
        )
        try:
            proof.verify(segment.shape, key, receipt.program_cap, claim, Reader(segment.proof))
        except Rejected as rejected:
            raise Rejected("segment %d: %s" % (number, rejected)) from rejected
        row, memory = segment.end_row, segment.end_root
    cycles = sum(segment.cycles for segment in receipt.segments)
    return POSEIDON2.encode(identity).hex(), receipt.exit_code, receipt.journal, cycles, bits
