#!/usr/bin/env python3
"""Writes the inputs of the Rust sample and of the self-test, and the answers that are known for them, computed here
without running any guest:

    answers.py               writes manifest.tsv and the files it names
    answers.py --check       fails if those files are not what this script would write

manifest.tsv is one case a line, tab-separated: case, program, SHA-256 of the program, input, exit code (or "trap"),
expected stdout, expected journal in hexadecimal. Paths are relative to zkvm/guest; "-" is nothing.
"""
import hashlib
import math
import struct
import sys
from pathlib import Path
from typing import NamedTuple

GUEST = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(GUEST / "samples"))

import order_book
from order_book import BUY, CANCEL, LIMIT, MARKET, SELL

MALFORMED, PANICKED = 2, 101


class Case(NamedTuple):
    program: str
    name: str
    input: bytes
    stdout: str = ""
    journal: bytes = b""
    exit: int | str = 0


def order_book_cases():
    def case(name, data):
        return Case("order-book", name, data, *order_book.answer(data))

    def records(*fields):
        return b"".join(order_book.RECORD.pack(kind, side, 0, *rest) for kind, side, *rest in fields)

    yield case("day", order_book.orders(1000, 20))
    yield case("empty", b"")
    # Best price first, and at one price the older order first; the second bid is used in part.
    yield case(
        "priority",
        records(
            (LIMIT, BUY, 1, 1, 100, 5),
            (LIMIT, BUY, 2, 2, 101, 5),
            (LIMIT, BUY, 3, 3, 101, 5),
            (LIMIT, BUY, 4, 4, 99, 5),
            (LIMIT, SELL, 5, 5, 100, 12),
        ),
    )
    # The trader's own order gives way; the rest of a market order lapses; a filled order cannot be cancelled.
    yield case(
        "own-orders",
        records(
            (LIMIT, SELL, 1, 1, 50, 5),
            (LIMIT, SELL, 2, 2, 51, 5),
            (MARKET, BUY, 1, 3, 0, 9),
            (CANCEL, BUY, 2, 2, 0, 0),
            (CANCEL, BUY, 1, 1, 0, 0),
        ),
    )
    # Only its owner cancels an order, once, and its number is used up.
    yield case(
        "cancel",
        records(
            (LIMIT, BUY, 1, 7, 10, 5),
            (CANCEL, BUY, 2, 7, 0, 0),
            (CANCEL, BUY, 1, 7, 0, 0),
            (CANCEL, BUY, 1, 7, 0, 0),
            (LIMIT, BUY, 1, 7, 10, 5),
        ),
    )
    # The largest fields there are: 20 trades of (2^32 - 1)^2 leave 64 bits behind.
    largest = 2**32 - 1
    yield case(
        "largest",
        records(
            *((LIMIT, SELL, largest, 2**64 - 1 - i, largest, largest) for i in range(20)),
            *((MARKET, BUY, 0, i, 0, largest) for i in range(20)),
        ),
    )
    yield Case("order-book", "truncated", records((LIMIT, BUY, 1, 1, 100, 5))[:-1], exit=MALFORMED)


def selftest_cases():
    def case(name, stdout="", journal=b"", exit=0, more=""):
        return Case("selftest", name, f"{name}\n{more}".encode(), stdout, journal, exit)

    yield Case("selftest", "return", b"")
    yield case("console", "1 two\n\n" + 255 * "a" + 300 * "b" + "\n")
    text = "".join(f"line {i}\n" for i in range(60))
    whole = f"journal\n{text}".encode()
    yield case("journal", "", whole + hashlib.sha256(whole).digest(), more=text)
    yield case("journal-empty")
    yield case("exit", exit=0xFFFFFF07)
    yield case("exit-journal", "", b"seven", 7)
    yield case("panic", exit=PANICKED)
    yield case("panic-journal", "", b"before", PANICKED)
    yield case("overflow", exit=PANICKED)
    harmonic, product = sum(1 / i for i in range(1, 1000)), math.factorial(30)
    yield case("heap", f"{harmonic:.9f} {product} {product // 1_000_000_007}\n")
    yield case("heap-full", exit=PANICKED)
    yield case("stack-full", exit="trap")
    yield case("unknown", exit=MALFORMED)


def table(cases, files):
    """The manifest's text; the inputs and outputs that it refers to are added to files."""
    lines = ["# case\tprogram\tsha256\tinput\texit\tstdout\tjournal"]
    for case in cases:
        folder = "rust/selftest/cases" if case.program == "selftest" else f"rust/samples/{case.program}/cases"
        program, source, stdout = f"prebuilt/rust-{case.program}.elf", f"{folder}/{case.name}.input", "-"
        files[GUEST / source] = case.input
        if case.stdout:
            stdout = f"{folder}/{case.name}.stdout"
            files[GUEST / stdout] = case.stdout.encode()
        sha256 = hashlib.sha256((GUEST / program).read_bytes()).hexdigest()
        name = f"rust-{case.program}/{case.name}"
        lines.append("\t".join([name, program, sha256, source, str(case.exit), stdout, case.journal.hex() or "-"]))
    return ("\n".join(lines) + "\n").encode()


def main(arguments):
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    files = {}
    files[GUEST / "rust/samples/manifest.tsv"] = table([*order_book_cases(), *selftest_cases()], files)
    stale = [path for path, content in files.items() if not path.exists() or path.read_bytes() != content]
    for path in stale:
        print(("differs: " if arguments else "wrote ") + str(path.relative_to(GUEST)))
        if not arguments:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(files[path])
    return 1 if stale and arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
