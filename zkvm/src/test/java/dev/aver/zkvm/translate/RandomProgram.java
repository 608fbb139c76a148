package dev.aver.zkvm.translate;

import dev.aver.zkvm.isa.Encoder;
import dev.aver.zkvm.isa.Instruction;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.program.InvalidProgramException;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.testing.ElfBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A program of random instructions that runs for a while: it computes in some registers, accesses memory around others
 * that it leaves alone, jumps to and fro in its own code, also into the middle of instructions, calls, returns and
 * writes. Sooner or later it traps, or it loops.
 */
final class RandomProgram {
    static final long CODE = 0x10000;
    static final long DATA = 0x4000_0000L;

    /** Registers that stay what the prologue makes them: middle of the data, near its end, near a page's end. */
    private static final int[] BASES = {8, 9, 18};

    private static final int A0 = 10;
    private static final int A7 = 17;
    private static final int LINK = 1;
    private static final int JUMP = 6;
    private static final int COUNTER = 19;
    private static final int TEST = 20;
    private static final Set<Integer> KEPT = Set.of(LINK, 8, 9, 18, A7, COUNTER);

    private static final List<Op> COMPUTE = Arrays.stream(Op.values())
            .filter(op -> op != Op.LI && (op.format() == Op.Format.R || op.format() == Op.Format.SHIFT))
            .toList();
    private static final List<Op> IMMEDIATE = List.of(Op.ADDI, Op.SLTI, Op.SLTIU, Op.XORI, Op.ORI, Op.ANDI, Op.ADDIW);
    private static final List<Op> LOADS = List.of(Op.LB, Op.LH, Op.LW, Op.LD, Op.LBU, Op.LHU, Op.LWU);
    private static final List<Op> STORES = List.of(Op.SB, Op.SH, Op.SW, Op.SD);
    private static final List<Op> BRANCHES = List.of(Op.BEQ, Op.BNE, Op.BLT, Op.BGE, Op.BLTU, Op.BGEU);
    private static final List<Op> ATOMICS = Arrays.stream(Op.values())
            .filter(op -> op.format() == Op.Format.AMO)
            .toList();

    /** An instruction that may still lack its distance to another. */
    private record Draft(Instruction instruction, int target) {}

    private static final int NO_TARGET = -1;

    private final RandomGenerator random;
    private final int size;
    private final List<Draft> drafts = new ArrayList<>();

    private RandomProgram(RandomGenerator random) {
        this.random = random;
        this.size = 40 << random.nextInt(6);
    }

    static Program next(RandomGenerator random) throws InvalidProgramException {
        RandomProgram program = new RandomProgram(random);
        program.prologue();
        while (program.drafts.size() < program.size) {
            program.step();
        }
        program.jump(Op.JAL, 0, 0, 0, random.nextInt(program.size));
        byte[] code = program.assemble();
        byte[] elf = new ElfBuilder()
                .segment(CODE, ElfBuilder.R | ElfBuilder.X, code, code.length)
                .zeros(DATA, 0x4000)
                .build();
        return Program.fromElf(elf);
    }

    private void prologue() {
        emit(Op.LUI, BASES[0], 0, 0, DATA + 0x1000);
        emit(Op.ADDI, BASES[1], BASES[0], 0, 0x7fd);
        emit(Op.ADDI, BASES[2], BASES[0], 0, 0x1f9);
        emit(Op.AUIPC, LINK, 0, 0, 0);
        emit(Op.ADDI, A7, 0, 0, 64);
        for (int i = 0; i < 6; i++) {
            emit(Op.ADDI, target(), 0, 0, random.nextInt(-2048, 2048));
        }
    }

    private void step() {
        int kind = random.nextInt(100);
        if (kind < 30) {
            Op op = pick(COMPUTE);
            boolean shift = op.format() == Op.Format.SHIFT;
            emit(op, target(), source(), shift ? 0 : source(), shift ? random.nextInt(32) : 0);
        } else if (kind < 45) {
            emit(pick(IMMEDIATE), target(), source(), 0, random.nextInt(-2048, 2048));
        } else if (kind < 48) {
            emit(random.nextBoolean() ? Op.LUI : Op.AUIPC, target(), 0, 0, (long) random.nextInt() & ~0xfff);
        } else if (kind < 60) {
            emit(pick(LOADS), target(), base(), 0, random.nextInt(-2048, 2048));
        } else if (kind < 70) {
            emit(pick(STORES), 0, base(), source(), random.nextInt(-2048, 2048));
        } else if (kind < 76) {
            jump(pick(BRANCHES), 0, source(), source(), near());
        } else if (kind < 84) {
            // Now one way, now the other, so that hardly any loop is for ever.
            emit(Op.ADDI, COUNTER, COUNTER, 0, 1);
            emit(Op.ANDI, TEST, COUNTER, 0, (1 << random.nextInt(1, 6)) - 1);
            jump(random.nextBoolean() ? Op.BEQ : Op.BNE, 0, TEST, 0, near());
        } else if (kind < 88) {
            jump(Op.JAL, random.nextBoolean() ? LINK : 0, 0, 0, near());
        } else if (kind < 91) {
            emit(Op.AUIPC, JUMP, 0, 0, 0);
            jump(Op.JALR, random.nextInt(3) == 0 ? LINK : target(), JUMP, 0, near());
        } else if (kind < 93) {
            emit(Op.JALR, random.nextInt(4) == 0 ? LINK : 0, LINK, 0, 0);
        } else if (kind < 96) {
            atomic();
        } else if (kind < 98) {
            emit(Op.ADDI, A7, 0, 0, 64);
            emit(Op.ECALL, 0, 0, 0, 0);
        } else {
            emit(random.nextBoolean() ? Op.FENCE : Op.FENCE_I, 0, 0, 0, 0);
        }
    }

    private void atomic() {
        Op op = pick(ATOMICS);
        boolean isLoad = op == Op.LR_W || op == Op.LR_D;
        emit(Op.ADDI, JUMP, BASES[0], 0, 8L * random.nextInt(-200, 200));
        emit(op, target(), random.nextInt(400) == 0 ? source() : JUMP, isLoad ? 0 : source(), random.nextInt(4));
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** A register to compute in. */
    private int target() {
        int register = random.nextInt(random.nextInt(4) == 0 ? 32 : 16);
        return KEPT.contains(register) ? A0 : register;
    }

    private int source() {
        return random.nextInt(random.nextInt(4) == 0 ? 32 : 16);
    }

    /** A register to address memory by; hardly ever one that holds anything. */
    private int base() {
        return random.nextInt(4000) == 0 ? source() : BASES[random.nextInt(BASES.length)];
    }

    /** Index of an instruction not far from here. */
    private int near() {
        int at = drafts.size();
        return Math.clamp(at + random.nextInt(-60, 60), 0, size);
    }

    private void emit(Op op, int rd, int rs1, int rs2, long imm) {
        int length = random.nextBoolean() && hasEncoding(new Instruction(op, rd, rs1, rs2, imm, 2)) ? 2 : 4;
        drafts.add(new Draft(new Instruction(op, rd, rs1, rs2, imm, length), NO_TARGET));
    }

    private void jump(Op op, int rd, int rs1, int rs2, int target) {
        drafts.add(new Draft(new Instruction(op, rd, rs1, rs2, 0, 4), target));
    }

    private static boolean hasEncoding(Instruction instruction) {
        try {
            Encoder.encode(instruction);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private byte[] assemble() {
        int[] at = new int[drafts.size() + 1];
        for (int i = 0; i < drafts.size(); i++) {
            at[i + 1] = at[i] + drafts.get(i).instruction().length();
        }
        ByteBuffer code = ByteBuffer.allocate(at[drafts.size()]).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < drafts.size(); i++) {
            Instruction in = drafts.get(i).instruction();
            int target = drafts.get(i).target();
            if (target != NO_TARGET) {
                // A JALR counts from the AUIPC before it. Some jumps go into the middle of an instruction.
                int from = in.op() == Op.JALR ? at[i - 1] : at[i];
                int distance = at[Math.min(target, drafts.size() - 1)] - from + (random.nextInt(50) == 0 ? 2 : 0);
                in = new Instruction(in.op(), in.rd(), in.rs1(), in.rs2(), distance, 4);
            }
            int word = Encoder.encode(in);
            if (in.length() == 2) {
                code.putShort((short) word);
            } else {
                code.putInt(word);
            }
        }
        return code.array();
    }
}
