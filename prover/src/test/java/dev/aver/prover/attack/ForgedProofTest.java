package dev.aver.prover.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.hash.HashSuite;
import java.util.List;
import java.util.stream.IntStream;
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
    /** Made once: the run and its proving key are the same for all forgeries. */
    private static final Run EVERYTHING =
            new Run(InstructionForgeries.everyChip(), new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, Fixture.CYCLES);

    private static final class Resting {
        private static final Run RUN = new Run(Fixture.loop(), new byte[0], 2 * Fixture.CYCLES);
    }

    static Stream<Forgery> all() {
        return Stream.of(
                        InstructionForgeries.results(),
                        InstructionForgeries.operands(),
                        InstructionForgeries.stores(),
                        InstructionForgeries.control(),
                        SystemForgeries.halts(),
                        SystemForgeries.memory(),
                        SystemForgeries.lookups())
                .flatMap(some -> some);
    }

    @ParameterizedTest
    @MethodSource("all")
    void isRejected(Forgery forgery) throws Exception {
        rejects(EVERYTHING, forgery);
    }

    private static final class Blake3 {
        private static final Run RUN = new Run(
                HashSuite.BLAKE3,
                InstructionForgeries.everyChip(),
                new byte[] {1, 2, 3, 4, 5, 6, 7, 8},
                Fixture.CYCLES);
    }

    /** Some of each kind; what refuses them does not depend on the suite. */
    static List<Forgery> withBlake3() {
        List<Forgery> all = all().toList();
        return IntStream.range(0, all.size())
                .filter(i -> i % 9 == 4)
                .mapToObj(all::get)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("withBlake3")
    void isRejectedWithBlake3(Forgery forgery) throws Exception {
        rejects(Blake3.RUN, forgery);
    }

    static List<Forgery> refreshes() {
        return SystemForgeries.refreshes().toList();
    }

    @ParameterizedTest
    @MethodSource("refreshes")
    void ofARefreshIsRejected(Forgery forgery) throws Exception {
        rejects(Resting.RUN, forgery);
    }

    private static void rejects(Run run, Forgery forgery) throws Exception {
        Forged forged = new Forged(run);
        forgery.lie().accept(forged);
        forged.build();
        forgery.change().accept(forged);
        assertThat(Verdict.of(forged.prove())).as(forgery.name()).contains(forgery.expected());
    }

    /** What the forgeries go through is accepted when nobody lies: another input is another honest run. */
    @Test
    void withoutALieItIsAccepted() throws Exception {
        Forged honest = new Forged(EVERYTHING);
        honest.build();
        honest.recount();
        assertThat(Verdict.of(honest.prove())).isEmpty();
        Forged otherInput = new Forged(EVERYTHING);
        otherInput.build();
        SystemForgeries.unreadInput(otherInput, 1);
        otherInput.rehash();
        otherInput.recount();
        assertThat(Verdict.of(otherInput.prove())).isEmpty();
    }
}
