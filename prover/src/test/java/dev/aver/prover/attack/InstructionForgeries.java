package dev.aver.prover.attack;

import static dev.aver.verifier.InvalidReceiptException.Reason.BUS_BALANCE;
import static dev.aver.verifier.InvalidReceiptException.Reason.CONSTRAINTS;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.chips.AtomicChip;
import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.chips.SltChip;
import dev.aver.verifier.InvalidReceiptException.Reason;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.program.MemoryMap;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.record.EventTable;
import dev.aver.zkvm.testing.Assembler;
import dev.aver.zkvm.testing.ElfBuilder;
import java.util.stream.Stream;

/** Forgeries of what instructions do, in a run that has every one of their tables. */
final class InstructionForgeries {
    private static final Machine MACHINE = Machine.CURRENT;
    private static final long DATA = 0x20000;

    private InstructionForgeries() {}

    /**
     * A program that uses every instruction chip and leaves each result in a register or a word of its own; x2 stays 0.
     */
    static Program everyChip() {
        byte[] data = new byte[16];
        for (int i = 0; i < data.length; i++) data[i] = (byte) (0xf1 - 7 * i);
        Assembler a = new Assembler();
        a.li(5, 0x123456789abcdef0L).li(6, 0xfedcba9876543210L).li(8, DATA).li(3, MemoryMap.INPUT_START);
        a.reg(Op.ADD, 20, 5, 6).reg(Op.SUB, 21, 5, 6).reg(Op.ADDW, 22, 5, 6);
        a.reg(Op.XOR, 23, 5, 6).reg(Op.AND, 24, 5, 6).reg(Op.SLT, 25, 5, 6).reg(Op.SLTU, 26, 5, 6);
        a.imm(Op.LUI, 27, 0, 0x12345000).reg(Op.SRA, 28, 6, 5).reg(Op.SLLW, 29, 5, 6);
        a.reg(Op.MUL, 30, 5, 6).reg(Op.MULH, 31, 5, 6).reg(Op.DIV, 9, 6, 5).reg(Op.REM, 13, 6, 5);
        a.imm(Op.LD, 14, 8, 0).imm(Op.LB, 15, 8, 1).imm(Op.LW, 16, 8, 6).imm(Op.LD, 4, 3, 0);
        a.store(Op.SD, 5, 16, 8).store(Op.SB, 6, 35, 8).store(Op.SW, 6, 46, 8);
        a.imm(Op.ADDI, 8, 8, 64).op(Op.AMOADD_D, 18, 8, 5, 0);
        a.imm(Op.ADDI, 8, 8, 8).op(Op.LR_D, 19, 8, 0, 0).op(Op.SC_D, 7, 8, 6, 0);
        a.op(Op.JAL, 1, 0, 0, 4).branch(Op.BNE, 5, 6, 8).imm(Op.ADDI, 11, 0, 1);
        a.imm(Op.ADDI, 10, 0, 1).imm(Op.ADDI, 12, 0, 0).ecall(64);
        return a.exit(2).build(new ElfBuilder().data(DATA, data));
    }

    /** An instruction's result is off, and so is what the register holds at the end. */
    private static Forgery result(Chip chip, int register, long off, Reason expected) {
        return new Forgery(
                "%s writes x%d".formatted(chip, register),
                expected,
                forged -> {
                    forged.record.table(chip).rd[forged.writing(chip, register)] ^= off;
                    forged.record.lastWords()[forged.register(register)] ^= off;
                },
                Forged::recount);
    }

    /** An instruction stores something else, and so memory holds something else at the end. */
    private static Forgery stored(Chip chip, int event, long address, boolean second, Reason expected) {
        return new Forgery(
                "%s, event %d, stores at %#x".formatted(chip, event, address),
                expected,
                forged -> {
                    EventTable events = forged.record.table(chip);
                    (second ? events.word2 : events.word)[event] ^= 0x100;
                    forged.record.lastWords()[forged.word(address)] ^= 0x100;
                },
                Forged::recount);
    }

    static Stream<Forgery> results() {
        return Stream.of(
                result(Chip.ADD, 20, 1, CONSTRAINTS),
                result(Chip.ADD, 21, 1L << 37, CONSTRAINTS),
                result(Chip.ADD, 22, 1L << 45, CONSTRAINTS),
                result(Chip.BITWISE, 23, 1L << 20, CONSTRAINTS),
                result(Chip.BITWISE, 24, 1, CONSTRAINTS),
                result(Chip.SHIFT, 28, 1L << 63, CONSTRAINTS),
                result(Chip.SHIFT, 29, 1L << 32, CONSTRAINTS),
                result(Chip.MUL, 30, 1, CONSTRAINTS),
                result(Chip.MUL, 31, 1L << 63, CONSTRAINTS),
                result(Chip.DIV, 9, 1, CONSTRAINTS),
                result(Chip.DIV, 13, 1L << 62, CONSTRAINTS),
                result(Chip.LOAD, 15, 1, CONSTRAINTS),
                result(Chip.LOAD_CROSS, 16, 1L << 16, CONSTRAINTS),
                result(Chip.ATOMIC, 18, 1L << 33, CONSTRAINTS),
                result(Chip.ATOMIC, 19, 1, CONSTRAINTS),
                // A link is the program table's, which has no other.
                result(Chip.JUMP, 1, 2, BUS_BALANCE));
    }

    /** Where a result has no column of its own, what it follows from is changed. */
    static Stream<Forgery> operands() {
        return Stream.of(
                comparison(25),
                comparison(26),
                new Forgery(
                        "another constant",
                        BUS_BALANCE,
                        forged -> forged.record.lastWords()[forged.register(27)] += 1 << 16,
                        forged -> {
                            int row = forged.row(MACHINE.constant.air, MACHINE.constant.rd.register(), 27);
                            forged.add(MACHINE.constant.air, MACHINE.constant.imm[1], row, 1);
                            forged.recount();
                        }),
                new Forgery(
                        "a word loaded that is not there",
                        BUS_BALANCE,
                        forged -> {
                            EventTable events = forged.record.table(Chip.LOAD_DOUBLE);
                            events.wordBefore[forged.writing(Chip.LOAD_DOUBLE, 4)] ^= 1L << 63;
                            forged.record.lastWords()[forged.register(4)] ^= 1L << 63;
                            forged.record.lastWords()[forged.word(MemoryMap.INPUT_START)] ^= 1L << 63;
                        },
                        Forged::recount),
                new Forgery(
                        "a register stored that holds something else",
                        BUS_BALANCE,
                        forged -> {
                            forged.record.table(Chip.STORE_DOUBLE).rs2[0] ^= 1;
                            forged.record.lastWords()[forged.word(DATA + 16)] ^= 1;
                        },
                        Forged::recount),
                new Forgery(
                        "SC.D says that it failed",
                        CONSTRAINTS,
                        forged -> forged.record.lastWords()[forged.register(7)] = 1,
                        forged -> {
                            AtomicChip chip = MACHINE.atomic;
                            int row = forged.row(chip.air, chip.rd.register(), 7);
                            forged.add(chip.air, chip.result[0], row, 1);
                            forged.add(chip.air, chip.fails, row, 1);
                            forged.recount();
                        }));
    }

    private static Forgery comparison(int register) {
        SltChip chip = MACHINE.slt;
        return new Forgery(
                "a comparison the other way, in x" + register,
                CONSTRAINTS,
                forged -> forged.record.lastWords()[forged.register(register)] ^= 1,
                forged -> {
                    int row = forged.row(chip.air, chip.rd.register(), register);
                    int less = forged.table(chip.air).get(chip.comparison.less(), row);
                    forged.table(chip.air).set(chip.comparison.less(), row, 1 - less);
                    forged.recount();
                });
    }

    static Stream<Forgery> stores() {
        return Stream.of(
                stored(Chip.STORE, 0, DATA + 32, false, CONSTRAINTS),
                stored(Chip.STORE_CROSS, 0, DATA + 40, false, CONSTRAINTS),
                stored(Chip.STORE_CROSS, 0, DATA + 48, true, CONSTRAINTS),
                stored(Chip.ATOMIC, 0, DATA + 64, false, CONSTRAINTS),
                stored(Chip.ATOMIC, 2, DATA + 72, false, CONSTRAINTS));
    }

    static Stream<Forgery> control() {
        Air add = MACHINE.add.air;
        Air branch = MACHINE.branch.air;
        return Stream.of(
                Forgery.ofTables(
                        "a branch goes elsewhere",
                        BUS_BALANCE,
                        forged -> forged.add(branch, MACHINE.branch.next, 0, 2)),
                Forgery.ofTables("an instruction is not counted", BUS_BALANCE, forged -> {
                    forged.clearRow(add, 0);
                    forged.recount();
                }),
                Forgery.ofTables("an instruction counts twice", BUS_BALANCE, forged -> {
                    forged.copyRow(add, 0, 63);
                    forged.recount();
                }),
                Forgery.ofTables("an addition is a subtraction", BUS_BALANCE, forged -> {
                    int row = sum(forged);
                    forged.add(add, MACHINE.add.instruction.is(Op.ADD), row, -1);
                    forged.add(add, MACHINE.add.instruction.is(Op.SUB), row, 1);
                    forged.recount();
                }),
                Forgery.ofTables("two operations at once", BUS_BALANCE, forged -> {
                    forged.add(add, MACHINE.add.instruction.is(Op.SUB), sum(forged), 1);
                    forged.recount();
                }),
                Forgery.ofTables("an instruction out of time", BUS_BALANCE, forged -> {
                    forged.add(add, MACHINE.add.instruction.clk, sum(forged), 1);
                    forged.recount();
                }),
                Forgery.ofTables("a read that comes before the write", BUS_BALANCE, forged -> {
                    forged.add(add, MACHINE.add.rs1.before(), sum(forged), 4);
                    forged.recount();
                }),
                Forgery.ofTables("an operand of another register", BUS_BALANCE, forged -> {
                    forged.add(add, MACHINE.add.rs1.register(), sum(forged), 1);
                    forged.recount();
                }));
    }

    /** The row of the ADD into x20. */
    private static int sum(Forged forged) {
        return forged.row(MACHINE.add.air, MACHINE.add.rd.register(), 20);
    }
}
