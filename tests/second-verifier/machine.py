"""The machine's tables (section 8), from docs/tables.json, and the verifying keys (section 9)."""

import hashlib
import json
import pathlib
import struct

from field import P
import suites

FILE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "tables.json"
CONSTANT, MAIN, MAIN_NEXT, PREPROCESSED, PREPROCESSED_NEXT, ADD, SUB, MUL = range(8)


class Table:
    def __init__(self, json_table, rows, exchange_buses):
        self.name = json_table["name"]
        self.instances = json_table["instances"]
        self.mandatory = json_table["mandatory"]
        self.log_height = json_table["logHeight"]
        self.cycles = json_table["cycles"]
        self.preprocessed = len(json_table["preprocessed"])
        self.width = len(json_table["columns"])
        self.tape = [tuple(step) for step in json_table["tape"]]
        self.constraints = [(rows.index(c["rows"]), c["value"]) for c in json_table["constraints"]]
        self.messages = [(m["bus"], m["multiplicity"], m["tuple"], m["answer"]) for m in json_table["messages"]]
        self.exchanges = sum(1 for bus, _, _, _ in self.messages if bus in exchange_buses) // 2
        self.products = (self.exchanges + 1) // 2
        self.fractions = (len(self.messages) - 2 * self.exchanges + 1) // 2
        self.accumulators = 2 if self.exchanges else 1
        self.steps = self.products + self.fractions - self.accumulators
        self.reads_next = any(step[0] == MAIN_NEXT for step in self.tape)
        assert self.digest().hex() == json_table["digest"], self.name

    def weight(self, bus):
        """Messages on a bus that are no answers."""
        return sum(1 for number, _, _, answer in self.messages if number == bus and not answer)

    def digest(self):
        numbers = [self.preprocessed, self.width, len(self.constraints)]
        outputs = []
        for rows, value in self.constraints:
            numbers.append(rows)
            outputs.append(value)
        numbers.append(len(self.messages))
        for bus, multiplicity, elements, _ in self.messages:
            numbers.append(bus)
            outputs += [multiplicity, *elements]
        numbers.append(len(self.tape))
        for operation, *operands in self.tape:
            first = operands[0] * 2**32 % P if operation == CONSTANT else operands[0]
            numbers += [operation, first, operands[1] if len(operands) > 1 else 0]
        numbers += outputs
        return hashlib.sha256(b"Aver 2026-11-22 table" + struct.pack("<%dI" % len(numbers), *numbers)).digest()


class Key:
    """A verifying key: the tables and the fixed tables' commitment."""

    def __init__(self, machine, json_fixed):
        self.suite = next(suite for suite in suites.ALL if suite.name == json_fixed["suite"])
        self.cap = [self.suite.decode(bytes.fromhex(digest)) for digest in json_fixed["cap"]]
        digest = hashlib.sha256(b"Aver 2026-11-22 verifying key" + bytes([machine.version]))
        for table in machine.tables:
            digest.update(bytes([table.instances, table.mandatory, table.log_height, table.cycles]))
            digest.update(table.digest())
        for node in self.cap:
            digest.update(self.suite.encode(node))
        self.digest = digest.hexdigest()
        assert self.digest == json_fixed["key"], self.suite.name


class Machine:
    def __init__(self, file=FILE):
        content = json.loads(file.read_text(encoding="utf-8"))
        assert content["p"] == P
        self.version = content["machine"]
        self.widest = content["widest"]
        self.buses = {bus["name"]: bus["number"] for bus in content["buses"]}
        exchange_buses = {bus["number"] for bus in content["buses"] if bus["kind"] == "exchange"}
        self.tables = [Table(table, content["rows"], exchange_buses) for table in content["tables"]]
        self.numbers = {table.name: number for number, table in enumerate(self.tables)}
        keys = [Key(self, fixed) for fixed in content["fixed"]]
        self.keys = {key.suite.name: key for key in keys}
