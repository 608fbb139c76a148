package dev.aver.circuits.chips;

import static dev.aver.circuits.memory.PageDigest.BLOCKS;
import static dev.aver.circuits.memory.PageDigest.BLOCK_WORDS;
import static dev.aver.circuits.memory.PageDigest.RATE;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.air.Expr;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.Poseidon2;
import dev.aver.circuits.hash.Poseidon2Suite;
import dev.aver.circuits.memory.MemoryTree;
import dev.aver.circuits.memory.PageDigest;
import dev.aver.zkvm.program.MemoryMap;
import java.util.Arrays;
import java.util.List;

/**
 * Where memory comes from and goes to: every word of every page that a segment touches, the register file's page last.
 * Each word is put on the memory bus as it was before, at time 0, and taken as it is after; both pages are hashed, and
 * the digests are the leaf that the memory tree has for this page.
 *
 * <p>A row is a block of the pages' sponges, three words; {@value PageDigest#BLOCKS} rows are a page. What has to be
 * impossible is a word that has two first values, or a page whose words and leaf have nothing to do with each other: so
 * rows are counted through without a gap, and page ids increase.
 *
 * <p>The last block of a page has one word. The other two are on no bus in its row, and the sponges take zeros in their
 * place.
 */
public final class BoundaryChip {
    private static final int DIGEST = Poseidon2Suite.DIGEST;
    private static final int CAPACITY = Poseidon2.WIDTH - RATE;

    /** The first page that a guest can access. */
    public static final int FIRST_PAGE = (int) (MemoryMap.PROGRAM_START / MemoryMap.PAGE_SIZE);

    /**
     * A word of a row.
     *
     * @param first before the segment, four limbs
     * @param last after the segment, four limbs
     * @param time of its last access, 0 if there was none
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Word(Column[] first, Column[] last, Column time) {
        private static Word of(AirBuilder b, String name) {
            return new Word(
                    b.columns(name + " first", Limbs.COUNT),
                    b.columns(name + " last", Limbs.COUNT),
                    b.column(name + " time"));
        }
    }

    /** The table. */
    public final Air air;

    /** Whether the row is a block of a page: 1 from the first row on, then 0. */
    public final Column real;

    /** Whether it is the last block of its page. */
    public final Column end;

    /** Whether it is the last block of its page and another page follows. */
    public final Column more;

    /** The block in its page, 0 to 21. */
    public final Column block;

    /** The page. */
    public final Column page;

    /** Whether it is the register page. */
    public final Column register;

    /** Bits 0 to 15 of a number that is proven below 2^24. */
    public final Column low;

    /** Its bits 16 to 23. */
    public final Column high;

    /** The block's words. */
    public final Word[] words = new Word[BLOCK_WORDS];

    /** In the last row of a page the digest of the page before the segment. */
    public final Column[] firstDigest;

    /** The same of the page after it. */
    public final Column[] lastDigest;

    /** Elements 12 to 23 of the state that this block enters, of the page before the segment. */
    public final Column[] firstCapacity;

    /** The same of the page after it. */
    public final Column[] lastCapacity;

    private final AirBuilder b = new AirBuilder("boundary");

    /** Describes the table. */
    public BoundaryChip() {
        real = b.bit("real");
        end = b.bit("end of page");
        more = b.bit("more pages");
        block = b.column("block");
        page = b.column("page");
        register = b.bit("register page");
        low = b.column("low");
        high = b.column("high");
        for (int i = 0; i < BLOCK_WORDS; i++) words[i] = Word.of(b, "word " + i);
        firstDigest = b.columns("first digest", DIGEST);
        lastDigest = b.columns("last digest", DIGEST);
        firstCapacity = b.columns("first capacity", CAPACITY);
        lastCapacity = b.columns("last capacity", CAPACITY);
        Expr inside = real.minus(end);

        rows(inside);
        pages(inside);
        for (int i = 0; i < BLOCK_WORDS; i++) word(i, i == 0 ? real : inside);
        sponge(inside, firstCapacity, words[0].first, words[1].first, words[2].first, firstDigest);
        sponge(inside, lastCapacity, words[0].last, words[1].last, words[2].last, lastDigest);
        Expr[] leaf = new Expr[Bus.NODE.width()];
        leaf[0] = Expr.of(MemoryTree.DEPTH);
        leaf[1] = page;
        System.arraycopy(firstDigest, 0, leaf, 2, DIGEST);
        System.arraycopy(lastDigest, 0, leaf, 2 + DIGEST, DIGEST);
        b.receive(Bus.NODE, end, leaf);
        air = b.build();
    }

    /** Real rows come first, and are whole pages: blocks 0 to 21, again and again. */
    private void rows(Expr inside) {
        b.first("the first row is real: else the first page would begin somewhere in the table", real.not());
        b.first("the first page begins with block 0: else its first words would be missing", block);
        b.transition(
                "real never rises: else a page could begin there, in the middle",
                real.next().times(real.not()));
        b.zero("only a real row ends a page: else 'inside' would be −1", end.times(real.not()));
        b.zero("a page ends with its last block: else words would be missing", end.times(block.minus(BLOCKS - 1)));
        b.last(
                "the table ends in padding, which pages of 22 rows always leave: else its last page could be cut off",
                real);
        b.zero(
                "a page goes on: else its last words would be missing",
                inside.times(real.next().not()));
        b.zero(
                "inside a page blocks are counted: else one could be left out or come twice",
                inside.times(block.next().minus(block).minus(1)));
        b.equal("whether more follows is what the next row says", more, end.times(real.next()));
        b.zero("the next page begins with block 0", more.times(block.next()));
    }

    /** Page ids increase, from 8 on, up to the register page's, and leave out the salt page. */
    private void pages(Expr inside) {
        b.zero("inside a page the page stays", inside.times(page.next().minus(page)));
        b.zero("inside a page the space stays", inside.times(register.next().minus(register)));
        b.zero(
                "only the register page is in the space of registers",
                register.times(page.minus(MemoryMap.REGISTER_PAGE)));
        b.zero(
                "the last page is the register page: else pages above all memory could follow",
                end.minus(more).times(register.not()));
        Expr number = low.plus(high.times(Limbs.BASE));
        b.zero(
                "a page is 8 or above, and no number that wraps: page 0 does not exist",
                inside.times(number.minus(page.minus(FIRST_PAGE))));
        b.zero(
                "page ids increase, and leave a gap below the register page, where the salt page is: "
                        + "a page that came twice would have two contents",
                more.times(number.minus(page.next().minus(page).minus(1).minus(register.next()))));
        // Both ids are below 2^24 + 8 by the rows inside their pages, so a difference below 0 is above 2^24 modulo p.
        Expr proven = inside.plus(more);
        b.lookup(Bus.RANGE, proven, low);
        b.lookup(Bus.BITS, proven, Expr.of(8), high, Expr.of(1 << 8));
    }

    /**
     * A word before and after. Its first limbs are checked: they are whatever the prover put into the input, or another
     * segment left. Its last ones are a copy of what is on the bus, and there is nothing else on the bus.
     */
    private void word(int i, Expr count) {
        Word word = words[i];
        // A word's index in memory; the register page's words count from 0.
        Expr address = page.times(MemoryMap.PAGE_WORDS)
                .minus(register.times((long) MemoryMap.REGISTER_PAGE * MemoryMap.PAGE_WORDS))
                .plus(block.times(BLOCK_WORDS))
                .plus(i);
        b.exchange(
                "word " + i,
                Bus.MEMORY,
                count,
                tuple(address, word.last, word.time),
                tuple(address, word.first, Expr.ZERO));
        Limbs.range(b, count, word.first);
    }

    private List<Expr> tuple(Expr address, Column[] limbs, Expr time) {
        return List.of(register, address, limbs[0], limbs[1], limbs[2], limbs[3], time);
    }

    /** One of the two sponges: from the tagged state at block 0, through the capacity of each row, to the digest. */
    private void sponge(
            Expr inside, Column[] capacity, Column[] first, Column[] second, Column[] third, Column[] digest) {
        int[] start = PageDigest.start();
        for (int i = 0; i < CAPACITY; i++) {
            long value = KoalaBear.canonical(start[RATE + i]);
            String why = "a page's sponge starts with its tag and zeros: a state of choice leads to any digest";
            b.first(why, capacity[i].minus(value));
            b.zero(why, more.times(capacity[i].next().minus(value)));
        }
        Expr[] step = new Expr[Bus.SPONGE.width()];
        Expr[] last = new Expr[Bus.DIGEST.width()];
        Arrays.fill(last, Expr.ZERO);
        System.arraycopy(first, 0, step, 0, Limbs.COUNT);
        System.arraycopy(second, 0, step, Limbs.COUNT, Limbs.COUNT);
        System.arraycopy(third, 0, step, 2 * Limbs.COUNT, Limbs.COUNT);
        System.arraycopy(first, 0, last, 0, Limbs.COUNT);
        System.arraycopy(capacity, 0, step, RATE, CAPACITY);
        System.arraycopy(capacity, 0, last, RATE, CAPACITY);
        for (int i = 0; i < CAPACITY; i++) step[RATE + CAPACITY + i] = capacity[i].next();
        System.arraycopy(digest, 0, last, RATE + CAPACITY, DIGEST);
        b.receive(Bus.SPONGE, inside, step);
        b.receive(Bus.DIGEST, end, last);
    }
}
