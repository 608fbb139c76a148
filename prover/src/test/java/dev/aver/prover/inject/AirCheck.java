package dev.aver.prover.inject;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Message;
import dev.aver.circuits.air.Tape;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.prover.trace.LookupKeys;
import dev.aver.prover.trace.Trace;
import java.util.BitSet;
import java.util.List;

/**
 * Evaluates a table's constraints and messages on single rows: what the trace checker does, for many small traces. Not
 * thread-safe.
 */
final class AirCheck {
    private static final Tape.Op[] OPS = Tape.Op.values();

    private final Air air;
    private final int[] ops;
    private final int[] a;
    private final int[] b;
    private final int[] values;
    private final int[] outputs;

    AirCheck(Air air) {
        this.air = air;
        Tape tape = air.tape();
        values = new int[tape.size()];
        ops = new int[values.length];
        a = new int[values.length];
        b = new int[values.length];
        for (int v = 0; v < values.length; v++) {
            ops[v] = tape.op(v).ordinal();
            a[v] = tape.a(v);
            b[v] = tape.op(v) == Tape.Op.ADD || tape.op(v) == Tape.Op.SUB || tape.op(v) == Tape.Op.MUL ? tape.b(v) : 0;
        }
        outputs = new int[tape.outputs()];
        for (int i = 0; i < outputs.length; i++) outputs[i] = tape.output(i);
    }

    Air air() {
        return air;
    }

    /** Evaluates a row; the other methods tell what came out. */
    void evaluate(Trace trace, int row) {
        int logHeight = trace.logHeight();
        int next = (row + 1) & ((1 << logHeight) - 1);
        int[] main = trace.main();
        for (int v = 0; v < values.length; v++) {
            values[v] = switch (OPS[ops[v]]) {
                case CONSTANT -> a[v];
                case MAIN -> main[(a[v] << logHeight) + row];
                case MAIN_NEXT -> main[(a[v] << logHeight) + next];
                case ADD -> KoalaBear.add(values[a[v]], values[b[v]]);
                case SUB -> KoalaBear.sub(values[a[v]], values[b[v]]);
                case MUL -> KoalaBear.mul(values[a[v]], values[b[v]]);
                default -> throw new IllegalArgumentException("a table of fixed columns: " + air.name());
            };
        }
    }

    /**
     * What the row violates: bit c is constraint c, bit (number of constraints) + m is message m, whose count is not
     * one that its bus allows or whose query has no key.
     */
    BitSet violations(LookupKeys keys) {
        BitSet violated = new BitSet();
        int constraints = air.constraints().size();
        for (int c = 0; c < constraints; c++) {
            if (values[outputs[c]] != 0) violated.set(c);
        }
        int at = constraints;
        for (int m = 0; m < air.messages().size(); m++) {
            Bus bus = air.messages().get(m).bus();
            int count = values[outputs[at]];
            boolean one = count == KoalaBear.ONE;
            boolean lookup = bus.kind() == Bus.Kind.LOOKUP;
            boolean allowed = count == 0 || one || (!lookup && count == KoalaBear.neg(KoalaBear.ONE));
            if (!allowed || (lookup && one && !isKey(keys, bus, at + 1))) violated.set(constraints + m);
            at += 1 + bus.width();
        }
        return violated;
    }

    private boolean isKey(LookupKeys keys, Bus bus, int at) {
        int[] key = new int[bus.width()];
        for (int i = 0; i < key.length; i++) key[i] = KoalaBear.canonical(values[outputs[at + i]]);
        return keys.find(bus, key, 0) >= 0;
    }

    /**
     * What the row adds to the balance of some buses: a fingerprint for each tuple, times its count. If all rows'
     * balances do not add up to 0, the buses do not balance either.
     */
    long balance(List<Bus> buses) {
        long sum = 0;
        int at = air.constraints().size();
        for (Message message : air.messages()) {
            int count = KoalaBear.canonical(values[outputs[at]]);
            if (count != 0 && buses.contains(message.bus())) {
                long fingerprint = Fingerprint.start(message.bus());
                for (int i = 1; i <= message.bus().width(); i++)
                    fingerprint = Fingerprint.next(fingerprint, values[outputs[at + i]]);
                sum += (count > KoalaBear.P / 2 ? count - KoalaBear.P : count) * Fingerprint.end(fingerprint);
            }
            at += 1 + message.bus().width();
        }
        return sum;
    }
}
