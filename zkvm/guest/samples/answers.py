#!/usr/bin/env python3
"""Writes the samples' inputs and the answers that are known for them, computed here without running any guest:

    answers.py               writes manifest.tsv and the files it names
    answers.py --check       fails if those files are not what this script would write
    answers.py --benchmarks  also computes benchmarks.tsv, the long runs (a minute or two)

manifest.tsv and benchmarks.tsv are one case a line, tab-separated: case, program, SHA-256 of the program, input, exit
code (or "trap"), expected stdout, expected journal in hexadecimal. Paths are relative to zkvm/guest; "-" is nothing.
"""

import hashlib
import sys
from pathlib import Path

from cases import SAMPLES, Case, benchmarks

GUEST = Path(__file__).resolve().parent.parent


def table(cases: list[Case], files: dict[Path, bytes]) -> bytes:
    """The manifest's text; the inputs and outputs that it refers to are added to files."""
    lines = ["# case\tprogram\tsha256\tinput\texit\tstdout\tjournal"]
    for case in cases:
        folder = "selftest/cases" if case.program == "selftest" else f"samples/{case.program}/cases"
        program, source, stdout = f"prebuilt/{case.program}.elf", f"{folder}/{case.name}.input", "-"
        files[GUEST / source] = case.input
        if case.stdout:
            stdout = f"{folder}/{case.name}.stdout"
            files[GUEST / stdout] = case.stdout.encode()
        name = f"{case.program}/{case.name}"
        lines.append(
            "\t".join([name, program, sha256(program), source, str(case.exit), stdout, case.journal.hex() or "-"])
        )
    return ("\n".join(lines) + "\n").encode()


def sha256(program: str) -> str:
    return hashlib.sha256((GUEST / program).read_bytes()).hexdigest()


def with_new_hashes(manifest: bytes) -> bytes:
    lines = [line.split("\t") for line in manifest.decode().splitlines()]
    lines[1:] = [[name, program, sha256(program), *rest] for name, program, _, *rest in lines[1:]]
    return "".join("\t".join(line) + "\n" for line in lines).encode()


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--check"], ["--benchmarks"]):
        print(__doc__, file=sys.stderr)
        return 2
    files: dict[Path, bytes] = {}
    files[GUEST / "samples/manifest.tsv"] = table([case for sample in SAMPLES for case in sample()], files)
    long_runs = GUEST / "samples/benchmarks.tsv"
    if arguments == ["--benchmarks"]:
        files[long_runs] = table(list(benchmarks()), files)
    else:  # programs change more often than what they compute
        files[long_runs] = with_new_hashes(long_runs.read_bytes())
    stale = [path for path, content in files.items() if not path.exists() or path.read_bytes() != content]
    for path in stale:
        print(("differs: " if arguments == ["--check"] else "wrote ") + str(path.relative_to(GUEST)))
        if arguments != ["--check"]:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(files[path])
    return 1 if stale and arguments == ["--check"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
