"""Bytes in order; whatever is missing or out of its range is a rejection."""

import struct

from field import P
from rejection import require


class Reader:
    def __init__(self, data):
        self.data = data
        self.at = 0

    def take(self, length, what="bytes"):
        require(len(self.data) - self.at >= length, "%s missing at byte %d" % (what, self.at))
        taken = self.data[self.at : self.at + length]
        self.at += length
        return taken

    def number(self, length, what, low=0, high=None):
        """An unsigned number of so many bytes, in a range."""
        number = int.from_bytes(self.take(length, what), "little")
        in_range = low <= number and (high is None or number <= high)
        require(in_range, "%s is %d, at byte %d" % (what, number, self.at - length))
        return number

    def row(self, width):
        """Elements of K."""
        row = struct.unpack("<%dI" % width, self.take(4 * width, "elements"))
        require(all(element < P for element in row), "an element is not below p, before byte %d" % self.at)
        return row

    def extension(self):
        return self.row(6)

    def digest(self, suite):
        return suite.decode(self.take(suite.size, "a digest"))

    def end(self):
        require(self.at == len(self.data), "bytes are left over from byte %d" % self.at)
