package dev.aver.prover.attack;

import static dev.aver.verifier.InvalidReceiptException.Reason.BUS_BALANCE;
import static dev.aver.verifier.InvalidReceiptException.Reason.CONSTRAINTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.chips.BoundaryChip;
import dev.aver.circuits.chips.HaltChip;
import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.memory.PageDigest;
import dev.aver.verifier.InvalidReceiptException.Reason;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.program.MemoryMap;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.record.EventTable;
import dev.aver.zkvm.testing.Assembler;
import dev.aver.zkvm.testing.ElfBuilder;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Forgeries carried through real proofs: a prover that lies once and makes everything else fit as far as it can be made
 * to fit. Where all buses balance, what refuses the proof is the constraint that stops this forgery; where the reason
 * is the balance, it is a lookup that has no answer, or a message that nobody takes.
 */
final class ForgedProofTest {
    private static final Machine MACHINE = Machine.CURRENT;
    private static final long DATA = 0x20000;
    private static final Run RUN = new Run(everyChip(), new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, Fixture.CYCLES);

    /**
     * A forgery.
     *
     * @param lie changes what happened
     * @param change changes the tables that it gives
     */
    record Forgery(String name, Reason expected, Consumer<Forged> lie, Consumer<Forged> change) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A program that uses every instruction chip and leaves each result in a register or a word of its own. */
    private static Program everyChip() {
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
        return a.exit(0).build(new ElfBuilder().data(DATA, data));
    }

    private static void nothing(Forged forged) {}

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

    private static Forgery tables(String name, Reason expected, Consumer<Forged> change) {
        return new Forgery(name, expected, ForgedProofTest::nothing, change);
    }

    static Stream<Forgery> results() {
        return Stream.of(
                result(Chip.ADD, 20, 1, CONSTRAINTS),
                result(Chip.ADD, 21, 1L << 37, CONSTRAINTS),
                result(Chip.ADD, 22, 1L << 45, CONSTRAINTS),
                result(Chip.BITWISE, 23, 1L << 20, CONSTRAINTS),
                result(Chip.BITWISE, 24, 1, CONSTRAINTS),
                result(Chip.SLT, 25, 1, CONSTRAINTS),
                result(Chip.SLT, 26, 1, CONSTRAINTS),
                result(Chip.CONST, 27, 1L << 13, CONSTRAINTS),
                result(Chip.SHIFT, 28, 1L << 63, CONSTRAINTS),
                result(Chip.SHIFT, 29, 1L << 32, CONSTRAINTS),
                result(Chip.MUL, 30, 1, CONSTRAINTS),
                result(Chip.MUL, 31, 1L << 63, CONSTRAINTS),
                result(Chip.DIV, 9, 1, CONSTRAINTS),
                result(Chip.DIV, 13, 1L << 62, CONSTRAINTS),
                result(Chip.LOAD_DOUBLE, 14, 1, CONSTRAINTS),
                result(Chip.LOAD_DOUBLE, 4, 1L << 63, CONSTRAINTS),
                result(Chip.LOAD, 15, 1, CONSTRAINTS),
                result(Chip.LOAD_CROSS, 16, 1L << 16, CONSTRAINTS),
                result(Chip.ATOMIC, 18, 1L << 33, CONSTRAINTS),
                result(Chip.ATOMIC, 19, 1, CONSTRAINTS),
                result(Chip.ATOMIC, 7, 1, CONSTRAINTS),
                result(Chip.JUMP, 1, 2, CONSTRAINTS));
    }

    static Stream<Forgery> stores() {
        return Stream.of(
                stored(Chip.STORE_DOUBLE, 0, DATA + 16, false, CONSTRAINTS),
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
                tables("a branch goes elsewhere", BUS_BALANCE, forged -> forged.add(branch, MACHINE.branch.next, 0, 2)),
                tables("an instruction is not counted", BUS_BALANCE, forged -> {
                    forged.clearRow(add, 0);
                    forged.recount();
                }),
                tables("an instruction counts twice", BUS_BALANCE, forged -> {
                    forged.copyRow(add, 0, 63);
                    forged.recount();
                }),
                tables("an addition is a subtraction", BUS_BALANCE, forged -> {
                    int row = rowWriting(forged, 20);
                    forged.add(add, MACHINE.add.instruction.is(Op.ADD), row, -1);
                    forged.add(add, MACHINE.add.instruction.is(Op.SUB), row, 1);
                    forged.recount();
                }),
                tables("two operations at once", BUS_BALANCE, forged -> {
                    forged.add(add, MACHINE.add.instruction.is(Op.SUB), rowWriting(forged, 20), 1);
                    forged.recount();
                }),
                tables("an instruction out of time", BUS_BALANCE, forged -> {
                    forged.add(add, MACHINE.add.instruction.clk, rowWriting(forged, 20), 1);
                    forged.recount();
                }),
                tables("a read that comes before the write", BUS_BALANCE, forged -> {
                    forged.add(add, MACHINE.add.rs1.before(), rowWriting(forged, 20), 4);
                    forged.recount();
                }),
                tables("an operand of another register", BUS_BALANCE, forged -> {
                    forged.add(add, MACHINE.add.rs1.register(), rowWriting(forged, 20), 1);
                    forged.recount();
                }));
    }

    private static int rowWriting(Forged forged, int register) {
        for (int row = 0; row < 1 << forged.table(MACHINE.add.air).logHeight(); row++) {
            if (forged.table(MACHINE.add.air).get(MACHINE.add.rd.register(), row) == register) return row;
        }
        throw new AssertionError("x" + register + " is not written");
    }

    static Stream<Forgery> halts() {
        HaltChip halt = MACHINE.halt;
        return Stream.of(
                // Registers, halt and claim agree on 1; the ADDI that sets a0 to 0 does not.
                new Forgery(
                        "another exit code",
                        CONSTRAINTS,
                        forged -> {
                            forged.record.table(Chip.ADD).rd[forged.writing(Chip.ADD, 10)] = 1;
                            forged.record.lastWords()[forged.register(10)] = 1;
                        },
                        forged -> {
                            forged.add(halt.air, halt.code.value()[0], 0, 1);
                            forged.claim(1);
                            forged.recount();
                        }),
                tables("an exit code that the halt does not read", BUS_BALANCE, forged -> {
                    forged.add(halt.air, halt.code.value()[0], 0, 1);
                    forged.claim(1);
                }),
                tables("a journal after exit", CONSTRAINTS, forged -> {
                    byte[] journal = {1, 2, 3};
                    byte[] digest = sha256(journal);
                    for (int i = 0; i < 16; i++) {
                        int limb = digest[2 * i] & 0xff | (digest[2 * i + 1] & 0xff) << 8;
                        forged.table(halt.air).set(halt.digest[i / 4].was()[i % 4], 0, limb);
                    }
                    forged.claim(0, journal);
                }),
                tables("two halts", BUS_BALANCE, forged -> {
                    forged.copyRow(halt.air, 0, 1);
                    forged.recount();
                }),
                tables("no halt", BUS_BALANCE, forged -> {
                    forged.clearRow(halt.air, 0);
                    forged.recount();
                }),
                tables("a halt by another call", CONSTRAINTS, forged -> {
                    forged.add(halt.air, halt.exit, 0, -1);
                    forged.add(halt.air, halt.exitGroup, 0, 1);
                    forged.recount();
                }),
                tables("a halt where no ECALL is", BUS_BALANCE, forged -> {
                    forged.add(halt.air, halt.instruction.row, 0, -2);
                    forged.recount();
                }));
    }

    static Stream<Forgery> memory() {
        BoundaryChip boundary = MACHINE.boundary;
        BoundaryChip.Word word = boundary.words[0];
        return Stream.of(
                tables("a word's limb beyond 2^16", BUS_BALANCE, forged -> {
                    unreadInput(forged, 1 << 16);
                    forged.rehash();
                    forged.recount();
                }),
                tables("a word's limb below 0", BUS_BALANCE, forged -> {
                    unreadInput(forged, -1);
                    forged.rehash();
                    forged.recount();
                }),
                tables("a word that changes by itself", BUS_BALANCE, forged -> {
                    forged.add(boundary.air, word.last()[0], inputRow(forged), 1);
                    forged.rehash();
                    forged.recount();
                }),
                tables("a word that nobody hashes", BUS_BALANCE, forged -> {
                    unreadInput(forged, 1);
                    forged.recount();
                }),
                tables("a last time that was not", BUS_BALANCE, forged -> {
                    forged.add(boundary.air, word.time(), inputRow(forged), 4);
                    forged.rehash();
                    forged.recount();
                }),
                tables("a page without its first words", CONSTRAINTS, forged -> {
                    forged.add(boundary.air, boundary.block, 0, 1);
                    forged.rehash();
                }),
                tables("a missing page", BUS_BALANCE, forged -> {
                    for (int i = 0; i < PageDigest.BLOCKS; i++) forged.clearRow(boundary.air, i);
                    forged.recount();
                }),
                tables("words that come twice", BUS_BALANCE, forged -> {
                    int free = forged.record.pageIds().length * PageDigest.BLOCKS;
                    for (int i = 0; i < PageDigest.BLOCKS; i++) {
                        forged.copyRow(boundary.air, free - PageDigest.BLOCKS + i, free + i);
                    }
                    forged.recount();
                }),
                tables("another page", BUS_BALANCE, forged -> {
                    for (int i = 0; i < PageDigest.BLOCKS; i++) forged.add(boundary.air, boundary.page, i, 1);
                    forged.recount();
                }),
                tables("a root that nothing leads to", BUS_BALANCE, forged -> {
                    forged.rootAfter = forged.rootAfter.clone();
                    forged.rootAfter[3] ^= 1;
                }),
                tables("another sibling", BUS_BALANCE, forged -> {
                    forged.add(MACHINE.merkle.air, MACHINE.merkle.before[20], 5, 1);
                    forged.add(MACHINE.merkle.air, MACHINE.merkle.after[20], 5, 1);
                }),
                tables("a digest that is no hash", BUS_BALANCE, forged -> {
                    forged.add(MACHINE.merkle.air, MACHINE.merkle.after[0], 0, 1);
                    forged.rootAfter = forged.rootAfter.clone();
                    forged.rootAfter[0] = dev.aver.circuits.field.KoalaBear.add(
                            forged.rootAfter[0], dev.aver.circuits.field.KoalaBear.ONE);
                }));
    }

    /** The block of the input page that begins with its words 3, 4 and 5, which nobody reads. */
    private static int inputRow(Forged forged) {
        int page = forged.word(MemoryMap.INPUT_START) / MemoryMap.PAGE_WORDS;
        return page * PageDigest.BLOCKS + 1;
    }

    /** Changes a limb of an input word that the program does not read, before and after. */
    private static void unreadInput(Forged forged, long off) {
        BoundaryChip.Word word = MACHINE.boundary.words[0];
        forged.add(MACHINE.boundary.air, word.first()[1], inputRow(forged), off);
        forged.add(MACHINE.boundary.air, word.last()[1], inputRow(forged), off);
    }

    static Stream<Forgery> lookups() {
        return Stream.of(
                tables(
                        "a range query that nobody asks",
                        BUS_BALANCE,
                        forged -> forged.add(MACHINE.bits.air, MACHINE.bits.ranges, 77, 1)),
                tables(
                        "a bits query that nobody asks",
                        BUS_BALANCE,
                        forged -> forged.add(MACHINE.bits.air, MACHINE.bits.bits, 5, 1)),
                tables(
                        "an AND that nobody asks",
                        BUS_BALANCE,
                        forged -> forged.add(MACHINE.bytes.air, MACHINE.bytes.ands, 258, 1)),
                tables(
                        "a pair that nobody asks",
                        BUS_BALANCE,
                        forged -> forged.add(MACHINE.bytes.air, MACHINE.bytes.pairs, 3, 1)),
                tables(
                        "a fetch that nobody asks",
                        BUS_BALANCE,
                        forged -> forged.add(MACHINE.program.air, MACHINE.program.fetches, 0, 1)),
                tables("counts that answer each other's queries", BUS_BALANCE, forged -> {
                    forged.add(MACHINE.bits.air, MACHINE.bits.ranges, 77, 1);
                    forged.add(MACHINE.bits.air, MACHINE.bits.bits, 77, -1);
                }));
    }

    /** All forgeries. */
    static Stream<Forgery> all() {
        List<Forgery> all = new ArrayList<>();
        for (Stream<Forgery> some : List.of(results(), stores(), control(), halts(), memory(), lookups())) {
            some.forEach(all::add);
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void isRejected(Forgery forgery) throws Exception {
        Forged forged = new Forged(RUN);
        forgery.lie.accept(forged);
        forged.build();
        forgery.change.accept(forged);
        Optional<Reason> verdict = Verdict.of(forged.prove());
        assertThat(verdict).as(forgery.name).contains(forgery.expected);
    }

    /** What the forgeries go through is accepted when nobody lies: another input is another honest run. */
    @Test
    void withoutALieItIsAccepted() throws Exception {
        Forged honest = new Forged(RUN);
        honest.build();
        honest.recount();
        assertThat(Verdict.of(honest.prove())).isEmpty();
        Forged otherInput = new Forged(RUN);
        otherInput.build();
        unreadInput(otherInput, 1);
        otherInput.rehash();
        otherInput.recount();
        Optional<Reason> verdict = Verdict.of(otherInput.prove());
        assertThat(verdict).isEmpty();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
