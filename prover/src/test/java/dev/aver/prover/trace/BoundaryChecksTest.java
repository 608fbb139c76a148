package dev.aver.prover.trace;

import static dev.aver.prover.trace.ForgedMemory.REGISTERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.air.Constraint;
import dev.aver.circuits.chips.BoundaryChip;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.memory.PageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * For each constraint of the boundary table a forgery that it alone stops: hashes, tree and machine agree to everything
 * else. A constraint without one is named here with the reason.
 */
final class BoundaryChecksTest {
    private static final String SPONGE =
            "a page's sponge starts with its tag and zeros: a state of choice leads to any digest";

    private static final String IDLE = "an idle word ";

    /** What follows from other constraints, each on its own. They stay, as a second line of defence. */
    private static final Map<String, String> IMPLIED = Map.of(
            "real is 0 or 1",
            "a row in which it is not cannot be the last, so that real falls behind it, as it never rises from anything "
                    + "but 1; then the page does not go on, so the row ends it, and only a real row does",
            "end of page is 0 or 1",
            "a row that ends a page a little has another block behind it in the page, so more is this number, and a bit",
            "more pages is 0 or 1",
            "it is a product of two bits",
            "register page is 0 or 1",
            "it stays inside a page, and where it is not 0 the page is the last there can be, in whose last row it is 1",
            "only a real row ends a page: else 'inside' would be −1",
            "the row behind such an end would have to be real, and real never rises; behind the last row the counter "
                    + "would have to go from 21 to 0",
            "the table ends in padding, which pages of 22 rows always leave: else its last page could be cut off",
            "the last row would be inside a page, which goes on in the first row, where the counter is 0 again");

    private static ForgedMemory twoPages() {
        return ForgedMemory.of(100, REGISTERS);
    }

    private static Map<String, ForgedMemory> forgeries() {
        ForgedMemory risen =
                ForgedMemory.of(100, REGISTERS, REGISTERS).move(44, 3).clear(44, 47);
        risen.set(risen.chip.more, 43, 0);
        ForgedMemory shorter = twoPages().move(8, -1);
        for (int row = 7; row < 21; row++) shorter.set(shorter.chip.block, row, row);
        ForgedMemory cut = twoPages().clear(40, 44);
        cut.set(cut.chip.block, 40, 18).set(cut.chip.page, 40, REGISTERS).set(cut.chip.register, 40, 1);
        ForgedMemory followed = ForgedMemory.of(100, REGISTERS, REGISTERS);
        followed.set(followed.chip.more, 43, 0);
        ForgedMemory changing = ForgedMemory.of(100, 101, REGISTERS);
        changing.set(changing.chip.page, 0, 11, 99);
        for (int row = 0; row < 11; row++) changing.setNumber(row, 99 - BoundaryChip.FIRST_PAGE);
        ForgedMemory spaces = twoPages();
        spaces.set(spaces.chip.register, 22, 33, 0).setNumber(21, REGISTERS - 101);
        ForgedMemory exchanged = twoPages();
        exchanged.set(exchanged.chip.register, 0, 22, 1);
        return Map.ofEntries(
                Map.entry("the first row is real", twoPages().clear(0, 44)),
                Map.entry("the first page begins with block 0", twoPages().move(1, -1)),
                Map.entry("real never rises", risen),
                Map.entry("a page ends with its last block", shorter),
                Map.entry("a page goes on", cut),
                Map.entry("inside a page blocks are counted", twoPages().move(8, -1)),
                Map.entry("whether more follows is what the next row says", followed),
                Map.entry("the next page begins with block 0", twoPages().move(23, -1)),
                Map.entry("inside a page the page stays", changing),
                Map.entry("inside a page the space stays", spaces),
                Map.entry("only the register page is in the space of registers", exchanged),
                Map.entry("the last page is the register page", ForgedMemory.of(100, 101)),
                Map.entry("a page is 8 or above", twoPages().setNumber(3, 101 - BoundaryChip.FIRST_PAGE)),
                Map.entry("page ids increase", twoPages().setNumber(21, 7)));
    }

    @Test
    void everyConstraintStopsWhatNothingElseStops() {
        List<String> names = new BoundaryChip()
                .air.constraints().stream().map(Constraint::name).toList();
        Set<String> unnamed = new HashSet<>(names);
        unnamed.removeAll(IMPLIED.keySet());
        unnamed.remove(SPONGE);
        unnamed.removeIf(name -> name.startsWith(IDLE));
        forgeries().forEach((constraint, forged) -> {
            assertThat(forged.hash().complaints())
                    .as(constraint)
                    .isNotEmpty()
                    .allMatch(complaint -> complaint.contains(constraint));
            assertThat(unnamed.removeIf(name -> name.startsWith(constraint)))
                    .as(constraint)
                    .isTrue();
        });
        assertThat(unnamed).as("constraints without a forgery").isEmpty();
        assertThat(names).containsAll(IMPLIED.keySet());
    }

    /**
     * Limbs and time of each word: in padding, and of the two words that a page's last block has not. The machine takes
     * what padding gives, so that nothing else complains.
     */
    @Test
    void noWordComesFromNothing() {
        int seen = 0;
        for (int word = 0; word < 3; word++) {
            for (int row : word == 0 ? new int[] {50} : new int[] {21, 43, 50}) {
                for (int element = 2; element < 7; element++) {
                    ForgedMemory memory = twoPages().hash();
                    BoundaryChip.Word forged = memory.chip.words[word];
                    memory.table.set(element == 6 ? forged.time() : forged.first()[element - 2], row, 7);
                    assertThat(memory.complaints())
                            .singleElement()
                            .asString()
                            .startsWith(
                                    "boundary, row " + row + ": not so: " + IDLE + word + " keeps element " + element);
                    if (row == 50) seen++;
                }
            }
        }
        long constraints = new BoundaryChip()
                .air.constraints().stream()
                        .filter(constraint -> constraint.name().startsWith(IDLE))
                        .collect(Collectors.counting());
        assertThat(constraints).isEqualTo(seen);
    }

    /** One constraint for each element of each capacity: of the first page, and of pages that follow. */
    @Test
    void everyElementOfEveryCapacityStartsAsItShould() {
        Set<String> seen = new HashSet<>();
        for (int i = PageDigest.RATE; i < PageDigest.start().length; i++) {
            for (int forgery = 0; forgery < 4; forgery++) {
                int[] other = PageDigest.start();
                other[i] = KoalaBear.add(other[i], KoalaBear.ONE);
                int half = forgery & 1;
                int page = forgery >> 1;
                List<String> complaints = twoPages()
                        .hash((h, p) -> h == half && p == page ? other : PageDigest.start())
                        .complaints();
                assertThat(complaints)
                        .singleElement()
                        .asString()
                        .startsWith("boundary, row " + 21 * page + ": not so: " + SPONGE);
                seen.add(i + " " + forgery);
            }
        }
        long constraints = new BoundaryChip()
                .air.constraints().stream()
                        .filter(constraint -> constraint.name().equals(SPONGE))
                        .collect(Collectors.counting());
        assertThat(constraints).isEqualTo(seen.size());
    }
}
