package dev.aver.circuits.chips;

import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.AirBuilder.Selectors;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.air.Expr;
import dev.aver.zkvm.isa.Op;
import java.util.Arrays;
import java.util.List;

/**
 * What every instruction's row has: where it is in the program and in time, and which operation it executes.
 *
 * <p>The selectors are one for each operation, so the opcode in the fetch is Σ selector · code: with no selector set it
 * is 0, which no message of that row can use because its multiplicities are 0, and a row of the program table that
 * cannot execute has opcode 0, which no selector gives.
 */
public final class InstructionRow {
    private final AirBuilder b;

    /** Row of the program table. */
    public final Column row;

    /** Cycle within the segment, from 1. */
    public final Column clk;

    /** Half the instruction's length: 1 or 2 rows of the program table. */
    public final Column step;

    /** One selector for each operation or case, in the order given. */
    public final Selectors selectors;

    private final Op[] ops;

    /** Begins a table of the given operations. */
    InstructionRow(AirBuilder b, Op... ops) {
        this(b, ops.clone(), Arrays.stream(ops).map(op -> "is " + op.mnemonic()).toArray(String[]::new));
    }

    /** Begins a table whose selectors tell apart cases of its own: it fetches with {@link #fetchCode}. */
    InstructionRow(AirBuilder b, String... cases) {
        this(b, new Op[0], cases);
    }

    private InstructionRow(AirBuilder b, Op[] ops, String[] names) {
        this.b = b;
        this.ops = ops;
        row = b.column("row");
        clk = b.column("clk");
        step = b.column("step");
        selectors = b.selectors(names);
    }

    /** 1 in rows that execute something, 0 in padding. */
    public Expr real() {
        return selectors.real();
    }

    /** The selector of an operation. */
    public Column is(Op op) {
        for (int i = 0; i < ops.length; i++) {
            if (ops[i] == op) return selectors.flags()[i];
        }
        throw new IllegalArgumentException("not an operation of this table: " + op);
    }

    /** The sum of some operations' selectors. */
    public Expr isAnyOf(Op... some) {
        Expr sum = Expr.ZERO;
        for (Op op : some) sum = sum.plus(is(op));
        return sum;
    }

    /** When the access in this slot, 0 to 3, happens: 4 · clk + slot, and 4 · clk in padding, where it may be 0. */
    public Expr time(int slot) {
        return clk.times(4).plus(real().times(slot));
    }

    /**
     * Fetches: the program table has this row with the selected operation and these operands. Every field is named, so
     * that a field that the operation does not use is known to be 0.
     */
    void fetch(Expr rd, Expr rs1, Expr rs2, Expr[] imm, Expr target, Expr[] link) {
        long[] codes = new long[ops.length];
        for (int i = 0; i < ops.length; i++) codes[i] = ops[i].code();
        fetch(selectors.choose(codes), rd, rs1, rs2, imm, target, link);
    }

    private void fetch(Expr opcode, Expr rd, Expr rs1, Expr rs2, Expr[] imm, Expr target, Expr[] link) {
        b.lookup(
                Bus.PROGRAM,
                real(),
                row,
                opcode,
                step,
                rd,
                rs1,
                rs2,
                imm[0],
                imm[1],
                imm[2],
                imm[3],
                target,
                link[0],
                link[1]);
    }

    /**
     * Fetches an instruction that neither jumps nor branches, in a table of cases.
     *
     * @param opcode the code of the operation that the row's case executes: in rows that count, of no other one
     */
    void fetchCode(Expr opcode, Expr rd, Expr rs1, Expr rs2, Expr[] imm) {
        fetch(opcode, rd, rs1, rs2, imm, Expr.ZERO, new Expr[] {Expr.ZERO, Expr.ZERO});
    }

    /** Fetches an instruction that neither jumps nor branches. */
    void fetch(Expr rd, Expr rs1, Expr rs2, Expr[] imm) {
        fetch(rd, rs1, rs2, imm, Expr.ZERO, new Expr[] {Expr.ZERO, Expr.ZERO});
    }

    /** Takes over at this row and cycle, and hands on to {@code next} one cycle later. */
    void goTo(Expr next) {
        b.exchange(
                "state", Bus.STATE, real(), List.of(row, clk, Expr.ZERO), List.of(next, clk.plus(real()), Expr.ZERO));
    }

    /** Hands on to the instruction behind this one. */
    void goOn() {
        goTo(row.plus(step));
    }
}
