package dev.aver.zkvm.testing;

import dev.aver.zkvm.isa.Encoder;
import dev.aver.zkvm.isa.Instruction;
import dev.aver.zkvm.isa.Op;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a small program: 4-byte instructions one after another, with labels that are also its functions, except for
 * those that start with a dot.
 *
 * <pre>{@code
 * byte[] elf = new Code().at("_start").call("f").exit(0).at("f").ret().elf().build();
 * }</pre>
 */
public final class Code {
    /** Address of the first instruction. */
    public static final long BASE = 0x10000;

    /** Registers by their ABI names. */
    public static final int RA = 1, SP = 2, T0 = 5, T1 = 6, A0 = 10, A1 = 11, A2 = 12, A7 = 17;

    private final List<Integer> words = new ArrayList<>();
    private final Map<String, Integer> labels = new LinkedHashMap<>();
    private final Map<Integer, Fixup> fixups = new LinkedHashMap<>();

    private record Fixup(String label, Instruction instruction) {}

    /** Names the next instruction; a function reaches up to the next one. */
    public Code at(String label) {
        labels.put(label, words.size());
        return this;
    }

    /** Any 32 bits. */
    public Code word(int bits) {
        words.add(bits);
        return this;
    }

    /** An instruction by its fields. */
    public Code op(Op op, int rd, int rs1, int rs2, long imm) {
        return word(Encoder.encode(new Instruction(op, rd, rs1, rs2, imm, 4)));
    }

    /** rd ← imm, −2048 … 2047. */
    public Code li(int rd, long imm) {
        return addi(rd, 0, imm);
    }

    /** rd ← rs1 + imm. */
    public Code addi(int rd, int rs1, long imm) {
        return op(Op.ADDI, rd, rs1, 0, imm);
    }

    /** Does nothing, {@code count} times. */
    public Code nops(int count) {
        for (int i = 0; i < count; i++) {
            addi(0, 0, 0);
        }
        return this;
    }

    /** rd ← a label's address; two instructions. */
    public Code la(int rd, String label) {
        fixups.put(words.size(), new Fixup(label, new Instruction(Op.LUI, rd, 0, 0, 0, 4)));
        fixups.put(words.size() + 1, new Fixup(label, new Instruction(Op.ADDI, rd, rd, 0, 0, 4)));
        return word(0).word(0);
    }

    /** jal ra, label. */
    public Code call(String label) {
        return jal(RA, label);
    }

    /** jal rd, label. */
    public Code jal(int rd, String label) {
        return fix(label, new Instruction(Op.JAL, rd, 0, 0, 0, 4));
    }

    /** A conditional branch. */
    public Code branch(Op op, int rs1, int rs2, String label) {
        return fix(label, new Instruction(op, 0, rs1, rs2, 0, 4));
    }

    private Code fix(String label, Instruction instruction) {
        fixups.put(words.size(), new Fixup(label, instruction));
        return word(0);
    }

    /** jalr x0, 0(ra). */
    public Code ret() {
        return op(Op.JALR, 0, RA, 0, 0);
    }

    /** exit(code): three instructions. */
    public Code exit(int code) {
        return li(A0, code).li(A7, 93).op(Op.ECALL, 0, 0, 0, 0);
    }

    /** write(fd, label, count): six instructions. */
    public Code write(int fd, String label, int count) {
        return li(A0, fd).la(A1, label).li(A2, count).li(A7, 64).op(Op.ECALL, 0, 0, 0, 0);
    }

    /** A NUL-terminated string, padded to whole words. */
    public Code string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        bytes = Arrays.copyOf(bytes, (bytes.length + 4) & -4);
        for (int i = 0; i < bytes.length; i += 4) {
            word((bytes[i] & 0xff) | (bytes[i + 1] & 0xff) << 8 | (bytes[i + 2] & 0xff) << 16 | bytes[i + 3] << 24);
        }
        return this;
    }

    /** Address of a label. */
    public long address(String label) {
        Integer index = labels.get(label);
        if (index == null) {
            throw new IllegalArgumentException("no label " + label);
        }
        return BASE + 4L * index;
    }

    /** The program with its labels as functions, to add segments to or to build. */
    public ElfBuilder elf() {
        ElfBuilder elf = stripped();
        List<Map.Entry<String, Integer>> functions = labels.entrySet().stream()
                .filter(label -> !label.getKey().startsWith("."))
                .toList();
        for (int i = 0; i < functions.size(); i++) {
            int start = functions.get(i).getValue();
            int end = i + 1 < functions.size() ? functions.get(i + 1).getValue() : words.size();
            elf.function(functions.get(i).getKey(), BASE + 4L * start, 4L * (end - start));
        }
        return elf;
    }

    /** The program without symbols. */
    public ElfBuilder stripped() {
        int[] code = words.stream().mapToInt(Integer::intValue).toArray();
        fixups.forEach((index, fixup) -> code[index] = Encoder.encode(resolve(index, fixup)));
        return new ElfBuilder().code(BASE, code);
    }

    private Instruction resolve(int index, Fixup fixup) {
        Instruction in = fixup.instruction();
        long target = address(fixup.label());
        long imm = switch (in.op()) {
            case LUI -> (target + 0x800) & -0x1000;
            case ADDI -> (target << 52) >> 52;
            default -> target - (BASE + 4L * index);
        };
        return new Instruction(in.op(), in.rd(), in.rs1(), in.rs2(), imm, 4);
    }
}
