package dev.aver.circuits.air;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Each rule of the audit, broken by a small table and kept by a similar one. */
final class AuditTest {
    private static Audit audit(Consumer<AirBuilder> definition) {
        AirBuilder b = new AirBuilder("table");
        definition.accept(b);
        return Audit.of(List.of(b.build()));
    }

    private static void accepted(Consumer<AirBuilder> definition) {
        assertThat(audit(definition).complaints()).isEmpty();
    }

    private static void complains(String about, Consumer<AirBuilder> definition) {
        assertThat(audit(definition).complaints())
                .anySatisfy(complaint -> assertThat(complaint).contains(about));
    }

    /** A refresh of a word whose first limb becomes something else. */
    private static void write(AirBuilder b, Expr real, Expr limb) {
        Column before = b.column("before");
        Column was = b.column("was");
        Column clk = b.column("clk");
        Expr zero = Expr.ZERO;
        b.exchange("state", Bus.STATE, real, List.of(Expr.of(7), clk, zero), List.of(Expr.of(8), clk.plus(real), zero));
        b.lookup(Bus.PROGRAM, real, fetch(Expr.of(7), real.times(5)));
        word(b, real, 3, was, before, limb, clk.times(4));
        b.lookup(Bus.RANGE, real, clk.times(4).minus(before).minus(1));
    }

    /** A word of which only limb 0 is not 0. */
    private static void word(AirBuilder b, Expr real, int address, Expr was, Expr before, Expr is, Expr time) {
        Expr zero = Expr.ZERO;
        Expr at = Expr.of(address);
        b.exchange(
                "word",
                Bus.MEMORY,
                real,
                List.of(Expr.ONE, at, was, zero, zero, zero, before),
                List.of(Expr.ONE, at, is, zero, zero, zero, time));
    }

    private static Expr[] fetch(Expr row, Expr opcode) {
        Expr[] tuple = new Expr[Bus.PROGRAM.width()];
        Arrays.fill(tuple, Expr.ZERO);
        tuple[0] = row;
        tuple[1] = opcode;
        return tuple;
    }

    @Test
    void limbsNeedAReason() {
        accepted(b -> {
            Column real = b.bit("real");
            Column limb = b.column("limb");
            b.lookup(Bus.RANGE, real, limb);
            write(b, real, limb);
        });
        complains("no reason for limb 0 to be in range: limb", b -> write(b, b.bit("real"), b.column("limb")));
    }

    @Test
    void aLookupThatDoesNotAlwaysCountIsNoReason() {
        complains("no reason for limb 0", b -> {
            Column real = b.bit("real");
            Column limb = b.column("limb");
            b.lookup(Bus.RANGE, b.bit("sometimes"), limb);
            write(b, real, limb);
        });
    }

    @Test
    void aScaledLookupIsNoReason() {
        complains("no reason for limb 0", b -> {
            Column real = b.bit("real");
            Column limb = b.column("limb");
            b.lookup(Bus.RANGE, real, limb.times(8));
            write(b, real, limb);
        });
    }

    @Test
    void aSumMayPassTheEnd() {
        complains("no reason for limb 0", b -> {
            Column real = b.bit("real");
            Column limb = b.column("limb");
            b.lookup(Bus.RANGE, real, limb);
            write(b, real, limb.plus(b.bit("more")));
        });
        accepted(b -> {
            Column real = b.bit("real");
            Column limb = b.column("limb");
            b.lookup(Bus.BITS, real, Expr.of(15), limb, Expr.of(1 << 15));
            write(b, real, limb.times(2).plus(b.bit("more")));
        });
    }

    @Test
    void aDifferenceMayWrap() {
        complains("no reason for limb 0", b -> {
            Column real = b.bit("real");
            Column limb = b.column("limb");
            b.lookup(Bus.RANGE, real, limb);
            write(b, real, limb.minus(b.bit("less")));
        });
    }

    @Test
    void casesAreTried() {
        accepted(b -> choice(b, 3));
        complains("no reason for limb 0", b -> choice(b, 17));
    }

    /** Writes one of two columns, of which the second is looked up with so many bits. */
    private static void choice(AirBuilder b, int bits) {
        AirBuilder.Selectors which = b.selectors("first", "second");
        Column x = b.column("x");
        Column y = b.column("y");
        Column chosen = b.column("chosen");
        b.lookup(Bus.RANGE, which.flags()[0], x);
        b.lookup(Bus.BITS, which.flags()[1], Expr.of(bits - 1), y, Expr.of(1L << (bits - 1)));
        b.equal(
                "chosen",
                chosen,
                which.flags()[0].times(x).plus(which.flags()[1].times(y).times(2)));
        write(b, which.real(), chosen);
    }

    /** The word before all others could otherwise be taken in the end as it was put there in the beginning. */
    @Test
    void theFirstWordIsNoCopy() {
        complains("no reason for limb 0", b -> firstWord(b, false));
        accepted(b -> firstWord(b, true));
    }

    private static void firstWord(AirBuilder b, boolean checked) {
        Column real = b.bit("real");
        Column limb = b.column("limb");
        word(b, real, 4, limb, b.column("last"), limb, Expr.ZERO);
        b.lookup(Bus.RANGE, real, checked ? limb : Expr.ZERO);
    }

    @Test
    void whatIsVouchedForIsAccepted() {
        Consumer<AirBuilder> vouched = b -> {
            Column limb = b.column("limb");
            b.vouch(limb, "it is said to be small");
            write(b, b.bit("real"), limb);
        };
        accepted(vouched);
        assertThat(audit(vouched).reasons())
                .anySatisfy(reason -> assertThat(reason.reason()).isEqualTo("vouched for: it is said to be small"));
        complains("vouched for in vain", b -> {
            Column real = b.bit("real");
            b.vouch(real, "nobody asks");
            write(b, real, Expr.ZERO);
        });
    }

    @Test
    void multiplicitiesAreBits() {
        complains("not proven to be 0 or 1", b -> b.lookup(Bus.RANGE, b.column("count"), Expr.ZERO));
        complains(
                "not proven to be 0 or 1",
                b -> b.lookup(Bus.RANGE, b.bit("first").plus(b.bit("second")), Expr.ZERO));
        accepted(b -> b.lookup(Bus.RANGE, b.bit("first").times(b.bit("second").not()), Expr.ZERO));
        accepted(b -> {
            Column first = b.bit("first");
            Column second = b.bit("second");
            b.lookup(Bus.RANGE, first.plus(second).minus(first.times(second)), Expr.ZERO);
        });
        accepted(b -> {
            AirBuilder.Selectors selectors = b.selectors("x", "y", "z");
            b.lookup(Bus.RANGE, selectors.flags()[0].plus(selectors.flags()[2]), Expr.ZERO);
        });
    }

    @Test
    void whatReadsTheNextRowIsOffInTheLast() {
        Consumer<AirBuilder> reads = b -> {
            Column real = b.bit("real");
            Column value = b.column("value");
            b.lookup(Bus.RANGE, real, value.next());
        };
        complains("may count in the last one", reads);
        accepted(b -> {
            Column real = b.bit("real");
            Column end = b.bit("end");
            Column value = b.column("value");
            b.last("nothing in the last row", real);
            b.zero("an end is real", end.times(real.not()));
            b.lookup(Bus.RANGE, real.minus(end), value.next());
        });
    }

    @Test
    void timeGoesForward() {
        complains("the time since the access before", b -> {
            Column real = b.bit("real");
            Column time = b.column("time");
            word(b, real, 0, Expr.ZERO, b.column("before"), Expr.ZERO, time);
            b.lookup(Bus.RANGE, real, time);
        });
        complains("the time to be in range", b -> {
            Column real = b.bit("real");
            Column time = b.column("time");
            Column before = b.column("before");
            word(b, real, 0, Expr.ZERO, before, Expr.ZERO, time);
            b.lookup(Bus.RANGE, real, time.minus(before).minus(1));
        });
    }

    @Test
    void wordsAreTakenAndPutBack() {
        complains("puts a word back that it did not take", b -> {
            Column real = b.bit("real");
            Expr zero = Expr.ZERO;
            b.exchange(
                    "word",
                    Bus.MEMORY,
                    real,
                    List.of(zero, zero, zero, zero, zero, zero, zero),
                    List.of(zero, real, zero, zero, zero, zero, zero));
            b.lookup(Bus.RANGE, real, zero);
        });
    }

    /** The builder sees to it; here is one that forgot an element. */
    @Test
    void idleExchangesChangeNothing() {
        AirBuilder b = new AirBuilder("table");
        Column real = b.bit("real");
        word(b, real, 0, Expr.ZERO, b.column("before"), b.column("limb"), b.column("time"));
        b.lookup(Bus.RANGE, real, Expr.ZERO);
        Air good = b.build();
        for (int without = 1; without <= 2; without++) {
            List<Constraint> constraints = new ArrayList<>(good.constraints());
            constraints.remove(without);
            Air bad = new Air("table", List.of(), good.columns(), constraints, good.messages(), List.of());
            assertThat(Audit.of(List.of(bad)).complaints())
                    .anySatisfy(complaint -> assertThat(complaint).contains("than it takes where it does not count"));
        }
        assertThat(Audit.of(List.of(good)).complaints())
                .noneSatisfy(complaint -> assertThat(complaint).contains("does not count"));
    }

    @Test
    void exchangesComeInPairsAndFirst() {
        Expr zero = Expr.ZERO;
        List<Expr> state = List.of(zero, zero, zero);
        Message taken = new Message(Bus.STATE, true, zero, state);
        Message given = new Message(Bus.STATE, false, zero, state);
        Message asked = new Message(Bus.RANGE, false, zero, List.of(zero));
        Message word = new Message(Bus.MEMORY, false, zero, Collections.nCopies(Bus.MEMORY.width(), zero));
        refused(List.of(), "asks and answers nothing");
        refused(List.of(taken, given), "asks and answers nothing");
        refused(List.of(given, taken, asked), "not its part of an exchange");
        refused(List.of(taken, asked, given), "not its part of an exchange");
        refused(List.of(asked, taken, given), "not its part of an exchange");
        refused(List.of(taken, word, asked), "not its part of an exchange");
    }

    private static void refused(List<Message> messages, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Air("table", List.of(), List.of(), List.of(), messages, List.of()))
                .withMessageContaining(why);
    }

    @Test
    void statesAreFetched() {
        complains("fetches nothing", b -> {
            Column real = b.bit("real");
            List<Expr> state = List.of(Expr.ZERO, Expr.ZERO, Expr.ZERO);
            b.exchange("state", Bus.STATE, real, state, state);
            b.lookup(Bus.RANGE, real, Expr.ZERO);
        });
        complains("does not fetch once", b -> {
            Column real = b.bit("real");
            b.lookup(Bus.PROGRAM, real, fetch(Expr.of(7), real));
        });
        complains("fetches another row than its own", step(7, 1, 0, b -> Expr.ONE));
        complains("does not move on in time", step(6, 0, 0, b -> Expr.ONE));
        complains("goes on after a halt", step(6, 1, 1, b -> Expr.ONE));
        complains("fetches opcode 0", step(6, 1, 0, b -> Expr.ZERO));
        complains("fetches opcode 0", step(6, 1, 0, b -> b.bit("which").times(9)));
        complains("fetches an opcode of choice", step(6, 1, 0, b -> b.column("any")));
        Consumer<AirBuilder> good = step(6, 1, 0, b -> b.bit("which").plus(9));
        accepted(good);
        assertThat(audit(good).opcodes().keySet()).containsExactly(9, 10);
    }

    /** A table that is in row 6 and fetches {@code row}. */
    private static Consumer<AirBuilder> step(int row, int cycles, int halted, Function<AirBuilder, Expr> opcode) {
        return b -> {
            Column real = b.bit("real");
            Column clk = b.column("clk");
            b.exchange(
                    "state",
                    Bus.STATE,
                    real,
                    List.of(Expr.of(6), clk, Expr.of(halted)),
                    List.of(Expr.of(8), clk.plus(real.times(cycles)), Expr.ZERO));
            b.lookup(Bus.PROGRAM, real, fetch(Expr.of(row), opcode.apply(b)));
        };
    }

    @Test
    void numbersOfBitsAreBounded() {
        complains(
                "the number of bits to be in range: k",
                b -> b.lookup(Bus.BITS, b.bit("real"), b.column("k"), b.column("value"), b.column("power")));
        complains(
                "a number of bits that no key has",
                b -> b.lookup(Bus.BITS, b.bit("real"), Expr.of(17), b.column("value"), Expr.of(1 << 17)));
        complains(
                "a number of bits that no key has",
                b -> b.lookup(Bus.BITS, b.bit("real"), Expr.of(3), b.column("value"), Expr.of(1 << 4)));
        accepted(b -> b.lookup(Bus.BITS, b.bit("real"), b.bit("more").plus(3), b.column("value"), b.column("power")));
    }

    @Test
    void columnsAreUsed() {
        complains("a column that nothing reads: idle", b -> {
            b.column("idle");
            b.lookup(Bus.RANGE, b.bit("real"), Expr.ZERO);
        });
    }

    @Test
    void answersHaveFixedKeys() {
        accepted(b -> b.answer(Bus.RANGE, b.column("count"), b.preprocessed("key")));
        // A query of negative count would be an answer with a key of choice.
        complains(
                "not proven to be 0 or 1",
                b -> b.lookup(Bus.RANGE, b.bit("real").times(-1), b.column("key")));
        Column free = new AirBuilder("other").column("key");
        Message message = new Message(Bus.RANGE, true, free, List.of(free));
        Air forged = new Air("table", List.of(), List.of("key"), List.of(), List.of(message), List.of());
        assertThat(Audit.of(List.of(forged)).complaints())
                .anySatisfy(complaint -> assertThat(complaint).contains("answers with a key of choice"));
    }
}
