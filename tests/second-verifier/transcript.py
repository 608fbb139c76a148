"""What both sides have said (section 6)."""

import struct

import blake3
import poseidon2
from field import P
from suites import POSEIDON2


class Transcript:
    """What the two sponges share: items as elements."""

    def number(self, number):
        self.absorb((number,))

    def extension(self, element):
        self.absorb(element)

    def digest(self, suite, digest):
        self.absorb(suite.elements(digest))

    def string(self, text):
        data = text.encode()
        self.number(len(data))
        padded = data + b"\0" * (len(data) % 2)
        self.absorb(struct.unpack("<%dH" % (len(padded) // 2), padded))

    def challenge(self):
        return tuple(self.squeeze() for _ in range(6))

    def index(self, bits):
        return self.squeeze() & ((1 << bits) - 1)


class Poseidon2Transcript(Transcript):
    RATE = 15

    def __init__(self):
        self.state = poseidon2.start(poseidon2.TRANSCRIPT)
        self.block = []
        self.output = []

    def absorb(self, elements):
        for element in elements:
            self.output = []
            self.block.append(element)
            if len(self.block) == self.RATE:
                self._permute()

    def _permute(self):
        # An empty block is a permutation for more output: nothing is overwritten.
        if self.block:
            self.state[: self.RATE] = self.block + [0] * (self.RATE - len(self.block))
        self.state = poseidon2.permute(self.state)
        self.block = []
        self.output = self.state[: self.RATE][::-1]

    def squeeze(self):
        if self.block or not self.output:
            self._permute()
        return self.output.pop()


class Blake3Transcript(Transcript):
    _absorb = blake3.key("Aver 2026-11-22 transcript absorb")
    _squeeze = blake3.key("Aver 2026-11-22 transcript squeeze")

    def __init__(self):
        self.state = bytes(32)
        self.absorbed = []
        self.counter = 0
        self.output = []

    def absorb(self, elements):
        self.absorbed += elements

    def squeeze(self):
        if self.absorbed:
            data = struct.pack("<%dI" % len(self.absorbed), *self.absorbed)
            self.state = blake3.derive(self._absorb, self.state + data)
            self.absorbed = []
            self.counter = 0
            self.output = []
        while not self.output:
            words = blake3.derive(self._squeeze, self.state + struct.pack("<I", self.counter))
            self.counter += 1
            candidates = [word & 0x7FFFFFFF for word in struct.unpack("<8I", words)]
            self.output = [word for word in candidates if word < P][::-1]
        return self.output.pop()


def transcript(suite):
    """A transcript of a suite that has absorbed nothing."""
    return Poseidon2Transcript() if suite is POSEIDON2 else Blake3Transcript()


def _first_outputs(sponge):
    sponge.absorb(range(20))
    return [sponge.squeeze() for _ in range(3)]


assert _first_outputs(Poseidon2Transcript()) == [842971359, 1439150387, 1666697367]
assert _first_outputs(Blake3Transcript()) == [1098968868, 1675393472, 1195773629]
