#!/usr/bin/env python3
"""Gives a program its input under user-mode qemu, where nothing is mapped at 0x80000000.

    with-input.py prog.elf input.bin twin.elf && qemu-riscv64 twin.elf 3>journal.bin

The twin is the same ELF with one more loadable segment: the length word and the input, where the machine has them.
Aver itself refuses such a file; it is for debugging and for comparing the two machines only.
"""

import os
import struct
import sys

INPUT_START = 0x80000000
MAX_INPUT = 0x100000000 - 512 - INPUT_START - 8
PAGE = 0x1000
PT_LOAD, PF_R, PF_W = 1, 4, 2
HEADER = struct.Struct("<IIQQQQQQ")


def twin(elf: bytes, data: bytes) -> bytes:
    if elf[:6] != b"\x7fELF\x02\x01":
        raise SystemExit("with-input.py: not a little-endian ELF64 file")
    if len(data) > MAX_INPUT:
        raise SystemExit(f"with-input.py: an input of {len(data)} bytes; the most is {MAX_INPUT}")
    (headers_at,) = struct.unpack_from("<Q", elf, 32)
    size, count = struct.unpack_from("<HH", elf, 54)
    headers = elf[headers_at : headers_at + size * count]

    out = bytearray(elf)
    out += bytes(-len(out) % PAGE)
    segment = struct.pack("<Q", len(data)) + data
    mapped = -(-len(segment) // PAGE) * PAGE
    headers += HEADER.pack(PT_LOAD, PF_R | PF_W, len(out), INPUT_START, INPUT_START, len(segment), mapped, PAGE)
    out += segment
    out += bytes(-len(out) % 8)
    struct.pack_into("<Q", out, 32, len(out))
    struct.pack_into("<H", out, 56, count + 1)
    return bytes(out + headers)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        raise SystemExit(__doc__)
    with open(sys.argv[1], "rb") as elf, open(sys.argv[2], "rb") as data:
        result = twin(elf.read(), data.read())
    with open(sys.argv[3], "wb") as out:
        out.write(result)
    os.chmod(sys.argv[3], 0o755)  # without it qemu says nothing and exits with 1
