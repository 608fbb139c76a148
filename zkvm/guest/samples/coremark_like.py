"""What the coremark-like sample computes, by other means (sorted, slices, regular expressions)."""

import re

ALPHABET = "0123456789012345,,,,..+-e7"
# One pattern for each state in which the state machine can end, in its order; the last is everything else.
STATES = [re.compile(pattern) for pattern in [
    r"", r"[+-]", r"[+-]?\d+", r"[+-]?\.", r"[+-]?(\d+\.\d*|\.\d+)", r"[+-]?(\d+(\.\d*)?|\.\d+)e",
    r"[+-]?(\d+(\.\d*)?|\.\d+)e[+-]", r"[+-]?(\d+(\.\d*)?|\.\d+)e[+-]?\d+",
]]  # fmt: skip

TABLE = []
for _byte in range(256):
    for _ in range(8):
        _byte = _byte >> 1 ^ (0xEDB88320 if _byte & 1 else 0)
    TABLE.append(_byte)


def crc_word(crc: int, word: int) -> int:
    for byte in (word & 0xFFFFFFFF).to_bytes(4, "little"):
        crc = crc >> 8 ^ TABLE[(crc ^ byte) & 255]
    return crc


def signed16(value: int) -> int:
    return (value ^ 0x8000) - 0x8000


def fold(values) -> int:
    total = 0
    for value in values:
        total = (total * 31 + value) & 0xFFFFFFFF
    return total


def iteration(crc: int) -> int:
    state = crc

    def draws(count: int) -> list[int]:
        nonlocal state
        result = []
        for _ in range(count):
            state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
            result.append(state >> 16)
        return result

    drawn = draws(256)
    nodes = sorted(zip([(key & 255) - 128 for key in drawn[::2]], drawn[1::2]), key=lambda node: node[0])
    crc = crc_word(crc, fold(data for _, data in nodes))
    crc = crc_word(crc, fold(data for _, data in nodes[::-1][::3]))
    keys = {key for key, _ in nodes}
    crc = crc_word(crc, sum((key & 255) - 128 in keys for key in draws(16)))

    drawn = [signed16(value) for value in draws(512)]
    rows = [drawn[at : at + 32 : 2] for at in range(0, 512, 32)]
    columns = [drawn[1 + 2 * j :: 32] for j in range(16)]
    crc = crc_word(crc, fold(sum(map(int.__mul__, row, column)) for row in rows for column in columns))

    text = "".join(ALPHABET[value % len(ALPHABET)] for value in draws(512))
    ended = [0] * (len(STATES) + 1)
    for token in text.split(","):
        ended[next((i for i, pattern in enumerate(STATES) if pattern.fullmatch(token)), len(STATES))] += 1
    for count in ended:
        crc = crc_word(crc, count)
    return crc


def coremark_like(iterations: int, seed: int) -> int:
    crc = seed
    for _ in range(iterations):
        crc = iteration(crc)
    return crc
