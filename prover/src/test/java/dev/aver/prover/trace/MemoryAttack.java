package dev.aver.prover.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.chips.ByteAddress;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.testing.Assembler;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/** Programs that access memory, and forgeries of their traces. */
final class MemoryAttack {
    /** Where the words are: limbs 0 and 1 of addresses near it carry. */
    static final long WORDS = 0x2fff0;

    /** Bytes with and without their top bit, different in every place. */
    static final long[] PATTERNS = {0x8001_7f80_ff00_81feL, 0x0180_fe7f_00ff_7e01L, -1L, 0x8000_0000_7fff_8000L};

    /** 1/8 in K: what an address that is not a multiple of 8 leaves over. */
    static final long EIGHTH = KoalaBear.canonical(KoalaBear.inverse(KoalaBear.of(8)));

    private MemoryAttack() {}

    /** Appends stores of the patterns, in turn, at {@link #WORDS} and behind. Uses registers 5 and 6. */
    static Assembler words(Assembler code, int count) {
        code.li(5, WORDS);
        for (int i = 0; i < count; i++) {
            code.li(6, PATTERNS[i % PATTERNS.length]).store(Op.SD, 6, 8L * i, 5);
        }
        return code;
    }

    /** Appends a base for which the immediate leads to {@code address}, into register {@code rs1}. */
    static Assembler base(Assembler code, int rs1, long address, int imm) {
        return code.li(rs1, address - imm);
    }

    /** A random immediate of a load or store; half of them at an end of their range. */
    static int imm(Random random) {
        int[] ends = {0, 1, -1, 2047, -2048, -8};
        return random.nextBoolean() ? ends[random.nextInt(ends.length)] : random.nextInt(-2048, 2048);
    }

    /** The operation that a row executes. */
    static Op op(Recording recording, Trace trace, int row) {
        int programRow = KoalaBear.canonical(trace.main()[row]);
        return ProgramTable.op(recording.program().fields(programRow));
    }

    /** The first row of which something is true. */
    static int rowWhere(Trace trace, IntPredicate is) {
        for (int row = 0; row < 1 << trace.logHeight(); row++) {
            if (is.test(row)) return row;
        }
        throw new AssertionError("no such row");
    }

    /** Expects a complaint with the text {@code because} once {@code forge} has changed a copy of the trace. */
    static void caught(Trace trace, LookupKeys keys, String because, Consumer<Trace> forge) {
        Trace forged = new Trace(trace.air(), trace.logHeight());
        System.arraycopy(trace.main(), 0, forged.main(), 0, trace.main().length);
        forge.accept(forged);
        assertThat(TraceChecker.checkAlone(forged, keys)).anyMatch(complaint -> complaint.contains(because));
    }

    /**
     * Forgeries of an address, whatever the table: the word before or behind, limb 0 with another carry that limb 1
     * makes up for, a fraction of a word, and an address 2^32 higher or lower.
     */
    static void addressForgeries(Trace trace, LookupKeys keys, ByteAddress address, int row) {
        int low = trace.get(address.wordLow(), row);
        int high = trace.get(address.high(), row);
        for (int off : new int[] {1, -1}) {
            caught(trace, keys, "limb 0 of the address", forged -> forged.set(address.wordLow(), row, low + off));
            caught(trace, keys, "limb 1 of the address", forged -> forged.set(address.high(), row, high + off));
            caught(trace, keys, "BITS", forged -> {
                forged.set(address.wordLow(), row, low + off * (1L << 13));
                forged.set(address.high(), row, high - off);
            });
            caught(trace, keys, "RANGE", forged -> forged.set(address.high(), row, high + off * (1L << 16)));
        }
        caught(trace, keys, "BITS", forged -> forged.set(address.wordLow(), row, low + EIGHTH));
    }
}
