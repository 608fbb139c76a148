package dev.aver.tests.differential;

import dev.aver.tests.differential.Assembler.Label;
import dev.aver.zkvm.isa.Decoder;
import dev.aver.zkvm.isa.Instruction;
import dev.aver.zkvm.isa.Op;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Programs that execute every operation on edge operands. Results stay in registers for one instruction at least, where
 * the trace shows them.
 */
final class DirectedPrograms {

    /** What only computes: no memory, no jump. */
    static final Set<Op> COMPUTING = computing();

    private static final int S0 = 8;
    private static final int A0 = 10;
    private static final int A1 = 11;
    private static final int A2 = 12;
    private static final int A3 = 13;
    private static final int A4 = 14;
    private static final int S2 = 18;
    private static final int S3 = 19;
    private static final int S4 = 20;
    private static final int S5 = 21;

    /** Where programs may store: beyond the values, at a 4 KiB boundary. */
    private static final long SCRATCH = GuestProgram.DATA + 0x4000;

    private final long[] values;

    private DirectedPrograms(long[] values) {
        this.values = values;
    }

    /** All of them, with these operands. */
    static List<GuestProgram> all(long[] values) {
        DirectedPrograms programs = new DirectedPrograms(values);
        return List.of(
                programs.operandPairs(),
                programs.immediates(),
                programs.aliases(),
                programs.upperImmediates(),
                programs.misalignedAccesses(),
                programs.atomics(),
                programs.program("jumps", DirectedJumps::jumps),
                programs.program("branches", DirectedJumps::branches),
                programs.compressedComputation(),
                programs.compressedMemory());
    }

    private static Set<Op> computing() {
        Set<Op> ops = EnumSet.noneOf(Op.class);
        for (Op op : Op.values()) {
            switch (op.chip()) {
                case ADD, CONST, BITWISE, SLT, SHIFT, MUL, DIV -> ops.add(op);
                default -> {}
            }
        }
        ops.remove(Op.LI);
        return ops;
    }

    /** Every two-register operation and branch on every pair of values. */
    private GuestProgram operandPairs() {
        Assembler code = start();
        Loop outer = new Loop(code, S2, A0, values.length);
        Loop inner = new Loop(code, S3, A1, values.length);
        for (Op op : Op.values()) {
            if (COMPUTING.contains(op) && op.format() == Op.Format.R) {
                code.register(op, A2, A0, A1);
            } else if (op.format() == Op.Format.B) {
                Label taken = code.label();
                code.branch(op, A0, A1, taken);
                code.immediate(Op.ADDI, A3, A3, 1);
                code.bind(taken);
            }
        }
        inner.end();
        outer.end();
        return finish("operand pairs", code);
    }

    /** Every immediate operation on every value, with every immediate of the list and every shift amount. */
    private GuestProgram immediates() {
        Assembler code = start();
        Loop loop = new Loop(code, S2, A0, values.length);
        for (Op op : COMPUTING) {
            if (op.format() == Op.Format.SHIFT) {
                int width = op == Op.SLLI || op == Op.SRLI || op == Op.SRAI ? 64 : 32;
                for (int amount = 0; amount < width; amount++) {
                    code.immediate(op, A2, A0, amount);
                }
            } else if (op.format() == Op.Format.I && op != Op.FENCE && op != Op.FENCE_I) {
                for (int imm : EdgeValues.immediates()) {
                    code.immediate(op, A2, A0, imm);
                }
            }
        }
        loop.end();
        return finish("immediates and shift amounts", code);
    }

    /** Every computing operation with its registers the same, and with x0 in each place. */
    private GuestProgram aliases() {
        int[][] aliases = {
            {A0, A0, A1},
            {A1, A0, A1},
            {A0, A0, A0},
            {A2, A0, A0},
            {0, A0, A1},
            {A2, 0, A1},
            {A2, A0, 0},
            {A2, 0, 0},
            {0, 0, 0}
        };
        Assembler code = start();
        int index = 0;
        for (Op op : COMPUTING) {
            for (int[] alias : aliases) {
                load(code, A0, index++);
                load(code, A1, index++);
                switch (op.format()) {
                    case R -> code.register(op, alias[0], alias[1], alias[2]);
                    case U -> code.emit(op, alias[0], 0, 0, 0x12345000);
                    default -> {
                        if (op == Op.FENCE || op == Op.FENCE_I) {
                            code.emit(op, 0, 0, 0, 0);
                        } else {
                            code.immediate(op, alias[0], alias[1], 21);
                        }
                    }
                }
                // x0 as an operand, lest a value written there survives.
                code.register(Op.ADD, A2, 0, 0);
            }
        }
        return finish("aliased registers and x0", code);
    }

    /** lui and auipc with every immediate bit, and the fences with everything that is reserved in them. */
    private GuestProgram upperImmediates() {
        Assembler code = start();
        for (int bit = 12; bit < 32; bit++) {
            for (Op op : List.of(Op.LUI, Op.AUIPC)) {
                code.emit(op, A0, 0, 0, 1 << bit);
                code.emit(op, A1, 0, 0, -1 << bit);
                code.emit(op, 0, 0, 0, 1 << bit);
            }
        }
        for (int fm = 0; fm < 16; fm++) {
            for (int registers = 0; registers < 4; registers++) {
                int reserved = (registers & 1) * (A0 << 7) | (registers >> 1) * (A1 << 15);
                code.word(fm << 28 | fm << 24 | (15 - fm) << 20 | reserved | 0x0f);
                code.word(fm << 28 | reserved | 0x100f);
            }
        }
        return finish("upper immediates and fences", code);
    }

    /** Every load and store at every offset from a word, and around every kind of page and word boundary. */
    private GuestProgram misalignedAccesses() {
        Assembler code = start();
        long[] boundaries = {8, 512, 1024, 4096};
        int index = 0;
        for (long boundary : boundaries) {
            for (int away = -16; away < 16; away++) {
                long address = SCRATCH + boundary + away;
                code.constant(A0, address);
                for (Op op : List.of(Op.SD, Op.SW, Op.SH, Op.SB)) {
                    // A narrow store of what a wide one left there would show nothing.
                    load(code, A1, index++);
                    load(code, A3, index++);
                    code.store(op, A1, A0, 0);
                    for (Op read : List.of(Op.LD, Op.LW, Op.LWU, Op.LH, Op.LHU, Op.LB, Op.LBU)) {
                        code.immediate(read, A2, A0, 0);
                    }
                    // What lies on both sides, and a base that is its own destination.
                    code.immediate(Op.LD, A2, A0, -8);
                    code.immediate(Op.LD, A2, A0, 8);
                    code.register(Op.ADD, A2, A0, 0);
                    code.immediate(Op.LD, A2, A2, -3);
                    code.store(op, A0, A0, 5);
                    code.immediate(Op.LD, A2, A0, 5);
                    code.store(op, A3, A0, -5);
                    code.immediate(Op.LD, A2, A0, -5);
                    code.immediate(Op.LD, 0, A0, 0);
                }
            }
        }
        for (int imm : EdgeValues.immediates()) {
            code.constant(A0, SCRATCH + 2048);
            code.store(Op.SD, A0, A0, imm);
            code.immediate(Op.LD, A2, A0, imm);
            code.immediate(Op.LW, A2, A0, imm);
        }
        // Code is data to a load.
        code.emit(Op.AUIPC, A0, 0, 0, 0);
        for (int offset = 0; offset < 16; offset++) {
            code.immediate(Op.LD, A2, A0, offset);
        }
        return finish("misaligned accesses", code);
    }

    /** Every AMO on pairs of values, at both halves of a word, and LR and SC that succeed and fail. */
    private GuestProgram atomics() {
        Assembler code = start();
        int count = Math.min(values.length, 40);
        Loop outer = new Loop(code, S2, A0, count);
        Loop inner = new Loop(code, S3, A1, count);
        code.constant(A3, SCRATCH);
        code.constant(S4, SCRATCH + 4);
        code.constant(S5, SCRATCH + 8);
        for (Op op : Op.values()) {
            if (op.format() != Op.Format.AMO) {
                continue;
            }
            boolean isLoad = op == Op.LR_W || op == Op.LR_D;
            for (int address : is64(op) ? new int[] {A3} : new int[] {A3, S4}) {
                code.store(Op.SD, A0, A3, 0);
                code.emit(op, A2, address, isLoad ? 0 : A1, 3);
                code.immediate(Op.LD, A4, A3, 0);
            }
            // rd the same as the address, the same as the operand, and x0.
            code.store(Op.SD, A0, A3, 0);
            code.register(Op.ADD, A2, A3, 0);
            code.emit(op, A2, A2, isLoad ? 0 : A1, 0);
            code.register(Op.ADD, A4, A1, 0);
            code.emit(op, A4, A3, isLoad ? 0 : A4, 1);
            code.emit(op, 0, A3, isLoad ? 0 : A1, 2);
            code.immediate(Op.LD, A4, A3, 0);
        }
        conditionalStores(code, Op.LR_D, Op.SC_D);
        conditionalStores(code, Op.LR_W, Op.SC_W);
        inner.end();
        outer.end();
        return finish("atomics", code);
    }

    private static void conditionalStores(Assembler code, Op lr, Op sc) {
        int none = 0;
        // Without a reservation; with; twice; elsewhere; after the reservation moved; back where it was.
        int[][] sequences = {{none, A3}, {A3, A3}, {A3, A3, A3}, {A3, S5}, {A3, S5, A3}, {S5, A3, A3}};
        for (int[] sequence : sequences) {
            code.store(Op.SD, A0, A3, 0);
            code.store(Op.SD, A0, S5, 0);
            if (sequence[0] != none) {
                code.emit(lr, A2, sequence[0], 0, 0);
            }
            for (int i = 1; i < sequence.length; i++) {
                code.emit(sc, A2, sequence[i], A1, 0);
                code.immediate(Op.LD, A4, sequence[i], 0);
            }
        }
        code.store(Op.SD, A0, A3, 0);
        code.emit(lr, A2, S5, 0, 0);
        code.emit(lr, A2, A3, 0, 0);
        code.emit(sc, A2, S5, A1, 0);
        code.emit(lr, A2, S5, 0, 0);
        code.emit(lr, A2, A3, 0, 0);
        code.emit(sc, A2, A3, A1, 0);
        code.immediate(Op.LD, A4, A3, 0);
    }

    /** Every compressed encoding that only computes. */
    private GuestProgram compressedComputation() {
        Assembler code = start();
        int index = 0;
        for (int halfword = 0; halfword < 1 << 16; halfword++) {
            Instruction instruction = Decoder.decodeCompressed(halfword);
            if (instruction != null && COMPUTING.contains(instruction.op())) {
                load(code, instruction.rs1(), index++);
                if (instruction.op().format() == Op.Format.R && instruction.rs2() != instruction.rs1()) {
                    load(code, instruction.rs2(), index++);
                }
                code.half(halfword);
            }
        }
        return finish("compressed computation", code);
    }

    /** Every compressed store, then every compressed load. */
    private GuestProgram compressedMemory() {
        Assembler code = start();
        int index = 0;
        for (Op.Format format : List.of(Op.Format.S, Op.Format.I)) {
            for (int halfword = 0; halfword < 1 << 16; halfword++) {
                Instruction instruction = Decoder.decodeCompressed(halfword);
                if (instruction == null || instruction.op().format() != format || !accesses(instruction.op())) {
                    continue;
                }
                if (format == Op.Format.S) {
                    load(code, instruction.rs2(), index++);
                }
                code.emit(Op.LUI, instruction.rs1(), 0, 0, SCRATCH);
                code.half(halfword);
            }
        }
        return finish("compressed memory accesses", code);
    }

    private static boolean accesses(Op op) {
        return switch (op) {
            case LW, LD, SW, SD -> true;
            default -> false;
        };
    }

    private static boolean is64(Op op) {
        return op.name().endsWith("_D");
    }

    private GuestProgram program(String name, Consumer<Assembler> body) {
        Assembler code = start();
        body.accept(code);
        return finish(name, code);
    }

    /** Gives every register one of the values. */
    private Assembler start() {
        Assembler code = new Assembler(GuestProgram.CODE);
        for (int register = 1; register < 32; register++) {
            load(code, register, register);
        }
        return code;
    }

    /** register ← the index-th value, counted around. */
    private void load(Assembler code, int register, int index) {
        if (register != 0) {
            code.emit(Op.LUI, register, 0, 0, GuestProgram.DATA);
            code.immediate(Op.LD, register, register, 8L * (index % values.length));
        }
    }

    private GuestProgram finish(String name, Assembler code) {
        code.writeDataAndExit(S0);
        ByteBuffer data = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        data.asLongBuffer().put(values);
        return GuestProgram.of(name, code.finish(), data.array());
    }

    /** Puts each of the first values into a register in turn. */
    private static final class Loop {
        private static final int LAST = 31;

        private final Assembler code;
        private final int pointer;
        private final int count;
        private final Label top;

        Loop(Assembler code, int pointer, int value, int count) {
            this.code = code;
            this.pointer = pointer;
            this.count = count;
            code.constant(pointer, GuestProgram.DATA);
            top = code.here();
            code.immediate(Op.LD, value, pointer, 0);
        }

        void end() {
            code.immediate(Op.ADDI, pointer, pointer, 8);
            code.constant(LAST, GuestProgram.DATA + 8L * count);
            // The way back is too far for a branch.
            Label done = code.label();
            code.branch(Op.BEQ, pointer, LAST, done);
            code.jump(0, top);
            code.bind(done);
        }
    }
}
