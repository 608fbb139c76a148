package dev.aver.verifier.pcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.InvalidReceiptException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An honest proof with other bytes is rejected, with a reason and nothing else. */
class PcsBytesTest {
    static List<HashSuite> suites() {
        return List.of(HashSuite.POSEIDON2, HashSuite.BLAKE3);
    }

    private static Instance instance(HashSuite suite) {
        return Instance.random(Shapes.small(suite, 2), 11);
    }

    private static Reason rejection(Instance instance, List<int[]> caps, byte[] bytes, String what) {
        Instance.Proof proof = new Instance.Proof(caps, bytes);
        InvalidReceiptException rejected =
                catchThrowableOfType(InvalidReceiptException.class, () -> instance.verify(proof));
        assertThat(rejected).as(what).isNotNull();
        return rejected.reason();
    }

    private static ByteBuffer words(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Every opening, cap, coefficient, row, path and group, and the nonce. */
    @ParameterizedTest
    @MethodSource("suites")
    void everyWordCounts(HashSuite suite) {
        Instance instance = instance(suite);
        Instance.Proof proof = instance.prove();
        Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        for (int at = 0; at < proof.bytes().length; at += 4) {
            byte[] changed = proof.bytes().clone();
            changed[at] ^= 1;
            reasons.add(rejection(instance, proof.caps(), changed, "word at byte " + at));
        }
        assertThat(reasons)
                .contains(Reason.PROOF_OF_WORK, Reason.OPENING)
                .isSubsetOf(Reason.PROOF_OF_WORK, Reason.OPENING, Reason.LOW_DEGREE, Reason.NOT_CANONICAL);
    }

    @ParameterizedTest
    @MethodSource("suites")
    void everyWordOfACommitmentCounts(HashSuite suite) {
        Instance instance = instance(suite);
        Instance.Proof proof = instance.prove();
        for (int c = 0; c < proof.caps().size(); c++) {
            for (int word = 0; word < proof.caps().get(c).length; word++) {
                List<int[]> caps = new ArrayList<>(proof.caps());
                caps.set(c, caps.get(c).clone());
                caps.get(c)[word] ^= 1;
                assertThat(rejection(instance, caps, proof.bytes(), "word " + word + " of cap " + c))
                        .isIn(Reason.PROOF_OF_WORK, Reason.OPENING, Reason.LOW_DEGREE);
            }
        }
    }

    /** The same element written as x + p: the proof would have a second form. */
    @Test
    void everyElementHasOneForm() {
        Instance instance = instance(HashSuite.POSEIDON2);
        Instance.Proof proof = instance.prove();
        for (int at = 0; at < proof.bytes().length; at += 4) {
            byte[] changed = proof.bytes().clone();
            words(changed).putInt(at, words(changed).getInt(at) + KoalaBear.P);
            assertThat(rejection(instance, proof.caps(), changed, "element at byte " + at))
                    .isEqualTo(Reason.NOT_CANONICAL);
        }
    }

    @ParameterizedTest
    @MethodSource("suites")
    void theLengthIsExact(HashSuite suite) {
        Instance instance = instance(suite);
        Instance.Proof proof = instance.prove();
        int length = proof.bytes().length;
        for (int shorter = 0; shorter < length; shorter += shorter < 200 || shorter > length - 300 ? 1 : 53) {
            byte[] bytes = Arrays.copyOf(proof.bytes(), shorter);
            assertThat(rejection(instance, proof.caps(), bytes, shorter + " bytes"))
                    .isEqualTo(Reason.MALFORMED);
        }
        for (int longer : new int[] {1, 2, 3, 4, 24, 36, 1000}) {
            byte[] bytes = Arrays.copyOf(proof.bytes(), length + longer);
            assertThat(rejection(instance, proof.caps(), bytes, longer + " more bytes"))
                    .isEqualTo(Reason.TRAILING_BYTES);
        }
    }

    /** Noise, with numbers below p and without, in lengths around the right one. */
    @ParameterizedTest
    @MethodSource("suites")
    void noiseIsRejected(HashSuite suite) {
        Instance instance = instance(suite);
        Instance.Proof proof = instance.prove();
        SplittableRandom source = new SplittableRandom(5);
        for (int i = 0; i < 200; i++) {
            byte[] bytes = new byte[source.nextInt(2 * proof.bytes().length)];
            source.nextBytes(bytes);
            if (i % 2 == 0) for (int at = 3; at < bytes.length; at += 4) bytes[at] &= 0x3f;
            Reason reason = rejection(instance, proof.caps(), bytes, "noise " + i);
            assertThat(reason).isIn(Reason.NOT_CANONICAL, Reason.MALFORMED, Reason.PROOF_OF_WORK, Reason.OPENING);
        }
    }

    /** What one query opens, in another query's place; the first half of an honest proof with another's second half. */
    @ParameterizedTest
    @MethodSource("suites")
    void partsOfHonestProofsDoNotFitElsewhere(HashSuite suite) {
        Instance instance = instance(suite);
        Instance.Proof proof = instance.prove();
        int length = proof.bytes().length;
        PcsShape one = Shapes.small(suite, 1);
        int query = (int) (instance.shape().proofBytes() - one.proofBytes());
        byte[] swapped = proof.bytes().clone();
        System.arraycopy(proof.bytes(), length - query, swapped, length - 2 * query, query);
        System.arraycopy(proof.bytes(), length - 2 * query, swapped, length - query, query);
        assertThat(rejection(instance, proof.caps(), swapped, "queries swapped"))
                .isEqualTo(Reason.OPENING);

        Instance other = Instance.random(instance.shape(), 12);
        byte[] mixed = other.prove().bytes();
        System.arraycopy(proof.bytes(), 0, mixed, 0, length - 2 * query);
        assertThat(rejection(instance, proof.caps(), mixed, "queries of another proof"))
                .isEqualTo(Reason.OPENING);
    }

    /** A nonce that proves no work. */
    @ParameterizedTest
    @MethodSource("suites")
    void workIsDemanded(HashSuite suite) throws Exception {
        PcsShape small = Shapes.small(suite, 2);
        Parameters hard = new Parameters(suite, 1, 2, 10, 2, 5, 3);
        Instance instance = Instance.random(new PcsShape(hard, small.commitments()), 13);
        Instance.Proof proof = instance.prove();
        assertThat(instance.verify(proof).values()).hasSize(instance.shape().openings());
        int query = (int) (small.proofBytes() - Shapes.small(suite, 1).proofBytes());
        int nonceAt = proof.bytes().length - 2 * query - 4;
        int nonce = words(proof.bytes()).getInt(nonceAt);
        for (int other : new int[] {0, nonce - 1, nonce + 1}) {
            byte[] changed = proof.bytes().clone();
            words(changed).putInt(nonceAt, other);
            assertThat(rejection(instance, proof.caps(), changed, "nonce " + other))
                    .isEqualTo(Reason.PROOF_OF_WORK);
        }
    }
}
