"""Every sample's cases: inputs, and the answers to them computed here, independently of the guests' sources."""

import hashlib
import json
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from coremark_like import coremark_like
from reference import BASE, L, MerkleTree, P, decode_point, ed25519_sign, ed25519_verify, encode_point, keccak256

MALFORMED, REJECTED, ABORTED = 2, 3, 134


@dataclass
class Case:
    program: str
    name: str
    input: bytes
    stdout: str = ""
    journal: bytes = b""
    exit: int | str = 0


def u32(*values: int) -> bytes:
    return struct.pack(f"<{len(values)}I", *values)


def u64(*values: int) -> bytes:
    return struct.pack(f"<{len(values)}Q", *values)


def stream(seed: str, size: int) -> bytes:
    """Bytes that look random and never change."""
    return hashlib.shake_256(seed.encode()).digest(size)


def flip(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def fibonacci() -> Iterator[Case]:
    def by_doubling(n: int) -> tuple[int, int]:
        if n == 0:
            return 0, 1
        a, b = by_doubling(n // 2)
        c, d = a * (2 * b - a) % 2**64, (a * a + b * b) % 2**64
        return (d, (c + d) % 2**64) if n % 2 else (c, d)

    for name, n, data in [("default", 250000, b"")] + [(f"n{n}", n, u64(n)) for n in (0, 1, 93, 94, 1000)]:
        f = by_doubling(n)[0]
        yield Case("fibonacci", name, data, f"F({n}) mod 2^64 = {f}\n", u64(n, f))
    yield Case("fibonacci", "too-short", bytes(7), exit=MALFORMED)
    yield Case("fibonacci", "too-long", bytes(9), exit=MALFORMED)


def sha256_chain() -> Iterator[Case]:
    for name, count in [("none", 0), ("thousand", 1000)]:
        seed = digest = stream("sha256-chain", 32)
        for _ in range(count):
            digest = hashlib.sha256(digest).digest()
        data = seed + u32(count)
        yield Case("sha256-chain", name, data, f"digest: {digest.hex()}\n", data + digest)
    yield Case("sha256-chain", "too-short", bytes(35), exit=MALFORMED)


def keccak_merkle() -> Iterator[Case]:
    def case(name: str, depth: int, index: int, leaf: bytes) -> Case:
        tree = MerkleTree(depth, b"")
        for i in range(40):
            at = int.from_bytes(stream(f"merkle {i}", 8), "little") >> (64 - depth) if depth else 0
            tree.set(at, stream(f"leaf {i}", 10 + i))
        tree.set(index, leaf)
        root = tree.root()
        nullifier = keccak256(u64(index) + root + leaf)
        stdout = f"root: {root.hex()}\nnullifier: {nullifier.hex()}\n"
        data = root + u32(depth) + u64(index) + u32(len(leaf)) + leaf + tree.path(index)
        return Case("keccak-merkle", name, data, stdout, root + nullifier)

    member = case("member", 20, 0x9A3C5, b"member 631749, admitted 2026-02-11")
    yield member
    yield case("deepest", 32, 2**32 - 1, stream("leaf", 1024))
    yield case("only", 0, 0, b"")
    yield Case("keccak-merkle", "other-leaf", flip(member.input, 48), exit=REJECTED)
    yield Case("keccak-merkle", "other-index", flip(member.input, 36), exit=REJECTED)
    yield Case("keccak-merkle", "other-path", flip(member.input, len(member.input) - 1), exit=REJECTED)
    yield Case("keccak-merkle", "index-beyond", member.input[:38] + b"\x19" + member.input[39:], exit=MALFORMED)
    yield Case("keccak-merkle", "huge-depth", flip(member.input, 35), exit=MALFORMED)
    yield Case("keccak-merkle", "huge-leaf", flip(member.input, 47), exit=MALFORMED)
    yield Case("keccak-merkle", "truncated", member.input[:-1], exit=MALFORMED)


ACCEPTED, NO_SENDER, WRONG_NONCE, INSUFFICIENT, SELF, NO_RECEIVER, RECEIVER_FULL = range(7)


def transfer_status(accounts: dict, sender: int, receiver: int, amount: int, fee: int, nonce: int) -> int:
    if sender not in accounts:
        return NO_SENDER
    if sender == receiver:
        return SELF
    if nonce != accounts[sender][2]:
        return WRONG_NONCE
    if amount + fee > accounts[sender][1]:
        return INSUFFICIENT
    if receiver not in accounts:
        return NO_RECEIVER
    return RECEIVER_FULL if accounts[receiver][1] + amount >= 2**64 else ACCEPTED


def token_transfer() -> Iterator[Case]:
    depth, nobody = 8, (bytes(32), 0, 0)
    tree = MerkleTree(depth, bytes(48))
    accounts: dict[int, tuple[bytes, int, int]] = {}

    def pack(account: tuple[bytes, int, int]) -> bytes:
        return account[0] + u64(account[1], account[2])

    def put(index: int, account: tuple[bytes, int, int]) -> None:
        tree.set(index, pack(account))
        if account != nobody:
            accounts[index] = account

    for i in range(50):
        put(i * 5, (stream(f"owner {i}", 32), 1000 + i, i % 3))
    put(3, (stream("whale", 32), 2**64 - 1, 0))
    batch = [  # from, to, amount, fee, nonce
        (0, 5, 700, 3, 0), (5, 10, 1500, 1, 1), (10, 0, 1, 0, 2), (0, 5, 295, 2, 1), (0, 5, 1, 0, 2),
        (1, 0, 1, 1, 0), (30, 30, 10, 1, 0), (30, 31, 10, 1, 0), (245, 3, 1, 1, 1),
        (3, 245, 2**64 - 1, 2**64 - 1, 0), (3, 245, 5000, 250, 0), (20, 3, 900, 9, 0), (255, 0, 0, 0, 0),
    ]  # fmt: skip
    old_root = tree.root()
    witnesses, statuses, fees = b"", [], 0
    for sender, receiver, amount, fee, nonce in batch:
        status = transfer_status(accounts, sender, receiver, amount, fee, nonce)
        before = accounts.get(sender, nobody)
        witnesses += u64(sender, receiver, amount, fee, nonce) + pack(before) + tree.path(sender)
        if status in (ACCEPTED, NO_RECEIVER, RECEIVER_FULL):
            put(sender, (before[0], before[1] - amount - fee, before[2] + 1))
        to = accounts.get(receiver, nobody)
        witnesses += pack(to) + tree.path(receiver)
        if status == ACCEPTED:
            put(receiver, (to[0], to[1] + amount, to[2]))
            fees += fee
        else:
            put(sender, before)
        statuses.append(status)
    assert set(statuses) == set(range(7)), statuses

    def case(name: str, first: int, last: int, old: bytes, new: bytes) -> Case:
        size = 40 + 2 * (48 + 32 * depth)
        accepted = statuses[first:last].count(ACCEPTED)
        paid = sum(t[3] for t, s in list(zip(batch, statuses))[first:last] if s == ACCEPTED)
        stdout = f"old root: {old.hex()}\nnew root: {new.hex()}\n"
        stdout += f"accepted {accepted} of {last - first} transfers, fees {paid}\n"
        digest = keccak256(b"".join(u64(*transfer) for transfer in batch[first:last]))
        journal = old + new + digest + u32(last - first, accepted) + u64(paid) + bytes(statuses[first:last])
        data = old + u32(depth, last - first) + witnesses[first * size : last * size]
        return Case("token-transfer", name, data, stdout, journal)

    whole = case("batch", 0, len(batch), old_root, tree.root())
    yield whole
    yield case("empty", 0, 0, old_root, old_root)
    yield Case("token-transfer", "other-root", flip(whole.input, 0), exit=REJECTED)
    yield Case("token-transfer", "other-balance", flip(whole.input, 40 + 40 + 32), exit=REJECTED)
    yield Case("token-transfer", "other-receiver", flip(whole.input, 40 + 40 + 48 + 32 * depth), exit=REJECTED)
    yield Case("token-transfer", "account-beyond", flip(whole.input, 40 + 4), exit=MALFORMED)
    yield Case("token-transfer", "truncated", whole.input[:-1], exit=MALFORMED)
    yield Case("token-transfer", "huge-count", old_root + u32(depth, 4097), exit=MALFORMED)
    yield Case("token-transfer", "huge-depth", old_root + u32(33, 0), exit=MALFORMED)


RFC_8032 = {  # section 7.1: secret key, message, signature
    "rfc8032-1": (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        b"",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    "rfc8032-2": (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        b"\x72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    "rfc8032-3": (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        b"\xaf\x82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    "rfc8032-sha-abc": (
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        hashlib.sha512(b"abc").digest(),
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
        "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
}


def ed25519() -> Iterator[Case]:
    def case(name: str, key: bytes, signature: bytes, message: bytes, valid: bool) -> Case:
        assert ed25519_verify(key, signature, message) == valid, name
        data = key + signature + message
        if not valid:
            return Case("ed25519", name, data, exit=REJECTED)
        return Case("ed25519", name, data, f"valid signature of {len(message)} bytes\n", key + message)

    for name, (secret, message, published) in RFC_8032.items():
        key, signature = ed25519_sign(bytes.fromhex(secret), message)
        assert signature.hex() == published, name
        yield case(name, key, signature, message, True)
    message = b"pay 250 to account 4711, nonce 12; " * 20
    key, signature = ed25519_sign(stream("ed25519", 32), message)
    s = int.from_bytes(signature[32:], "little")
    yield case("long-message", key, signature, message, True)
    yield case("other-message", key, signature, flip(message, 4), False)
    yield case("other-key", ed25519_sign(stream("someone", 32), b"")[0], signature, message, False)
    yield case("other-r", key, flip(signature, 0), message, False)
    yield case("malleable-s", key, signature[:32] + (s + L).to_bytes(32, "little"), message, False)
    yield case("s-is-the-order", key, signature[:32] + L.to_bytes(32, "little"), message, False)
    off_curve = next(y for y in range(2, 99) if decode_point(y.to_bytes(32, "little")) is None)
    yield case("key-off-curve", off_curve.to_bytes(32, "little"), signature, message, False)
    # The neutral element as the key makes S = 1, R = the base point fit any message, and S = 0 the neutral R: what is
    # refused here is refused for its encoding alone.
    neutral, one = (1).to_bytes(32, "little"), encode_point(BASE) + (1).to_bytes(32, "little")
    not_canonical, negative_zero = (P + 1).to_bytes(32, "little"), (1 | 1 << 255).to_bytes(32, "little")
    yield case("neutral-key", neutral, one, b"m", True)
    yield case("key-not-canonical", not_canonical, one, b"m", False)
    yield case("key-negative-zero", negative_zero, one, b"m", False)
    yield case("neutral-r", neutral, neutral + bytes(32), b"m", True)
    yield case("r-not-canonical", neutral, not_canonical + bytes(32), b"m", False)
    yield case("r-negative-zero", neutral, negative_zero + bytes(32), b"m", False)
    yield Case("ed25519", "too-short", bytes(95), exit=MALFORMED)


def json_document() -> str:
    numbers = iter(stream("orders", 4000))
    cities = ["Zürich", "São Paulo", "東京", "Reykjavík", "Québec \U0001f341", 'The "Old" Town\n']
    orders = []
    for i in range(120):
        items = [
            {
                "sku": f"A-{next(numbers)}",
                "price": (next(numbers) * 256 + next(numbers)) / 100,
                "qty": next(numbers) % 9,
            }
            for _ in range(next(numbers) % 5)
        ]
        orders.append({"id": i, "city": cities[next(numbers) % 6], "paid": next(numbers) % 2 == 0, "items": items})
    document = {"shop": "aver", "rate": -0.125, "none": None, "orders": orders, "limits": [-0, 9223372036854, 1e3]}
    return json.dumps(document, indent=1)


def json_query() -> Iterator[Case]:
    def select(value: object, path: list) -> list:
        if not path:
            return [value]
        head, rest = path[0], path[1:]
        if head == "*":
            return [v for e in (value if isinstance(value, list) else []) for v in select(e, rest)]
        if isinstance(head, int):
            return select(value[head], rest) if isinstance(value, list) and head < len(value) else []
        return select(value[head], rest) if isinstance(value, dict) and head in value else []

    def written(path: list) -> str:
        return "$" + "".join(f".{p}" if isinstance(p, str) and p != "*" else f"[{p}]" for p in path)

    document = json_document()

    def case(name: str, verb: str, path: list, text: str = document, exit: int = 0) -> Case:
        query = f"{verb} {written(path)}\n"
        data = (query + text).encode()
        if exit:
            return Case("json", name, data, exit=exit)
        found = select(json.loads(text, parse_float=Decimal), path)
        if verb == "get":
            answer = json.dumps(*found)
        elif verb == "sum":
            answer = f"{sum(found, Decimal(0)).normalize():f}"
        else:
            answer = str(len(found))
        digest = hashlib.sha256(text.encode()).digest()
        return Case("json", name, data, answer + "\n", digest + (query + answer).encode())

    yield case("revenue", "sum", ["orders", "*", "items", "*", "price"])
    yield case("quantity", "sum", ["orders", "*", "items", "*", "qty"])
    yield case("items", "count", ["orders", "*", "items", "*"])
    yield case("city", "get", ["orders", 17, "city"])
    yield case("nothing", "count", ["orders", 1000, "id"])
    yield case("negative", "sum", ["rate"])
    yield case("whole", "get", [], '"caf\\u00e9 \\ud83c\\udf41"')
    yield case("escaped-name", "get", ["name"], '{"n\\u0061me": 7}')
    yield case("exact", "sum", ["*"], "[0.1, 0.2, -0.000001, 9223372036854, -9223372036854.3]")
    for name, verb, path, text in [
        ("sum-of-strings", "sum", ["orders", "*", "city"], document),
        ("sum-of-exponent", "sum", ["limits", 2], '{"limits": [0, 0, 1e3]}'),
        ("sum-too-precise", "sum", [], "0.0000001"),
        ("sum-too-large", "sum", ["*"], "[9223372036854, 9223372036854]"),
        ("number-too-large", "sum", [], "9223372036855"),
        ("get-several", "get", ["orders", "*"], document),
        ("get-none", "get", ["absent"], document),
    ]:
        yield case(name, verb, path, text, REJECTED)
    for name, text in [
        ("empty", ""), ("truncated", document[:-1]), ("trailing", document + "]"), ("same-name", '{"a":1,"\\u0061":2}'),
        ("leading-zero", "01"), ("bare-minus", "-"), ("point", "1."), ("control", '"\n"'),
        ("lone-surrogate", '"\\ud800"'), ("comma", "[1,]"), ("single-quotes", "{'a':1}"), ("nan", "NaN"),
        ("nul", "[1]\0"), ("escape", '"\\x"'),
        ("deep", "[" * 65 + "]" * 65), ("very-deep", "[" * 100000),
    ]:  # fmt: skip
        yield case(f"bad-{name}", "count", [], text, MALFORMED)
    yield case("deepest", "count", [0] * 63, "[" * 64 + "]" * 64)
    for name, data in [
        ("overlong", b'"\xc0\xaf"'), ("utf8-surrogate", b'"\xed\xa0\x80"'), ("utf8-cut", b'"\xe6\x9d"'),
        ("latin1", b'"\xfc"')
    ]:  # fmt: skip
        yield Case("json", f"bad-{name}", b"count $\n" + data, exit=MALFORMED)
    for name, query in [("verb", b"max $.a"), ("path", b"count $a"), ("index", b"count $[x]"), ("name", b"count $.")]:
        yield Case(
            "json", f"query-{name}", query + b'\n{"a": []}' if name != "index" else query + b"\n[]", exit=MALFORMED
        )


def mlp() -> Iterator[Case]:
    here = Path(__file__).parent / "mlp"
    one = 1 << 12

    def saturate(value: int) -> int:
        return max(-(2**31), min(2**31 - 1, value))

    def sigmoid(x: int) -> int:
        size = abs(x)
        y = (
            one
            if size >= 5 * one
            else next(
                size // divisor + offset
                for limit, divisor, offset in [(one, 4, 2048), (9728, 8, 2560), (5 * one, 32, 3456)]
                if size < limit
            )
        )
        return one - y if x < 0 else y

    def case(name: str, model: bytes, features: bytes) -> Case:
        depth = struct.unpack_from("<I", model)[0]
        widths = struct.unpack_from(f"<{depth + 1}I", model, 4)
        at = 8 + 4 * depth
        layers = []
        for inputs, outputs in zip(widths, widths[1:]):
            weights = struct.unpack_from(f"<{inputs * outputs}h", model, at)
            biases = struct.unpack_from(f"<{outputs}i", model, at + 2 * len(weights))
            layers.append([(weights[o * inputs : (o + 1) * inputs], biases[o]) for o in range(outputs)])
            at += 2 * len(weights) + 4 * outputs
        assert at == len(model)
        scores = []
        for row in struct.iter_unpack(f"<{widths[0]}i", features):
            for i, layer in enumerate(layers):
                sums = [
                    saturate((bias * one + sum(w * x for w, x in zip(weights, row))) >> 12) for weights, bias in layer
                ]
                row = [max(s, 0) for s in sums] if i + 1 < depth else sums
            scores.append(sigmoid(row[0]))
        flagged = sum(score >= one // 2 for score in scores)
        digest = hashlib.sha256(model).digest()
        stdout = f"model: {digest.hex()}\n{flagged} of {len(scores)} transactions look like fraud\n"
        journal = digest + u32(len(scores), flagged) + struct.pack(f"<{len(scores)}H", *scores)
        return Case("mlp", name, u32(len(model)) + model + u32(len(scores)) + features, stdout, journal)

    model, features = (here / "model.bin").read_bytes(), (here / "transactions.bin").read_bytes()
    fraud = case("fraud", model, features)
    yield fraud
    extreme = u32(2, 3, 2, 1) + struct.pack(
        "<6h2i2hi", *[32767] * 3, *[-32768] * 3, 2**31 - 1, -(2**31), 32767, -32768, -1
    )
    yield case("saturating", extreme, b"".join(
        struct.pack("<3i", *row) for row in [[2**31 - 1] * 3, [-(2**31)] * 3, [0, 0, 0], [1, -1, 1]]
    ))  # fmt: skip
    steps = u32(1, 1, 1) + struct.pack("<hi", one, 0)
    edges = [s * (v + d) for v in (0, one, 9728, 5 * one) for d in (-1, 0, 1) for s in (1, -1)] + [2**31 - 1, -(2**31)]
    yield case("sigmoid", steps, struct.pack(f"<{len(edges)}i", *edges))
    yield Case("mlp", "truncated", fraud.input[:-1], exit=MALFORMED)
    yield Case("mlp", "huge-model", u32(2**32 - 1) + model, exit=MALFORMED)
    yield Case("mlp", "huge-count", u32(len(steps)) + steps + u32(2**32 - 1), exit=MALFORMED)
    yield Case("mlp", "no-layers", u32(8, 0, 1, 0), exit=MALFORMED)
    yield Case("mlp", "wide-layer", u32(12, 1, 257, 1, 0), exit=MALFORMED)
    yield Case("mlp", "two-outputs", u32(24, 1, 1, 2, 0, 0, 0, 0), exit=MALFORMED)


def coremark(name: str, iterations: int, seed: int) -> Case:
    crc = coremark_like(iterations, seed)
    return Case(
        "coremark-like",
        name,
        u32(iterations, seed),
        f"{iterations} iterations, crc {crc:08x}\n",
        u32(iterations, seed, crc),
    )


def coremark_cases() -> Iterator[Case]:
    yield coremark("none", 0, 0xDEADBEEF)
    yield coremark("ten", 10, 1)
    yield coremark("fifty", 50, 0xFFFFFFFF)
    yield Case("coremark-like", "too-short", bytes(7), exit=MALFORMED)


def selftest() -> Iterator[Case]:
    def pattern(start: int, size: int) -> bytes:
        return bytes((i * 151 + 7) & 255 for i in range(start, start + size))

    checks = [
        "start-up",
        "thread-local data",
        "heap",
        "memory functions",
        "misaligned accesses",
        "arithmetic",
        "atomics",
    ]
    stdout = "".join(f"{check}: ok\n" for check in checks + ["library", "input", "hashes"])
    all_sha = b"".join(hashlib.sha256(pattern(1, size)).digest() for size in range(141))
    all_keccak = b"".join(keccak256(pattern(1, size)) for size in range(141))
    yield Case("selftest", "all", b"a", stdout, hashlib.sha256(all_sha).digest() + keccak256(all_keccak))
    for code in (0, 1, 255, 256, 0x7F000001, 0xFFFFFFFF):
        yield Case("selftest", f"exit-{code:x}", b"x" + u32(code), exit=code)
    yield Case("selftest", "return", b"r", "main\natexit\ndestructor\n", exit=7)
    yield Case("selftest", "abort", b"b", "aborting", exit=ABORTED)
    yield Case("selftest", "assert", b"f", exit=ABORTED)
    journal = b"".join(pattern(size, size) for size in range(100))
    yield Case("selftest", "journal", b"j", "".join(f"{size} " for size in range(0, 100, 10)), journal)
    yield Case("selftest", "failed-journal", b"e", "", b"failed", 9)
    for name, mode in [("recursion", b"s"), ("large-frame", b"S"), ("null", b"n"), ("illegal", b"i")]:
        yield Case("selftest", name, mode, exit="trap")
    yield Case("selftest", "empty-input", b"", exit=MALFORMED)


Cases = Callable[[], Iterator[Case]]
SAMPLES: list[Cases] = [
    fibonacci, sha256_chain, keccak_merkle, token_transfer, ed25519, json_query, mlp, coremark_cases, selftest,
]  # fmt: skip


def benchmarks() -> Iterator[Case]:
    yield coremark("large", 21000, 1)  # about 1.5 billion instructions
