package dev.aver.prover.trace;

import static dev.aver.circuits.memory.PageDigest.BLOCKS;
import static dev.aver.prover.trace.ForgedMemory.REGISTERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.chips.BoundaryChip;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.memory.MemoryTree;
import dev.aver.circuits.memory.PageDigest;
import java.util.Arrays;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Rows 0 to 21 are the first page, 22 to 43 the second. */
final class BoundaryChipTest {
    private static final int P = KoalaBear.P;

    private static ForgedMemory twoPages() {
        return ForgedMemory.of(100, REGISTERS);
    }

    /** The forgery is found out, and by nothing but what is named: all else fits. */
    private static void caught(ForgedMemory forged, String... because) {
        assertThat(forged.hash().complaints())
                .isNotEmpty()
                .allMatch(complaint -> Arrays.stream(because).anyMatch(complaint::contains))
                .satisfies(complaints -> assertThat(because)
                        .allMatch(reason -> complaints.stream().anyMatch(complaint -> complaint.contains(reason))));
    }

    @Test
    void acceptsAllLegalPages() {
        int last = MemoryTree.SALT_PAGE - 1;
        int[][] pages = {
            {REGISTERS},
            {8, REGISTERS},
            {last, REGISTERS},
            {8, last, REGISTERS},
            {8, 9, 10, 0xffff, 0x10000, 0x10008, (1 << 22) - 1, 1 << 22, last - 1, last, REGISTERS}
        };
        for (int[] ids : pages) {
            assertThat(ForgedMemory.of(ids).hash().complaints())
                    .as(Arrays.toString(ids))
                    .isEmpty();
        }
        // The forger's hand and the filler's lead to the same cells.
        ForgedMemory forged = ForgedMemory.of(8, last, REGISTERS).hash();
        int[] byHand = forged.table.main().clone();
        new BoundaryTrace(forged.chip).hash(3, forged.table, new Permutations(1));
        assertThat(forged.table.main()).isEqualTo(byHand);
    }

    @Test
    void noCellCanBeChanged() {
        ForgedMemory memory = twoPages().hash();
        // The last page is not followed by one whose id would have to be compared.
        Predicate<String> number = column -> column.equals("low") || column.equals("high");
        // Blocks in the middle of a page are all alike.
        // Only the last one has digests.
        BiPredicate<String, Integer> free = (column, row) -> (row == 2 * BLOCKS - 1 && number.test(column))
                || (row % BLOCKS > 1 && row % BLOCKS < BLOCKS - 2)
                || (row % BLOCKS < BLOCKS - 1 && column.contains("digest"));
        ChipAttack.everyCellCounts(memory.table, ForgedMemory.keys(), 2 * BLOCKS, free, 4);
    }

    /** What a row of padding holds besides its bits concerns nobody, as long as its words stay what they are. */
    @Test
    void paddingIsSilent() {
        ForgedMemory memory = twoPages().hash();
        Random random = new Random(5);
        String[] bits = {"real", "end of page", "more pages", "register page"};
        for (int column = 0; column < memory.table.air().width(); column++) {
            if (Arrays.asList(bits).contains(memory.table.air().columns().get(column))) continue;
            for (int row = 2 * BLOCKS; row < 64; row++) {
                memory.table.main()[(column << 6) + row] = random.nextInt(P);
            }
        }
        for (BoundaryChip.Word word : memory.chip.words) {
            for (int row = 2 * BLOCKS; row < 64; row++) {
                for (int i = 0; i < 4; i++)
                    memory.table.set(word.last()[i], row, memory.table.get(word.first()[i], row));
                memory.table.set(word.time(), row, 0);
            }
        }
        assertThat(memory.complaints()).isEmpty();
        memory.table.set(memory.chip.end, 50, 1);
        assertThat(memory.complaints()).anyMatch(complaint -> complaint.contains("only a real row ends a page"));
    }

    @Test
    void aPageCannotComeTwice() {
        for (int high : new int[] {0, 0xff, P >> 16}) {
            ForgedMemory memory = ForgedMemory.of(100, 100, REGISTERS);
            // The gap is −1: whatever its high part is said to be, one part is out of range.
            memory.set(memory.chip.high, 21, high).set(memory.chip.low, 21, -1 - ((long) high << 16));
            caught(memory, high < 256 ? "RANGE" : "BITS");
        }
    }

    @Test
    void pagesCannotGoBack() {
        ForgedMemory memory = ForgedMemory.of(100, 99, REGISTERS);
        caught(memory.setNumber(21, P - 2), "BITS");
        // After a page far up, one difference below 2^24 more would lead around p, if ids were not bounded.
        long far = (1 << 24) + 7;
        memory = ForgedMemory.of(100, 200, REGISTERS);
        memory.set(memory.chip.page, 22, 44, far).setNumber(21, far - 101).setNumber(43, P + REGISTERS - far - 2);
        for (int row = 22; row < 43; row++) memory.setNumber(row, far - 8);
        caught(memory, "BITS");
    }

    @Test
    void aPageIsBounded() {
        // Above all that 24 bits can say.
        long far = (1 << 24) + 8;
        ForgedMemory memory = ForgedMemory.of(100, REGISTERS);
        memory.set(memory.chip.page, 0, 22, far).setNumber(21, P + REGISTERS - far - 2);
        for (int row = 0; row < 21; row++) memory.setNumber(row, far - 8);
        caught(memory, "BITS");
        // A bound for another page than the row's.
        memory = ForgedMemory.of(100, REGISTERS);
        caught(memory.setNumber(3, 101 - 8), "a page is 8 or above");
        memory = ForgedMemory.of(100, REGISTERS);
        caught(memory.setNumber(21, 7), "page ids increase");
    }

    @Test
    void unmappedPagesDoNotExist() {
        for (int page : new int[] {0, 1, 7}) {
            ForgedMemory memory = ForgedMemory.of(page, REGISTERS);
            for (int row = 0; row < 21; row++) memory.setNumber(row, P + page - 8L);
            caught(memory, "BITS");
            for (int row = 0; row < 21; row++)
                memory.set(memory.chip.high, row, 0).set(memory.chip.low, row, page - 8);
            caught(memory, "RANGE");
        }
    }

    @Test
    void theSaltPageDoesNotExist() {
        ForgedMemory memory = ForgedMemory.of(MemoryTree.SALT_PAGE, REGISTERS);
        memory.set(memory.chip.high, 21, 0).set(memory.chip.low, 21, -1);
        caught(memory, "RANGE");
        memory = ForgedMemory.of(MemoryTree.SALT_PAGE, REGISTERS);
        caught(memory.setNumber(21, 0), "page ids increase");
        // Nor as the last page, without registers.
        caught(ForgedMemory.of(100, MemoryTree.SALT_PAGE), "the last page is the register page");
    }

    @Test
    void nothingIsAboveTheRegisterPage() {
        ForgedMemory memory = ForgedMemory.of(REGISTERS, REGISTERS + 5);
        caught(memory, "the last page is the register page");
        // Nor can it say that it is the register page.
        memory = ForgedMemory.of(REGISTERS, REGISTERS + 5);
        memory.set(memory.chip.register, 22, 44, 1).setNumber(21, 3);
        caught(memory, "only the register page");
        caught(ForgedMemory.of(100, 101), "the last page is the register page");
    }

    @Test
    void spacesCannotBeExchanged() {
        ForgedMemory memory = twoPages();
        caught(memory.set(memory.chip.register, 0, 22, 1), "only the register page is in the space of registers");
        memory = twoPages();
        caught(
                memory.set(memory.chip.register, 22, 44, 0).setNumber(21, REGISTERS - 101),
                "the last page is the register page");
        // The register page's first half as memory above all memory.
        memory = twoPages();
        caught(
                memory.set(memory.chip.register, 22, 33, 0).setNumber(21, REGISTERS - 101),
                "inside a page the space stays");
    }

    @Test
    void noBlockCanBeLeftOut() {
        // The counter skips.
        caught(twoPages().move(8, -1), "inside a page blocks are counted");
        // It does not skip, and ends early.
        ForgedMemory memory = twoPages().move(8, -1);
        for (int row = 7; row < 21; row++) memory.set(memory.chip.block, row, row);
        caught(memory, "a page ends with its last block");
        // At the beginning of the first and of the second page.
        caught(twoPages().move(1, -1), "the first page begins with block 0");
        caught(twoPages().move(23, -1), "the next page begins with block 0");
    }

    @Test
    void noWordHasASecondFirstValue() {
        // A block twice, with other words.
        ForgedMemory memory = twoPages().move(8, 1);
        caught(memory.set(memory.chip.words[0].first()[0], 8, 5), "inside a page blocks are counted");
        // Counted on, the page is longer than a page.
        memory = twoPages().move(8, 1);
        for (int row = 8; row < 23; row++) memory.set(memory.chip.block, row, row);
        caught(memory, "a page ends with its last block");
        // A page that never ends, counting on into the next.
        memory = twoPages();
        memory.set(memory.chip.end, 21, 0).set(memory.chip.more, 21, 0).setNumber(21, 100 - 8);
        caught(
                memory,
                "inside a page blocks are counted",
                "inside a page the page stays",
                "inside a page the space stays");
    }

    @Test
    void aPageCannotChangeItsMind() {
        ForgedMemory memory = ForgedMemory.of(100, 101, REGISTERS);
        memory.set(memory.chip.page, 0, 11, 99);
        for (int row = 0; row < 11; row++) memory.setNumber(row, 99 - 8);
        caught(memory, "inside a page the page stays");
    }

    @Test
    void theLastPageCannotBeCutOff() {
        // Real falls inside the register page: its digest would be nobody's.
        ForgedMemory memory = twoPages().clear(40, 44);
        memory.set(memory.chip.block, 40, 18)
                .set(memory.chip.page, 40, REGISTERS)
                .set(memory.chip.register, 40, 1);
        caught(memory, "a page goes on");
        // The table ends inside it. It would go on in the first row.
        memory = ForgedMemory.ofHeight(6, 100, 101, REGISTERS);
        caught(memory, "the table ends in padding", "inside a page", "SPONGE");
        // A table without any page, and one that begins after a gap.
        caught(twoPages().clear(0, 44), "the first row is real");
        caught(twoPages().clear(0, 22), "the first row is real", "real never rises");
        // A page after the padding.
        memory = ForgedMemory.of(100, REGISTERS, REGISTERS);
        memory.move(44, 3).clear(44, 47);
        memory.set(memory.chip.more, 43, 0);
        caught(memory, "real never rises");
    }

    @Test
    void moreIsWhatFollows() {
        // Without it, the next page would start from any state, with any id.
        ForgedMemory memory = ForgedMemory.of(100, REGISTERS, REGISTERS);
        memory.set(memory.chip.more, 43, 0);
        caught(memory, "whether more follows");
        memory = twoPages();
        caught(
                memory.set(memory.chip.more, 43, 1),
                "whether more follows",
                "page ids increase",
                "a page's sponge starts");
    }

    @Test
    void aLimbThatComesInIsBelow2To16() {
        for (int word = 0; word < 3; word++) {
            for (int limb = 0; limb < 4; limb++) {
                for (long value : new long[] {1 << 16, -1, P / 2}) {
                    ForgedMemory memory = twoPages();
                    // The word is never accessed, so it goes out as it came in.
                    memory.set(memory.chip.words[word].first()[limb], 5, value)
                            .set(memory.chip.words[word].last()[limb], 5, value);
                    caught(memory, "RANGE");
                }
            }
        }
        ForgedMemory memory = twoPages();
        caught(memory.set(memory.chip.words[0].first()[3], 21, 1 << 16), "RANGE");
    }

    @Test
    void aPageIsHashedFromItsTaggedState() {
        int[] start = PageDigest.start();
        for (int i = PageDigest.RATE; i < start.length; i++) {
            int[] other = start.clone();
            other[i] = KoalaBear.add(other[i], KoalaBear.ONE);
            assertThat(twoPages().hash(other).complaints())
                    .hasSize(4)
                    .allMatch(complaint -> complaint.contains("a page's sponge starts with its tag"));
        }
    }

    @Test
    void aPageIsHashedInOneChain() {
        ForgedMemory memory = twoPages().hash();
        memory.table.set(memory.chip.firstCapacity[3], 9, 7);
        assertThat(memory.complaints()).isNotEmpty().allMatch(complaint -> complaint.startsWith("SPONGE"));
        memory = twoPages().hash();
        memory.table.set(memory.chip.lastDigest[8], 21, 7);
        assertThat(memory.complaints()).isNotEmpty().allMatch(complaint -> complaint.startsWith("DIGEST"));
    }
}
