"""Hash suites (section 2). A digest is a tuple of 9 elements, or 32 bytes."""

import struct

import blake3
import poseidon2
from field import P
from rejection import require


class Poseidon2Suite:
    name = "poseidon2-koalabear-24"
    size = 36
    collision_bits = 139

    @staticmethod
    def leaf(row):
        return poseidon2.sponge(poseidon2.LEAF, row)

    @staticmethod
    def node(left, right):
        return poseidon2.pair(poseidon2.NODE, left, right)

    @staticmethod
    def inject(node, row):
        return poseidon2.pair(poseidon2.INJECTION, node, row)

    @staticmethod
    def encode(digest):
        return struct.pack("<9I", *digest)

    @staticmethod
    def decode(data):
        digest = struct.unpack("<9I", data)
        require(all(element < P for element in digest), "a digest's element is not below p")
        return digest

    @staticmethod
    def elements(digest):
        return digest


class Blake3Suite:
    name = "blake3"
    size = 32
    collision_bits = 128
    _leaf = blake3.key("Aver 2026-11-22 commitment leaf")
    _node = blake3.key("Aver 2026-11-22 commitment node")
    _injection = blake3.key("Aver 2026-11-22 commitment injection")

    @classmethod
    def leaf(cls, row):
        return blake3.derive(cls._leaf, struct.pack("<%dI" % len(row), *row))

    @classmethod
    def node(cls, left, right):
        return blake3.derive(cls._node, left + right)

    @classmethod
    def inject(cls, node, row):
        return blake3.derive(cls._injection, node + row)

    @staticmethod
    def encode(digest):
        return digest

    @staticmethod
    def decode(data):
        return data

    @staticmethod
    def elements(digest):
        return struct.unpack("<16H", digest)


POSEIDON2 = Poseidon2Suite()
BLAKE3 = Blake3Suite()
ALL = (POSEIDON2, BLAKE3)
