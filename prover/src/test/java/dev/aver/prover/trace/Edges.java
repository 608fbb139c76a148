package dev.aver.prover.trace;

import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.testing.Assembler;
import java.util.Random;

/** Programs that run operations on every pair of values at which something changes. */
final class Edges {
    /** Around 0, 2^15, 2^16, 2^31, 2^32, 2^48 and 2^63, and two mixtures of bits. */
    static final long[] VALUES = {
        0,
        1,
        -1,
        0x7fff,
        0x8000,
        0xffff,
        0x10000,
        -0x10000,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        0xffffffffL,
        0x100000000L,
        0x1000000000000L,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        0x0123456789abcdefL,
        0xf0e1d2c3b4a59687L
    };

    private Edges() {}

    /**
     * Runs register forms on every pair of {@link #VALUES} and immediate forms on each with an immediate that is made
     * of the other's low bits; then both with registers that are the same, x0 among them.
     */
    static Recording of(Op[] register, Op[] immediate) {
        Assembler code = new Assembler();
        Random random = new Random(1);
        for (long x : VALUES) {
            for (long y : VALUES) {
                code.li(5, x).li(6, y);
                for (Op op : register) code.reg(op, random.nextInt(8, 16), 5, 6);
                for (Op op : immediate) code.imm(op, random.nextInt(8, 16), 5, y << 52 >> 52);
            }
        }
        for (Op op : register) {
            code.li(5, -3)
                    .reg(op, 5, 5, 5)
                    .reg(op, 0, 5, 6)
                    .reg(op, 7, 0, 6)
                    .reg(op, 7, 6, 0)
                    .reg(op, 0, 0, 0);
        }
        for (Op op : immediate)
            code.li(5, -3).imm(op, 5, 5, -2).imm(op, 0, 5, 1).imm(op, 7, 0, 1);
        return Recording.of(code.exit(0).build(), 1 << 16);
    }
}
