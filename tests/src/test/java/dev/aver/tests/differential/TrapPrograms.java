package dev.aver.tests.differential;

import dev.aver.zkvm.isa.Instruction;
import dev.aver.zkvm.isa.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Programs that end in a trap, which user-mode qemu answers with a signal. */
final class TrapPrograms {

    private static final int SP = 2;
    private static final int A0 = 10;
    private static final int A1 = 11;

    private static final int[] ILLEGAL = {
        0x0000_0000, // defined illegal
        0xffff_ffff, // longer than 192 bits
        0xc000_2573, // rdcycle
        0x3000_1073, // csrw mstatus, zero
        0x3020_0073, // mret
        0x1050_0073, // wfi
        0x0000_2007, // flw
        0x0000_0053, // fadd.s
        0x0201_101b, // slliw by 32
        0x1015_252f, // lr.w with an rs2
        0x2000_1013, // OP-IMM with a funct7 of Zbs
        0x4000_7033, // andn
        0x0000_2000, // c.fld
        0x0000_0004, // c.addi4spn, imm = 0
        0x0000_2005, // c.addiw, rd = 0
        0x0000_6101, // c.addi16sp, imm = 0
        0x0000_6081, // c.lui, imm = 0
        0x0000_4002, // c.lwsp, rd = 0
        0x0000_8002, // c.jr, rs1 = 0
        0x0000_8000, // quadrant 0, funct3 = 4
        0x0000_9c41, // quadrant 1, beside c.addw
    };

    private TrapPrograms() {}

    static List<GuestProgram> all() {
        List<GuestProgram> programs = new ArrayList<>();
        programs.add(program("ebreak", code -> code.register(Op.EBREAK, 0, 0, 0)));
        programs.add(program("c.ebreak", code -> code.emit(new Instruction(Op.EBREAK, 0, 0, 0, 0, 2))));
        for (int word : ILLEGAL) {
            programs.add(program("illegal instruction %08x".formatted(word), code -> code.word(word)));
        }
        // Page 0, and one byte of it; the salt page, and one byte of it; behind the end; far away.
        for (long address : new long[] {0, 0xff9, 0xffff_fe00L, 0xffff_fdf9L, 1L << 32, 1L << 40, -8}) {
            programs.add(program("load from %x".formatted(address), code -> {
                code.constant(A0, address);
                code.immediate(Op.LD, A1, A0, 0);
            }));
            programs.add(program("store to %x".formatted(address), code -> {
                code.constant(A0, address);
                code.store(Op.SD, A1, A0, 0);
            }));
            programs.add(program("jump to %x".formatted(address), code -> {
                code.constant(A0, address);
                code.immediate(Op.JALR, 0, A0, 0);
            }));
        }
        for (Op op : Op.values()) {
            // A failing SC is another matter: see Adjudications.
            if (op.format() == Op.Format.AMO && op != Op.SC_W && op != Op.SC_D) {
                programs.add(atomic(op, GuestProgram.DATA + (op.name().endsWith("_W") ? 2 : 4)));
                programs.add(atomic(op, 0x100));
            }
        }
        programs.add(program("jump into data", code -> {
            code.constant(A0, GuestProgram.DATA);
            code.immediate(Op.JALR, 1, A0, 0);
        }));
        programs.add(program("jump to where nothing is", code -> code.emit(Op.JAL, 1, 0, 0, 0x80000)));
        programs.add(program("branch to where nothing is", code -> code.emit(Op.BEQ, 0, 0, 0, -0x1000)));
        return programs;
    }

    private static GuestProgram atomic(Op op, long address) {
        return program("%s at %x".formatted(op.mnemonic(), address), code -> {
            code.constant(A0, address);
            code.emit(op, A1, A0, 0, 0);
        });
    }

    private static GuestProgram program(String name, Consumer<Assembler> end) {
        Assembler code = new Assembler(GuestProgram.CODE);
        code.constant(SP, 1);
        end.accept(code);
        // Whoever does not trap leaves a trace, and exits.
        code.immediate(Op.ADDI, SP, SP, 1);
        code.writeDataAndExit(SP);
        return GuestProgram.of(name, code.finish(), new byte[8]);
    }
}
