package dev.aver.zkvm.isa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecoderTest {

    private static final long SEED = 0x41766572;

    /** The bits that decoding ignores: rd and rs1 of the fences, and FENCE.I's immediate. */
    private static int significantBits(Op op) {
        return switch (op) {
            case FENCE -> ~0x000f_8f80;
            case FENCE_I -> ~0xffff_8f80;
            default -> -1;
        };
    }

    private static void checkWord(int word) {
        Instruction decoded = Decoder.decode(word);
        if (decoded == null) {
            return;
        }
        if (decoded.length() == 2) {
            assertThat(decoded).isEqualTo(Decoder.decodeCompressed(word & 0xffff));
            return;
        }
        // Millions of calls: an assertion object only for what fails.
        if (!fieldsInRange(decoded) || Encoder.encode(decoded) != (word & significantBits(decoded.op()))) {
            assertThat(fieldsInRange(decoded)).as("%08x is %s", word, decoded).isTrue();
            assertThat(Encoder.encode(decoded)).as("encode(decode(%08x))", word).isEqualTo(word);
        }
    }

    private static boolean fieldsInRange(Instruction instruction) {
        long imm = instruction.imm();
        return ((instruction.rd() | instruction.rs1() | instruction.rs2()) & ~31) == 0
                && switch (instruction.op().format()) {
                    case R, SYSTEM -> imm == 0;
                    case I -> imm >= -2048 && imm <= (instruction.op() == Op.FENCE ? 4095 : 2047);
                    case S -> imm >= -2048 && imm <= 2047;
                    case SHIFT -> imm >= 0 && imm <= 63;
                    case B -> imm >= -4096 && imm <= 4094 && imm % 2 == 0;
                    case J -> imm >= -(1 << 20) && imm <= (1 << 20) - 2 && imm % 2 == 0;
                    case U -> imm >= Integer.MIN_VALUE && imm <= 0x7fff_f000 && imm % 4096 == 0;
                    case AMO -> imm >= 0 && imm <= 3;
                };
    }

    /** Every combination of opcode, funct3, funct7 and of a few values in the register fields. */
    private static void forEachStructuredWord(IntConsumer check) {
        int[] registers = {0, 1, 2, 31};
        for (int high = 0; high < 1 << 7; high++) {
            for (int low = 0; low < 1 << 10; low++) {
                int fixed = high << 25 | (low >> 7) << 12 | (low & 0x7f);
                for (int rd : registers) {
                    for (int rs1 : registers) {
                        for (int rs2 : registers) {
                            check.accept(fixed | rd << 7 | rs1 << 15 | rs2 << 20);
                        }
                    }
                }
            }
        }
    }

    @Test
    void everyHalfwordIsOneInstructionOrRejected() {
        int valid = 0;
        for (int halfword = 0; halfword < 1 << 16; halfword++) {
            Instruction decoded = Decoder.decodeCompressed(halfword);
            if ((halfword & 3) == 3) {
                assertThat(decoded).isNull();
            }
            // Compressed or the start of a longer one, the upper half must not change what a halfword means.
            if ((halfword & 3) != 3) {
                assertThat(Decoder.decode(halfword)).isEqualTo(decoded);
                assertThat(Decoder.decode(halfword | 0xffff_0000)).isEqualTo(decoded);
            }
            if (decoded != null) {
                valid++;
                assertThat(decoded.length()).isEqualTo(2);
                assertThat(fieldsInRange(decoded))
                        .as("%04x is %s", halfword, decoded)
                        .isTrue();
                int encoded = Encoder.encode(decoded);
                assertThat(encoded).isBetween(0, 0xffff);
                assertThat(Decoder.decodeCompressed(encoded)).isEqualTo(decoded);
                // What is written shorter means the same when written long.
                Instruction expanded =
                        new Instruction(decoded.op(), decoded.rd(), decoded.rs1(), decoded.rs2(), decoded.imm(), 4);
                assertThat(Decoder.decode(Encoder.encode(expanded))).isEqualTo(expanded);
            }
        }
        // 49152 halfwords are compressed; floating point takes 4 × 2048 of them, what is reserved the rest.
        assertThat(valid).isEqualTo(38551);
    }

    @Test
    void aSampleOfWordsIsOneInstructionOrRejected() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 3_000_000; i++) {
            int word = random.nextInt();
            checkWord(word);
            // Most random words name no opcode at all: aim the same operands at the 32-bit ones.
            checkWord(word | 3);
        }
    }

    @Test
    void everyOpcodeAndFunctCombinationIsOneInstructionOrRejected() {
        Set<Op> seen = EnumSet.noneOf(Op.class);
        forEachStructuredWord(word -> {
            Instruction decoded = Decoder.decode(word);
            if (decoded != null) {
                seen.add(decoded.op());
            }
            checkWord(word);
        });
        assertThat(seen).isEqualTo(EnumSet.complementOf(EnumSet.of(Op.LI)));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x0000_0000, // defined illegal
                0xffff_ffff, // all ones: longer than 192 bits
                0x0000_001f, // 48-bit
                0x0000_003f, // 64-bit
                0x0000_007f, // longer
                0x3000_2573, // csrrs a0, mstatus, zero
                0xc000_2573, // rdcycle
                0x3020_0073, // mret
                0x1020_0073, // sret
                0x1050_0073, // wfi
                0x0000_0173, // ecall with an rd
                0x0020_0073, // SYSTEM, funct12 = 2
                0x1025_252f, // lr.w with an rs2
                0x1025_352f, // lr.d with an rs2
                0x1005_452f, // lr with a width of 16 bytes
                0x0000_2007, // flw
                0x0000_3027, // fsd
                0x0000_0053, // fadd.s
                0x0400_1013, // slli with bit 26 set: a shift of 64 and more
                0x0200_101b, // slliw by 32
                0x4200_501b, // sraiw by 32
                0x4000_1033, // sll with sra's funct7
                0x0000_2063, // BRANCH, funct3 = 2
                0x0000_7003, // LOAD, funct3 = 7
                0x0000_200f, // MISC-MEM, funct3 = 2 (cbo)
            })
    void rejects(int word) {
        assertThat(Decoder.decode(word)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x0000, // defined illegal
                0x0004, // c.addi4spn, imm = 0
                0x2000, // c.fld
                0x8000, // quadrant 0, funct3 = 4
                0xa000, // c.fsd
                0x2001, // c.addiw, rd = 0
                0x6101, // c.addi16sp, imm = 0
                0x6001, // c.lui, rd = 0, imm = 0
                0x6081, // c.lui, imm = 0
                0x9c41, // quadrant 1, the slots beside c.subw and c.addw
                0x9c61, 0x2002, // c.fldsp
                0x4002, // c.lwsp, rd = 0
                0x6002, // c.ldsp, rd = 0
                0x8002, // c.jr, rs1 = 0
                0xa002, // c.fsdsp
                0xffff,
            })
    void rejectsCompressed(int halfword) {
        assertThat(Decoder.decodeCompressed(halfword)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "0x0001, ADDI, 0, 0, 0, 0", // c.nop
        "0x0005, ADDI, 0, 0, 0, 1", // c.nop 1
        "0x0081, ADDI, 1, 1, 0, 0", // c.addi ra, 0
        "0x4005, ADDI, 0, 0, 0, 1", // c.li zero, 1
        "0x6005, LUI, 0, 0, 0, 4096", // c.lui zero, 1
        "0x8006, ADD, 0, 0, 1, 0", // c.mv zero, ra
        "0x9006, ADD, 0, 0, 1, 0", // c.add zero, ra
        "0x0006, SLLI, 0, 0, 0, 1", // c.slli zero, 1
        "0x0082, SLLI, 1, 1, 0, 0", // c.slli ra, 0
        "0x8001, SRLI, 8, 8, 0, 0", // c.srli s0, 0
        "0x8401, SRAI, 8, 8, 0, 0", // c.srai s0, 0
    })
    void compressedHintsAreTheirBaseOperation(String halfword, Op op, int rd, int rs1, int rs2, long imm) {
        assertThat(Decoder.decodeCompressed(Integer.decode(halfword)))
                .isEqualTo(new Instruction(op, rd, rs1, rs2, imm, 2));
    }

    @ParameterizedTest
    @CsvSource({
        "0x00000013, ADDI, 0, 0, 0, 0", // nop
        "0x00100013, ADDI, 0, 0, 0, 1",
        "0x00001037, LUI, 0, 0, 0, 4096",
        "0x00401013, SLLI, 0, 0, 0, 4",
        "0x0000000f, FENCE, 0, 0, 0, 0",
        "0x0100000f, FENCE, 0, 0, 0, 16", // pause
        "0x8330000f, FENCE, 0, 0, 0, 2099", // fence.tso
        "0xffff8f8f, FENCE, 0, 0, 0, 4095", // everything reserved set
        "0xffff9f8f, FENCE_I, 0, 0, 0, 0",
        "0x80000537, LUI, 10, 0, 0, -2147483648",
        "0xfe000fe3, BEQ, 0, 0, 0, -2",
        "0x8000006f, JAL, 0, 0, 0, -1048576",
        "0x0620a52f, AMOADD_W, 10, 1, 2, 3",
        "0x1000b52f, LR_D, 10, 1, 0, 0",
    })
    void readsFields(String word, Op op, int rd, int rs1, int rs2, long imm) {
        assertThat(Decoder.decode(Long.decode(word).intValue())).isEqualTo(new Instruction(op, rd, rs1, rs2, imm, 4));
    }

    @ParameterizedTest
    @EnumSource(Op.class)
    void encodesEveryOperationButLi(Op op) {
        Instruction plain = new Instruction(op, 0, 0, 0, 0, 4);
        if (op == Op.LI) {
            assertThatIllegalArgumentException().isThrownBy(() -> Encoder.encode(plain));
        } else {
            assertThat(Decoder.decode(Encoder.encode(plain))).isEqualTo(plain);
        }
    }

    @Test
    void refusesWhatHasNoEncoding() {
        for (Instruction instruction : new Instruction[] {
            new Instruction(Op.ADDI, 1, 1, 0, 2048, 4),
            new Instruction(Op.ADDI, 32, 1, 0, 0, 4),
            new Instruction(Op.ADDI, 1, -1, 0, 0, 4),
            new Instruction(Op.ADD, 1, 1, 1, 1, 4),
            new Instruction(Op.BEQ, 0, 1, 1, 3, 4),
            new Instruction(Op.JAL, 0, 0, 0, 1 << 20, 4),
            new Instruction(Op.SLLI, 1, 1, 0, 64, 4),
            new Instruction(Op.SLLIW, 1, 1, 0, 32, 4),
            new Instruction(Op.LUI, 1, 0, 0, 1L << 32, 4),
            new Instruction(Op.LR_W, 1, 1, 1, 0, 4),
            new Instruction(Op.ADDI, 1, 2, 0, 0, 2),
            new Instruction(Op.ADDIW, 0, 0, 0, 1, 2),
            new Instruction(Op.LW, 8, 8, 0, 128, 2),
            new Instruction(Op.MUL, 8, 8, 8, 0, 2),
            new Instruction(Op.JALR, 1, 1, 0, 4, 2),
        }) {
            assertThatIllegalArgumentException()
                    .as(instruction.toString())
                    .isThrownBy(() -> Encoder.encode(instruction))
                    .withMessageContaining(instruction.toString());
        }
    }
}
