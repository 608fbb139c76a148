package dev.aver.prover.attack;

import static dev.aver.verifier.InvalidReceiptException.Reason.BUS_BALANCE;
import static dev.aver.verifier.InvalidReceiptException.Reason.CONSTRAINTS;

import dev.aver.circuits.chips.BoundaryChip;
import dev.aver.circuits.chips.HaltChip;
import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.chips.RefreshChip;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.memory.PageDigest;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.program.MemoryMap;
import dev.aver.zkvm.record.RefreshTable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.stream.Stream;

/** Forgeries of the halt, of memory, of refreshes and of lookups. */
final class SystemForgeries {
    private static final Machine MACHINE = Machine.CURRENT;
    private static final int HALF = KoalaBear.halve(KoalaBear.ONE);

    private SystemForgeries() {}

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
                Forgery.ofTables("an exit code that the halt does not read", BUS_BALANCE, forged -> {
                    forged.add(halt.air, halt.code.value()[0], 0, 1);
                    forged.claim(1);
                }),
                Forgery.ofTables("a journal after exit", CONSTRAINTS, forged -> {
                    byte[] journal = {1, 2, 3};
                    byte[] digest = sha256(journal);
                    for (int i = 0; i < 16; i++) {
                        int limb = (digest[2 * i] & 0xff) | (digest[2 * i + 1] & 0xff) << 8;
                        forged.table(halt.air).set(halt.digest[i / 4].was()[i % 4], 0, limb);
                    }
                    forged.claim(0, journal);
                }),
                Forgery.ofTables("two halts", BUS_BALANCE, forged -> {
                    forged.copyRow(halt.air, 0, 1);
                    forged.recount();
                }),
                Forgery.ofTables("no halt", BUS_BALANCE, forged -> {
                    forged.clearRow(halt.air, 0);
                    forged.recount();
                }),
                Forgery.ofTables("a halt by another call", CONSTRAINTS, forged -> {
                    forged.add(halt.air, halt.exit, 0, -1);
                    forged.add(halt.air, halt.exitGroup, 0, 1);
                    forged.recount();
                }),
                Forgery.ofTables("a halt where no ECALL is", BUS_BALANCE, forged -> {
                    forged.add(halt.air, halt.instruction.row, 0, -2);
                    forged.recount();
                }));
    }

    static Stream<Forgery> memory() {
        BoundaryChip boundary = MACHINE.boundary;
        BoundaryChip.Word word = boundary.words[0];
        return Stream.of(
                Forgery.ofTables("a word's limb beyond 2^16", BUS_BALANCE, forged -> {
                    unreadInput(forged, 1 << 16);
                    forged.rehash();
                    forged.recount();
                }),
                Forgery.ofTables("a word's limb below 0", BUS_BALANCE, forged -> {
                    unreadInput(forged, -1);
                    forged.rehash();
                    forged.recount();
                }),
                Forgery.ofTables("a word that changes by itself", BUS_BALANCE, forged -> {
                    forged.add(boundary.air, word.last()[0], inputRow(forged), 1);
                    forged.rehash();
                    forged.recount();
                }),
                Forgery.ofTables("a word that nobody hashes", BUS_BALANCE, forged -> {
                    unreadInput(forged, 1);
                    forged.recount();
                }),
                Forgery.ofTables("a last time that was not", BUS_BALANCE, forged -> {
                    forged.add(boundary.air, word.time(), inputRow(forged), 4);
                    forged.rehash();
                    forged.recount();
                }),
                Forgery.ofTables("a page without its first words", BUS_BALANCE, forged -> {
                    forged.add(boundary.air, boundary.block, 0, 1);
                    forged.rehash();
                }),
                Forgery.ofTables("a missing page", BUS_BALANCE, forged -> {
                    for (int i = 0; i < PageDigest.BLOCKS; i++) forged.clearRow(boundary.air, i);
                    forged.recount();
                }),
                Forgery.ofTables("words that come twice", BUS_BALANCE, forged -> {
                    int free = forged.record.pageIds().length * PageDigest.BLOCKS;
                    for (int i = 0; i < PageDigest.BLOCKS; i++) {
                        forged.copyRow(boundary.air, free - PageDigest.BLOCKS + i, free + i);
                    }
                    forged.recount();
                }),
                Forgery.ofTables("another page", BUS_BALANCE, forged -> {
                    for (int i = 0; i < PageDigest.BLOCKS; i++) forged.add(boundary.air, boundary.page, i, 1);
                    forged.recount();
                }),
                Forgery.ofTables("a root that nothing leads to", BUS_BALANCE, forged -> {
                    forged.rootAfter = forged.rootAfter.clone();
                    forged.rootAfter[3] ^= 1;
                }),
                Forgery.ofTables("another sibling", BUS_BALANCE, forged -> {
                    forged.add(MACHINE.merkle.air, MACHINE.merkle.before[20], 5, 1);
                    forged.add(MACHINE.merkle.air, MACHINE.merkle.after[20], 5, 1);
                }),
                Forgery.ofTables("a digest that is no hash", BUS_BALANCE, forged -> {
                    forged.add(MACHINE.merkle.air, MACHINE.merkle.after[0], 0, 1);
                    forged.rootAfter = forged.rootAfter.clone();
                    forged.rootAfter[0] = KoalaBear.add(forged.rootAfter[0], KoalaBear.ONE);
                }));
    }

    /** The block of the input page that begins with its words 3, 4 and 5, which nobody reads. */
    private static int inputRow(Forged forged) {
        int page = forged.word(MemoryMap.INPUT_START) / MemoryMap.PAGE_WORDS;
        return page * PageDigest.BLOCKS + 1;
    }

    /** Changes a limb of an input word that the program does not read, before and after. */
    static void unreadInput(Forged forged, long off) {
        BoundaryChip.Word word = MACHINE.boundary.words[0];
        forged.add(MACHINE.boundary.air, word.first()[1], inputRow(forged), off);
        forged.add(MACHINE.boundary.air, word.last()[1], inputRow(forged), off);
    }

    /** Forgeries of a run in which x20 rests for longer than one access can prove. */
    static Stream<Forgery> refreshes() {
        RefreshChip chip = MACHINE.refresh;
        return Stream.of(
                new Forgery(
                        "a register that rests too long",
                        BUS_BALANCE,
                        forged -> readAt(forged, forged.record.refreshes().before[refresh(forged)]),
                        forged -> {
                            forged.clearRow(chip.air, refresh(forged));
                            forged.recount();
                        }),
                new Forgery(
                        "a refresh that goes back",
                        BUS_BALANCE,
                        forged -> {
                            RefreshTable refreshes = forged.record.refreshes();
                            int time = refreshes.before[refresh(forged)] - 1;
                            refreshes.time[refresh(forged)] = time;
                            readAt(forged, time);
                        },
                        Forged::recount),
                new Forgery(
                        "a refresh that changes the value",
                        BUS_BALANCE,
                        forged -> forged.record.refreshes().value[refresh(forged)] ^= 1,
                        Forged::recount),
                Forgery.ofTables("a refresh that counts half in two rows", BUS_BALANCE, forged -> {
                    // Added up, fractions see one refresh; a product sees two.
                    int free = forged.record.refreshes().size();
                    forged.copyRow(chip.air, refresh(forged), free);
                    forged.table(chip.air).setElement(chip.real, refresh(forged), HALF);
                    forged.table(chip.air).setElement(chip.real, free, HALF);
                }));
    }

    /** The number of the refresh of x20. */
    private static int refresh(Forged forged) {
        RefreshTable refreshes = forged.record.refreshes();
        for (int i = 0; i < refreshes.size(); i++) {
            if (refreshes.register[i] == 20) return i;
        }
        throw new AssertionError("x20 is not refreshed");
    }

    /** The ADD that reads x20 says that the access before was at this time. */
    private static void readAt(Forged forged, int time) {
        forged.record.table(Chip.ADD).rs1Time[forged.writing(Chip.ADD, 7)] = time;
    }

    static Stream<Forgery> lookups() {
        return Stream.of(
                Forgery.ofTables(
                        "a range query that nobody asks",
                        BUS_BALANCE,
                        forged -> forged.add(MACHINE.bits.air, MACHINE.bits.ranges, 77, 1)),
                Forgery.ofTables(
                        "a bits query that nobody asks",
                        BUS_BALANCE,
                        forged -> forged.add(MACHINE.bits.air, MACHINE.bits.bits, 5, 1)),
                Forgery.ofTables(
                        "an AND that nobody asks",
                        BUS_BALANCE,
                        forged -> forged.add(MACHINE.bytes.air, MACHINE.bytes.ands, 258, 1)),
                Forgery.ofTables(
                        "a pair that nobody asks",
                        BUS_BALANCE,
                        forged -> forged.add(MACHINE.bytes.air, MACHINE.bytes.pairs, 3, 1)),
                Forgery.ofTables(
                        "a fetch that nobody asks",
                        BUS_BALANCE,
                        forged -> forged.add(MACHINE.program.air, MACHINE.program.fetches, 0, 1)),
                Forgery.ofTables("counts that answer each other's queries", BUS_BALANCE, forged -> {
                    forged.add(MACHINE.bits.air, MACHINE.bits.ranges, 77, 1);
                    forged.add(MACHINE.bits.air, MACHINE.bits.bits, 77, -1);
                }));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
