package dev.aver.tests.isa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.zkvm.isa.Decoder;
import dev.aver.zkvm.isa.Disassembler;
import dev.aver.zkvm.isa.Instruction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The decoder and disassembler agree with GNU objdump: the same words are instructions, with the same mnemonics and
 * operands, but for the differences that {@link #explained} lists.
 */
class ObjdumpTest {

    private static final long SEED = 0x6f626a64;

    /**
     * Where objdump and we differ knowingly, and why.
     *
     * @return the reason, or null if there is none
     */
    private static @Nullable String explained(int word, @Nullable Instruction ours, String text, String theirs) {
        int halfword = word & 0xffff;
        if (ours == null) {
            if (theirs.equals("c.unimp")) {
                return "a name for the all-zero halfword, which is defined to be illegal";
            }
            if (halfword == 0x6101) {
                return "c.addi16sp with immediate 0 is reserved";
            }
            if (theirs.matches("(u|s|h|m|d)ret|wfi|(sfence|hfence|hlv|hsv|sinval|hinval)\\b.*")) {
                return "privileged; objdump counts these as base instructions";
            }
            return null;
        }
        if (theirs.equals(".4byte 0x" + Integer.toHexString(word))) {
            return switch (ours.op()) {
                case FENCE -> "reserved fm, rd and rs1 make a normal fence";
                case FENCE_I -> "reserved rd, rs1 and imm are to be ignored";
                default -> null;
            };
        }
        if (ours.length() == 2) {
            if (theirs.matches("c\\.s(ll|rl|ra)i64 .*") && ours.imm() == 0) {
                return "a shift by 0 is written as a shift by 64, which it is on RV128 only";
            }
            if (ours.rd() == 0 && theirs.matches("c\\.(li|add) zero,.*")) {
                return "a HINT with the meaning of another one (c.addi, c.mv to x0)";
            }
            if (theirs.startsWith("c.addi16sp sp,") && text.equals(theirs.replace("16sp", ""))) {
                return "a stack adjustment that c.addi can express too";
            }
        }
        return null;
    }

    private static void compare(int[] words, Path directory) throws Exception {
        String[] theirs = new Objdump(directory).disassemble(words);
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < words.length; i++) {
            Instruction instruction = Decoder.decode(words[i]);
            String hex = Integer.toHexString((words[i] & 3) == 3 ? words[i] : words[i] & 0xffff);
            String rejected = ((words[i] & 3) == 3 ? ".4byte 0x" : ".2byte 0x") + hex;
            String ours = instruction == null ? rejected : Disassembler.format(instruction, 4L * i);
            if (!ours.equals(theirs[i]) && explained(words[i], instruction, ours, theirs[i]) == null) {
                differences.add(hex + ": ours " + ours + ", theirs " + theirs[i]);
            }
        }
        assertThat(differences.subList(0, Math.min(20, differences.size())))
                .as("first of %d unexplained differences", differences.size())
                .isEmpty();
    }

    @Test
    void agreeOnEveryHalfword(@TempDir Path directory) throws Exception {
        int[] words = new int[3 << 14];
        int count = 0;
        for (int halfword = 0; halfword < 1 << 16; halfword++) {
            if ((halfword & 3) != 3) {
                words[count++] = 0x0001_0000 | halfword;
            }
        }
        assertThat(count).isEqualTo(words.length);
        compare(words, directory);
    }

    @Test
    void agreeOnEveryOpcodeAndFunctCombination(@TempDir Path directory) throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        int[] words = new int[28 * 8 * 128 * 8];
        int count = 0;
        for (int opcode = 3; opcode < 128; opcode += 4) {
            if ((opcode & 31) == 31) {
                continue; // longer than 32 bits
            }
            for (int functs = 0; functs < 8 * 128; functs++) {
                int fixed = opcode | (functs & 7) << 12 | functs >>> 3 << 25;
                for (int i = 0; i < 8; i++) {
                    // Fields that must be zero are, half of the time.
                    int rd = random.nextBoolean() ? 0 : random.nextInt(32);
                    int rs1 = random.nextBoolean() ? 0 : random.nextInt(32);
                    int rs2 = random.nextBoolean() ? 0 : random.nextInt(32);
                    words[count++] = fixed | rd << 7 | rs1 << 15 | rs2 << 20;
                }
            }
        }
        assertThat(count).isEqualTo(words.length);
        compare(words, directory);
    }

    @Test
    void agreeOnASampleOfWords(@TempDir Path directory) throws Exception {
        int[] words = new SplittableRandom(SEED)
                .ints()
                .map(word -> word | 3)
                .filter(word -> (word & 31) != 31)
                .limit(300_000)
                .toArray();
        compare(words, directory);
    }
}
