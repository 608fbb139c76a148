package dev.aver.zkvm.isa;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The 16-bit encodings of RV64C without floating point, each with the operation that it expands to. Reads like the "RVC
 * Instruction Listings" of the RISC-V unprivileged manual, whose notation the table is written in: the layout from bit
 * 15 down, {@code rd'} a three-bit field that names x8–x15, {@code nzuimm[5:3|7:6]} the bits of an unsigned immediate
 * in the order of the encoding, {@code nz} and {@code ≠} what is reserved. HINTs are not marked: they are what they
 * expand to.
 */
final class CompressedForm {

    private static final List<CompressedForm> ALL = List.of(
            // Quadrant 0
            form("c.addi4spn", Op.ADDI, "000 nzuimm[5:4|9:6|2|3] rd' 00", "rs1=2"),
            form("c.lw", Op.LW, "010 uimm[5:3] rs1' uimm[2|6] rd' 00"),
            form("c.ld", Op.LD, "011 uimm[5:3] rs1' uimm[7:6] rd' 00"),
            form("c.sw", Op.SW, "110 uimm[5:3] rs1' uimm[2|6] rs2' 00"),
            form("c.sd", Op.SD, "111 uimm[5:3] rs1' uimm[7:6] rs2' 00"),
            // Quadrant 1
            form("c.addi", Op.ADDI, "000 imm[5] rs1/rd imm[4:0] 01"),
            form("c.addiw", Op.ADDIW, "001 imm[5] rs1/rd≠0 imm[4:0] 01"),
            form("c.li", Op.ADDI, "010 imm[5] rd imm[4:0] 01"),
            form("c.addi16sp", Op.ADDI, "011 nzimm[9] 00010 nzimm[4|6|8:7|5] 01", "rd=2", "rs1=2"),
            form("c.lui", Op.LUI, "011 nzimm[17] rd≠2 nzimm[16:12] 01"),
            form("c.srli", Op.SRLI, "100 uimm[5] 00 rs1/rd' uimm[4:0] 01"),
            form("c.srai", Op.SRAI, "100 uimm[5] 01 rs1/rd' uimm[4:0] 01"),
            form("c.andi", Op.ANDI, "100 imm[5] 10 rs1/rd' imm[4:0] 01"),
            form("c.sub", Op.SUB, "100 0 11 rs1/rd' 00 rs2' 01"),
            form("c.xor", Op.XOR, "100 0 11 rs1/rd' 01 rs2' 01"),
            form("c.or", Op.OR, "100 0 11 rs1/rd' 10 rs2' 01"),
            form("c.and", Op.AND, "100 0 11 rs1/rd' 11 rs2' 01"),
            form("c.subw", Op.SUBW, "100 1 11 rs1/rd' 00 rs2' 01"),
            form("c.addw", Op.ADDW, "100 1 11 rs1/rd' 01 rs2' 01"),
            form("c.j", Op.JAL, "101 imm[11|4|9:8|10|6|7|3:1|5] 01"),
            form("c.beqz", Op.BEQ, "110 imm[8|4:3] rs1' imm[7:6|2:1|5] 01"),
            form("c.bnez", Op.BNE, "111 imm[8|4:3] rs1' imm[7:6|2:1|5] 01"),
            // Quadrant 2
            form("c.slli", Op.SLLI, "000 uimm[5] rs1/rd uimm[4:0] 10"),
            form("c.lwsp", Op.LW, "010 uimm[5] rd≠0 uimm[4:2|7:6] 10", "rs1=2"),
            form("c.ldsp", Op.LD, "011 uimm[5] rd≠0 uimm[4:3|8:6] 10", "rs1=2"),
            form("c.jr", Op.JALR, "100 0 rs1≠0 00000 10"),
            form("c.mv", Op.ADD, "100 0 rd rs2≠0 10"),
            form("c.ebreak", Op.EBREAK, "100 1 00000 00000 10"),
            form("c.jalr", Op.JALR, "100 1 rs1≠0 00000 10", "rd=1"),
            form("c.add", Op.ADD, "100 1 rs1/rd rs2≠0 10"),
            form("c.swsp", Op.SW, "110 uimm[5:2|7:6] rs2 10", "rs1=2"),
            form("c.sdsp", Op.SD, "111 uimm[5:3|8:6] rs2 10", "rs1=2"));

    /** The forms of one quadrant (bits 1-0) and funct3 (bits 15-13) stand together, at {@link #slot}. */
    private static final CompressedForm[][] BY_SLOT = bySlot();

    private final String name;
    private final Op op;
    private int match;
    private int mask;
    private Register rd = Register.fixed(0);
    private Register rs1 = Register.fixed(0);
    private Register rs2 = Register.fixed(0);
    /** For each bit of the encoding, the immediate's bit that it holds, or -1. */
    private final int[] immediateBits = new int[16];

    private int highestImmediateBit = -1;
    private boolean signed;
    private boolean zeroReserved;

    private CompressedForm(String name, Op op) {
        this.name = name;
        this.op = op;
        Arrays.fill(immediateBits, -1);
    }

    /** The form that a halfword is an instance of, or null. */
    static @Nullable CompressedForm find(int halfword) {
        for (CompressedForm form : BY_SLOT[slot(halfword)]) {
            if ((halfword & form.mask) == form.match && form.allows(halfword)) {
                return form;
            }
        }
        return null;
    }

    /**
     * The 16 bits that decode to this instruction.
     *
     * @throws IllegalArgumentException if there are none
     */
    static int encode(Instruction instruction) {
        for (CompressedForm form : ALL) {
            if (form.op == instruction.op()) {
                int halfword = form.fill(instruction);
                // An operand that does not fit the form, or that it reserves, comes back changed.
                if (form == find(halfword) && form.decode(halfword).equals(instruction)) {
                    return halfword;
                }
            }
        }
        throw new IllegalArgumentException("no compressed encoding for " + instruction);
    }

    /** The manual's name for the form, {@code c.addi4spn}. */
    String name() {
        return name;
    }

    /** What an instance of this form expands to. */
    Instruction decode(int halfword) {
        return new Instruction(op, rd.get(halfword), rs1.get(halfword), rs2.get(halfword), immediate(halfword), 2);
    }

    private boolean allows(int halfword) {
        return rd.allows(halfword)
                && rs1.allows(halfword)
                && rs2.allows(halfword)
                && !(zeroReserved && immediate(halfword) == 0);
    }

    private long immediate(int halfword) {
        long imm = 0;
        for (int bit = 0; bit < 16; bit++) {
            if (immediateBits[bit] >= 0) {
                imm |= (long) (halfword >>> bit & 1) << immediateBits[bit];
            }
        }
        int unused = 63 - highestImmediateBit;
        return signed ? imm << unused >> unused : imm;
    }

    private int fill(Instruction instruction) {
        int halfword = match | rd.put(instruction.rd()) | rs1.put(instruction.rs1()) | rs2.put(instruction.rs2());
        for (int bit = 0; bit < 16; bit++) {
            if (immediateBits[bit] >= 0) {
                halfword |= (int) (instruction.imm() >>> immediateBits[bit] & 1) << bit;
            }
        }
        return halfword;
    }

    /** Quadrant and funct3 as one index below 32. */
    private static int slot(int halfword) {
        return (halfword & 3) << 3 | (halfword >>> 13);
    }

    private static CompressedForm[][] bySlot() {
        CompressedForm[][] table = new CompressedForm[32][];
        for (int slot = 0; slot < table.length; slot++) {
            int wanted = slot;
            table[slot] =
                    ALL.stream().filter(form -> slot(form.match) == wanted).toArray(CompressedForm[]::new);
        }
        return table;
    }

    private static CompressedForm form(String name, Op op, String layout, String... fixedRegisters) {
        CompressedForm form = new CompressedForm(name, op);
        int high = 16;
        for (String field : layout.split(" ", -1)) {
            high -= form.add(field, high);
        }
        assert high == 0 : name;
        for (String register : fixedRegisters) {
            String[] parts = register.split("=", -1);
            form.set(parts[0], Register.fixed(Integer.parseInt(parts[1])));
        }
        return form;
    }

    /** Adds the field that ends below bit {@code high} and returns its width. */
    private int add(String field, int high) {
        if (field.matches("[01]+")) {
            int shift = high - field.length();
            match |= Integer.parseInt(field, 2) << shift;
            mask |= ((1 << field.length()) - 1) << shift;
            return field.length();
        }
        if (field.contains("imm[")) {
            zeroReserved |= field.startsWith("nz");
            signed |= !field.contains("uimm");
            return addImmediate(field.substring(field.indexOf('[') + 1, field.length() - 1), high);
        }
        String[] parts = field.split("≠", -1);
        boolean three = parts[0].endsWith("'");
        int width = three ? 3 : 5;
        Register register =
                new Register(high - width, width, three ? 8 : 0, parts.length == 1 ? -1 : Integer.parseInt(parts[1]));
        for (String name : parts[0].replace("'", "").split("/", -1)) {
            set(name, register);
        }
        return width;
    }

    /** Places immediate bits such as {@code 5:4|9:6|2|3} from bit {@code high - 1} down and returns how many. */
    private int addImmediate(String bits, int high) {
        int at = high;
        for (String range : bits.split("\\|", -1)) {
            String[] ends = range.split(":", -1);
            int last = Integer.parseInt(ends[ends.length - 1]);
            for (int bit = Integer.parseInt(ends[0]); bit >= last; bit--) {
                immediateBits[--at] = bit;
                highestImmediateBit = Math.max(highestImmediateBit, bit);
            }
        }
        return high - at;
    }

    private void set(String name, Register register) {
        switch (name) {
            case "rd" -> rd = register;
            case "rs1" -> rs1 = register;
            case "rs2" -> rs2 = register;
            default -> throw new AssertionError(name);
        }
    }

    /**
     * Where a register's number is: {@code base} plus {@code width} bits at {@code shift}.
     *
     * @param reserved the number that is reserved, or -1
     */
    private record Register(int shift, int width, int base, int reserved) {

        static Register fixed(int number) {
            return new Register(0, 0, number, -1);
        }

        int get(int halfword) {
            return base + ((halfword >>> shift) & ((1 << width) - 1));
        }

        int put(int number) {
            return ((number - base) & ((1 << width) - 1)) << shift;
        }

        boolean allows(int halfword) {
            return get(halfword) != reserved;
        }
    }
}
