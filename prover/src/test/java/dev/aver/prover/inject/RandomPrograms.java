package dev.aver.prover.inject;

import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.isa.Encoder;
import dev.aver.zkvm.isa.Instruction;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.isa.SystemCall;
import dev.aver.zkvm.program.CodeRange;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.testing.Assembler;
import dev.aver.zkvm.testing.ElfBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Short programs that execute every operation on values at which something changes. */
final class RandomPrograms {
    /** Where the data is: one page of values, of which the second half is zeros. */
    static final int DATA = 0x20000;

    private static final int BASE = 9;
    private static final int ADDRESS = 16;
    private static final int[] VALUES = {5, 6, 7, 18, 19, 20, 21, 22, 23, 24, 25};
    private static final long[] EDGES = {
        0,
        1,
        -1,
        0x7fff,
        0x8000,
        0xffff,
        0x10000,
        0x7fffffffL,
        0x80000000L,
        0xffffffffL,
        1L << 32,
        1L << 48,
        3,
        63,
        31,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        0x0123456789abcdefL
    };

    private final Random random;
    private final Assembler code = new Assembler();

    private RandomPrograms(long seed) {
        random = new Random(seed);
    }

    /** A program that halts, after some 150 instructions. */
    static Program of(long seed) {
        return new RandomPrograms(seed).program();
    }

    private Program program() {
        code.op(Op.LUI, BASE, 0, 0, DATA);
        for (int register : VALUES) code.imm(Op.LD, register, BASE, 8 * random.nextInt(EDGES.length + 6));
        List<Op> ops = new ArrayList<>(Arrays.asList(Op.values()));
        ops.removeAll(List.of(Op.LI, Op.EBREAK, Op.ECALL));
        // What takes a particular pair of values to matter comes twice.
        for (Op op : Op.values()) if (op.chip() == Chip.BRANCH || op.chip() == Chip.DIV) ops.add(op);
        Collections.shuffle(ops, random);
        for (Op op : ops) emit(op);
        write();
        // Two compressed instructions: c.addi x8, 1.
        code.half(0x0405).half(0x0405);
        write();
        if (random.nextBoolean()) {
            code.imm(Op.ADDI, SystemCall.A1, BASE, 0).op(Op.LUI, SystemCall.A7, 0, 0, SystemCall.HALT);
        } else {
            code.imm(Op.ADDI, SystemCall.A7, 0, random.nextBoolean() ? SystemCall.EXIT : SystemCall.EXIT_GROUP);
        }
        code.op(Op.ECALL, 0, 0, 0, 0);
        ByteBuffer data = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 32; i++) data.putLong(i < EDGES.length ? EDGES[i] : random.nextLong());
        return code.build(new ElfBuilder().data(DATA, data.array()));
    }

    private void write() {
        code.imm(Op.ADDI, SystemCall.A7, 0, SystemCall.WRITE).imm(Op.ADDI, SystemCall.A2, value(), 0);
        code.op(Op.ECALL, 0, 0, 0, 0);
    }

    private int value() {
        return random.nextInt(12) == 0 ? 0 : VALUES[random.nextInt(VALUES.length)];
    }

    private void emit(Op op) {
        int imm = random.nextInt(-2048, 2048);
        switch (op.format()) {
            case R -> code.reg(op, value(), value(), value());
            case SHIFT ->
                code.imm(op, value(), value(), random.nextInt(op.name().endsWith("W") ? 32 : 64));
            case U -> code.op(op, value(), 0, 0, (long) random.nextInt() & -0x1000);
            case B -> {
                // Taken or not, it goes on two instructions further or at the next.
                code.branch(op, value(), value(), random.nextBoolean() ? 8 : 4);
                code.imm(Op.ADDI, value(), value(), imm);
            }
            case J -> code.op(op, random.nextBoolean() ? 1 : 0, 0, 0, 8).imm(Op.ADDI, value(), value(), imm);
            case S -> {
                code.store(op, value(), offset(op), BASE);
                code.store(op, value(), offset(op), BASE);
            }
            case AMO -> atomic(op);
            default -> {
                if (op == Op.JALR) code.op(Op.AUIPC, ADDRESS, 0, 0, 0).imm(op, value(), ADDRESS, 8 + random.nextInt(2));
                else if (op == Op.FENCE || op == Op.FENCE_I) code.imm(op, 0, 0, 0);
                else if (op.chip() == Chip.LOAD || op.chip() == Chip.LOAD_DOUBLE) {
                    code.imm(op, value(), BASE, offset(op)).imm(op, value(), BASE, offset(op));
                } else code.imm(op, value(), value(), imm);
            }
        }
    }

    private int offset(Op op) {
        boolean aligned = (op == Op.LD || op == Op.SD) && random.nextBoolean();
        return aligned ? 8 * random.nextInt(32) : random.nextInt(248);
    }

    private void atomic(Op op) {
        boolean word = op.name().endsWith("_W");
        code.imm(Op.ADDI, ADDRESS, BASE, (word ? 4 : 8) * random.nextInt(word ? 64 : 32));
        if (op == Op.SC_W && random.nextBoolean()) code.op(Op.LR_W, value(), ADDRESS, 0, 0);
        if (op == Op.SC_D && random.nextBoolean()) code.op(Op.LR_D, value(), ADDRESS, 0, 0);
        boolean lr = op == Op.LR_W || op == Op.LR_D;
        code.op(op, value(), ADDRESS, lr ? 0 : value(), 0);
    }

    /** The same program with every instruction changed: its registers, its immediate or its operation. */
    static ProgramTable changed(Program program, int way, Random random) {
        CodeRange from = program.code();
        Assembler to = new Assembler();
        for (int row = 0; row < from.rows(); row++) {
            Instruction in = ProgramTable.decode(from, row);
            if (in == null || in.length() == 2) {
                to.half(from.halfword(row));
            } else {
                to.word(Encoder.encode(
                        way == 0
                                ? otherRegister(in, random)
                                : way == 1 ? otherImmediate(in, random) : otherOperation(in, random)));
                row++;
            }
        }
        return ProgramTable.of(to.build());
    }

    private static Instruction otherRegister(Instruction in, Random random) {
        int register = random.nextInt(32);
        return switch (in.op().format()) {
            case R, AMO ->
                switch (random.nextInt(in.op() == Op.LR_W || in.op() == Op.LR_D ? 2 : 3)) {
                    case 0 -> new Instruction(in.op(), register, in.rs1(), in.rs2(), in.imm(), 4);
                    case 1 ->
                        new Instruction(
                                in.op(),
                                in.rd(),
                                in.op().format() == Op.Format.AMO ? BASE : register,
                                in.rs2(),
                                in.imm(),
                                4);
                    default -> new Instruction(in.op(), in.rd(), in.rs1(), register, in.imm(), 4);
                };
            case I, SHIFT -> {
                boolean address = in.op().chip() == Chip.LOAD || in.op().chip() == Chip.LOAD_DOUBLE;
                boolean source = random.nextBoolean();
                if (in.op().chip() == Chip.CONST) yield in;
                yield new Instruction(
                        in.op(),
                        source ? in.rd() : register,
                        source ? (address ? ADDRESS : register) : in.rs1(),
                        0,
                        in.imm(),
                        4);
            }
            case S ->
                random.nextBoolean()
                        ? new Instruction(in.op(), 0, in.rs1(), register, in.imm(), 4)
                        : new Instruction(in.op(), 0, ADDRESS, in.rs2(), in.imm(), 4);
            case B ->
                random.nextBoolean()
                        ? new Instruction(in.op(), 0, in.rs1(), register, in.imm(), 4)
                        : new Instruction(in.op(), 0, register, in.rs2(), in.imm(), 4);
            case U, J -> new Instruction(in.op(), register, 0, 0, in.imm(), 4);
            case SYSTEM -> in;
        };
    }

    private static Instruction otherImmediate(Instruction in, Random random) {
        long imm = in.imm();
        switch (in.op().format()) {
            case I, S -> {
                if (in.op().name().startsWith("FENCE")) return in;
                boolean memory = in.op().chip() != Chip.ADD;
                imm = memory ? imm + random.nextInt(-9, 10) : random.nextInt(-2048, 2048);
                imm = Math.clamp(imm, -2048, 2047);
            }
            case SHIFT -> imm ^= 1L << random.nextInt(5);
            case U -> imm ^= 0x1000L << random.nextInt(19);
            case B, J -> imm += 4 * random.nextInt(-2, 3);
            default -> {}
        }
        return new Instruction(in.op(), in.rd(), in.rs1(), in.rs2(), imm, 4);
    }

    private static Instruction otherOperation(Instruction in, Random random) {
        List<Op> ops = Arrays.stream(Op.values())
                .filter(op -> op.format() == in.op().format()
                        && op != Op.LI
                        && !op.name().startsWith("FENCE"))
                .filter(op -> in.op().format() != Op.Format.AMO
                        || op.name().endsWith("W") == in.op().name().endsWith("W"))
                .filter(op -> in.rs2() == 0 || op != Op.LR_W && op != Op.LR_D)
                .toList();
        if (ops.isEmpty() || in.op().name().startsWith("FENCE") || in.op().format() == Op.Format.SYSTEM) return in;
        Op op = ops.get(random.nextInt(ops.size()));
        long imm = in.op().format() == Op.Format.SHIFT ? in.imm() & 31 : in.imm();
        return new Instruction(op, in.rd(), in.rs1(), in.rs2(), imm, 4);
    }
}
