package dev.aver.tests.differential;

import dev.aver.tests.differential.Assembler.Label;
import dev.aver.zkvm.isa.Decoder;
import dev.aver.zkvm.isa.Instruction;
import dev.aver.zkvm.isa.Op;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A random program that ends: a body of random pieces, repeated. Which registers have a part to play (counters,
 * addresses) is random too; all others are read and written by everything.
 *
 * <p>It keeps to what the machine and qemu must agree on: atomics are aligned, nothing stores into code, an LR is
 * followed by its SC with no store between.
 */
final class RandomProgram {

    /** Pieces of the body; some expand into several instructions. */
    private static final int PIECES = 1200;
    /** Repetitions of the body. */
    private static final int ROUNDS = 60;

    private static final int FUNCTIONS = 6;
    private static final int EXIT_CODE = 5;
    /** Where the program stores: in the middle of the data, at a 4 KiB boundary, as is the end of its values. */
    private static final long CENTRE = GuestProgram.DATA + 0x4000;

    private static final Op[] COMPUTING = DirectedPrograms.COMPUTING.toArray(Op[]::new);
    private static final Op[] LOADS = {Op.LB, Op.LH, Op.LW, Op.LD, Op.LBU, Op.LHU, Op.LWU};
    private static final Op[] STORES = {Op.SB, Op.SH, Op.SW, Op.SD};
    private static final Op[] BRANCHES = {Op.BEQ, Op.BNE, Op.BLT, Op.BGE, Op.BLTU, Op.BGEU};
    private static final Op[] AMOS = {
        Op.AMOSWAP_W, Op.AMOADD_W, Op.AMOXOR_W, Op.AMOAND_W, Op.AMOOR_W, Op.AMOMIN_W, Op.AMOMAX_W, Op.AMOMINU_W,
        Op.AMOMAXU_W, Op.AMOSWAP_D, Op.AMOADD_D, Op.AMOXOR_D, Op.AMOAND_D, Op.AMOOR_D, Op.AMOMIN_D, Op.AMOMAX_D,
        Op.AMOMINU_D, Op.AMOMAXU_D
    };

    private final SplittableRandom random;
    private final long[] values = EdgeValues.many();
    private final int[] immediates = EdgeValues.immediates();
    private final Assembler code = new Assembler(GuestProgram.CODE);
    private final List<Label> functions = new ArrayList<>();

    /** Registers with a part to play; everything else is free. */
    private final int rounds;

    private final int counter;
    private final int base;
    private final int address;
    private final int link;
    private final int[] free;

    private RandomProgram(long seed) {
        random = new SplittableRandom(seed);
        int[] registers = new int[31];
        for (int i = 0; i < 31; i++) {
            int j = random.nextInt(i + 1);
            registers[i] = registers[j];
            registers[j] = i + 1;
        }
        rounds = registers[0];
        counter = registers[1];
        base = registers[2];
        address = registers[3];
        link = registers[4];
        free = Arrays.copyOf(registers, 31);
        for (int i = 0; i < 5; i++) {
            free[i] = 0; // x0 is as free as any, and five times as likely
        }
    }

    /** The program of a seed. */
    static GuestProgram of(long seed) {
        return new RandomProgram(seed).build("random program, seed " + seed);
    }

    private GuestProgram build(String name) {
        for (int register = 1; register < 32; register++) {
            code.constant(register, values[random.nextInt(values.length)]);
        }
        code.constant(base, CENTRE);
        code.constant(rounds, ROUNDS);
        for (int i = 0; i < FUNCTIONS; i++) {
            functions.add(code.label());
        }
        Label top = code.here();
        for (int i = 0; i < PIECES; i++) {
            piece();
        }
        code.immediate(Op.ADDI, rounds, rounds, -1);
        Label done = code.label();
        code.branch(Op.BEQ, rounds, 0, done);
        code.jump(0, top);
        code.bind(done);
        // The exit code is what the last round left somewhere. It waits in a register that writing the data leaves
        // alone.
        code.immediate(Op.ADDI, EXIT_CODE, free[random.nextInt(31)], 0);
        code.writeDataAndExit(EXIT_CODE);
        for (Label function : functions) {
            code.bind(function);
            function();
        }
        ByteBuffer data = ByteBuffer.allocate(GuestProgram.DATA_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < GuestProgram.DATA_SIZE; i += 8) {
            data.putLong(random.nextInt(4) == 0 ? random.nextLong() : pick(values));
        }
        return GuestProgram.of(name, code.finish(), data.array());
    }

    private void piece() {
        int choice = random.nextInt(100);
        if (choice < 84) {
            simple();
        } else if (choice < 92) {
            branchOver();
        } else if (choice < 94) {
            loop();
        } else if (choice < 96) {
            call();
        } else if (choice < 98) {
            intoTheMiddle();
        } else {
            overData();
        }
    }

    /** A piece of at most seven instructions without a jump. */
    private void simple() {
        int choice = random.nextInt(84);
        if (choice < 36) {
            compute();
        } else if (choice < 54) {
            computeCompressed();
        } else if (choice < 64) {
            freshValue();
        } else if (choice < 76) {
            access();
        } else if (choice < 81) {
            amo();
        } else {
            conditionalStore();
        }
    }

    private void compute() {
        Op op = pick(COMPUTING);
        int rd = register();
        int rs1 = random.nextInt(6) == 0 ? rd : register();
        int rs2 = random.nextInt(6) == 0 ? rs1 : register();
        switch (op) {
            case FENCE -> code.word(random.nextInt() << 20 | rs1 << 15 | rd << 7 | 0x0f);
            case FENCE_I -> code.word(random.nextInt() << 20 | rs1 << 15 | rd << 7 | 0x100f);
            default -> {
                switch (op.format()) {
                    case R -> code.register(op, rd, rs1, rs2);
                    case SHIFT ->
                        code.immediate(op, rd, rs1, random.nextInt(op.name().endsWith("W") ? 32 : 64));
                    case U -> code.emit(op, rd, 0, 0, random.nextInt() & ~0xfff);
                    default -> code.immediate(op, rd, rs1, immediate());
                }
            }
        }
    }

    private void computeCompressed() {
        while (true) {
            int halfword = random.nextInt(1 << 16);
            Instruction instruction = Decoder.decodeCompressed(halfword);
            if (instruction != null
                    && DirectedPrograms.COMPUTING.contains(instruction.op())
                    && isFree(instruction.rd())) {
                code.half(halfword);
                return;
            }
        }
    }

    /** Without these, everything would soon be 0 or −1. */
    private void freshValue() {
        code.immediate(Op.LD, register(), base, random.nextInt(512) * 8 - 2048);
    }

    /** A load or store near an address that depends on a register. */
    private void access() {
        boolean aligned = random.nextInt(3) != 0;
        dynamicAddress(aligned ? 0x7f8 : 0x7ff);
        boolean isLoad = random.nextBoolean();
        Op op = isLoad ? pick(LOADS) : pick(STORES);
        int offset = aligned ? random.nextInt(512) * 8 - 2048 : immediate();
        if (random.nextInt(4) == 0) {
            // Just before a page's end, of 512 or of 4096 bytes.
            code.constant(address, CENTRE + 512L * random.nextInt(-8, 9) - random.nextInt(8));
            offset = 0;
        }
        if (isLoad) {
            // The destination may be the base.
            code.immediate(op, random.nextInt(8) == 0 ? address : register(), address, offset);
        } else {
            code.store(op, random.nextInt(8) == 0 ? address : register(), address, offset);
        }
        if (random.nextInt(8) == 0) {
            code.emit(Op.AUIPC, address, 0, 0, 0);
            code.immediate(pick(LOADS), register(), address, random.nextInt(32));
        }
    }

    private void amo() {
        dynamicAddress(0x7f8);
        Op op = pick(AMOS);
        if (op.name().endsWith("_W") && random.nextBoolean()) {
            code.immediate(Op.ADDI, address, address, 4);
        }
        int rd = random.nextInt(8) == 0 ? address : register();
        code.emit(op, rd, address, random.nextInt(8) == 0 ? address : register(), random.nextInt(4));
    }

    /** An SC with its reservation, with another one, or with none. */
    private void conditionalStore() {
        dynamicAddress(0x7f8);
        boolean isDouble = random.nextBoolean();
        Op lr = isDouble ? Op.LR_D : Op.LR_W;
        Op sc = isDouble ? Op.SC_D : Op.SC_W;
        if (random.nextInt(4) != 0) {
            code.emit(lr, register(), address, 0, random.nextInt(4));
            if (random.nextBoolean()) {
                compute();
            }
            if (random.nextInt(4) == 0) {
                code.immediate(Op.ADDI, address, address, random.nextBoolean() ? 8 : -8);
            }
        }
        code.emit(sc, register(), address, register(), random.nextInt(4));
        if (random.nextInt(4) == 0) {
            code.emit(sc, register(), address, register(), 0);
        }
    }

    /** address ← the centre plus some bits of a register. */
    private void dynamicAddress(int mask) {
        code.immediate(Op.ANDI, address, register(), mask);
        code.register(Op.ADD, address, address, base);
    }

    private void branchOver() {
        Label label = code.label();
        int register = 8 + random.nextInt(8);
        if (random.nextInt(4) == 0) {
            code.to(label, new Instruction(random.nextBoolean() ? Op.BEQ : Op.BNE, 0, register, 0, 0, 2));
        } else {
            code.branch(pick(BRANCHES), register(), register(), label);
        }
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            simple();
        }
        code.bind(label);
    }

    private void loop() {
        code.constant(counter, random.nextInt(2, 6));
        Label top = code.here();
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            simple();
        }
        code.immediate(Op.ADDI, counter, counter, -1);
        if (random.nextBoolean()) {
            code.branch(Op.BNE, counter, 0, top);
        } else {
            code.branch(Op.BLT, 0, counter, top);
        }
    }

    private void call() {
        Label function = functions.get(random.nextInt(FUNCTIONS));
        if (random.nextBoolean()) {
            code.jump(link, function);
            return;
        }
        // Through a register, which is also the link, at an odd address.
        Label pointer = code.label();
        Label after = code.label();
        code.address(link, pointer);
        code.immediate(Op.ADDI, link, link, random.nextInt(2));
        code.immediate(Op.JALR, link, link, 0);
        code.to(after, new Instruction(Op.JAL, 0, 0, 0, 0, 2));
        code.bind(pointer);
        code.jump(0, function);
        code.bind(after);
    }

    private void function() {
        for (int i = random.nextInt(1, 8); i > 0; i--) {
            simple();
        }
        if (random.nextBoolean()) {
            code.emit(new Instruction(Op.JALR, 0, link, 0, 0, 2));
        } else {
            code.immediate(Op.JALR, 0, link, random.nextInt(2));
        }
    }

    /** A lui or auipc whose upper half computes too, entered at its start or in its middle, as a register decides. */
    private void intoTheMiddle() {
        Label middle = code.label();
        code.branch(pick(BRANCHES), register(), register(), middle);
        code.half(random.nextInt(16) << 12 | register() << 7 | (random.nextBoolean() ? 0x37 : 0x17));
        code.bind(middle);
        computeCompressed();
    }

    /** Bytes that are no code, jumped over. What follows them need not be aligned to four. */
    private void overData() {
        Label after = code.label();
        code.jump(0, after);
        for (int i = random.nextInt(1, 8); i > 0; i--) {
            code.half(random.nextInt());
        }
        code.bind(after);
    }

    private int register() {
        return pick(free);
    }

    private boolean isFree(int register) {
        return register != rounds && register != counter && register != base && register != address && register != link;
    }

    private int immediate() {
        return random.nextInt(3) == 0 ? random.nextInt(-2048, 2048) : pick(immediates);
    }

    private int pick(int[] from) {
        return from[random.nextInt(from.length)];
    }

    private long pick(long[] from) {
        return from[random.nextInt(from.length)];
    }

    private Op pick(Op[] from) {
        return from[random.nextInt(from.length)];
    }
}
