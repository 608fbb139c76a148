#!/usr/bin/env python3
"""Verifies receipts.

    verify.py RECEIPT --image ID [--exit-code N] [--input DIGEST] [--min-bits N]
    verify.py --batch [--any]      paths of receipts on standard input, a verdict for each on standard output
    verify.py --fixed              recomputes the fixed tables' commitments (minutes)

--any checks proofs whatever they are worth, and for any program, exit code and input: for tests.
Exit code 0 if accepted, 1 if rejected.
"""

import argparse
import sys

import fixed
import machine as machines
import receipt
from rejection import Rejected


def verdict(machine, path, image, policy):
    """One line: ACCEPT with the claim, or REJECT with the reason."""
    with open(path, "rb") as file:
        data = file.read()
    try:
        identity, exit_code, journal, cycles, bits = receipt.verify(machine, data, image, policy)
    except Rejected as rejected:
        return "REJECT %s" % rejected
    said = (identity, exit_code, cycles, bits, journal.hex())
    return "ACCEPT image %s exit %d cycles %d bits %d journal %s" % said


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("receipt", nargs="?")
    parser.add_argument("--image")
    parser.add_argument("--exit-code", type=int, default=0)
    parser.add_argument("--input")
    parser.add_argument("--min-bits", type=int, default=128)
    parser.add_argument("--batch", action="store_true")
    parser.add_argument("--any", action="store_true")
    parser.add_argument("--fixed", action="store_true")
    options = parser.parse_args()
    machine = machines.Machine()
    if options.fixed:
        fixed.check(machine)
        return 0
    policy = receipt.Policy(options.min_bits, options.exit_code, options.input)
    if options.any:
        policy = receipt.Policy(None, None, None)
    elif options.image is None:
        parser.error("a receipt is about a program: --image")
    if options.batch:
        for line in sys.stdin:
            print(verdict(machine, line.rstrip("\n"), options.image, policy), flush=True)
        return 0
    said = verdict(machine, options.receipt, options.image, policy)
    print(said)
    return 0 if said.startswith("ACCEPT") else 1


if __name__ == "__main__":
    sys.exit(main())
