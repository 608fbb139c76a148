package dev.aver.verifier.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.hash.Transcript;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.InvalidReceiptException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class HostAlgebraTest {
    private final SplittableRandom source = new SplittableRandom(41);

    private static HostAlgebra algebra(byte... proof) {
        return new HostAlgebra(new ProofReader(proof), HashSuite.POSEIDON2.transcript());
    }

    private E6 random() {
        return E6.read(source.ints(6, 0, KoalaBear.P).toArray(), 0, 1);
    }

    private static void assertRejected(Reason reason, ThrowingCallable step) {
        InvalidReceiptException rejected = catchThrowableOfType(InvalidReceiptException.class, step);
        assertThat(rejected).isNotNull();
        assertThat(rejected.reason()).isEqualTo(reason);
    }

    @Test
    void rejectsAndNothingElse() throws Exception {
        HostAlgebra algebra = algebra();
        assertRejected(Reason.CHALLENGE, () -> algebra.inverse(E6.ZERO));
        assertRejected(Reason.BUS_BALANCE, () -> algebra.assertEqual(E6.ONE, E6.Z, Reason.BUS_BALANCE));
        algebra.assertNotBase(E6.Z, Reason.TABLES);
        assertRejected(Reason.TABLES, () -> algebra.assertNotBase(E6.ONE, Reason.TABLES));
        assertRejected(Reason.MALFORMED, algebra::element);
        assertRejected(Reason.MALFORMED, algebra::base);
        assertRejected(Reason.MALFORMED, () -> algebra.row(1));
        assertRejected(Reason.MALFORMED, () -> algebra.row(Integer.MAX_VALUE));
        assertRejected(Reason.MALFORMED, () -> algebra.digest(HashSuite.BLAKE3));
        assertRejected(Reason.MALFORMED, () -> algebra.proofOfWork(3));
        List<int[]> cap = List.of(new int[] {1}, new int[] {2});
        algebra.assertInCap(new int[] {2}, cap, 6, 2);
        assertRejected(Reason.OPENING, () -> algebra.assertInCap(new int[] {2}, cap, 3, 2));
    }

    @Test
    void dividesInBothFields() throws Exception {
        HostAlgebra algebra = algebra();
        for (int i = 0; i < 50; i++) {
            E6 a = i % 2 == 0 ? random() : E6.of(source.nextInt(1, KoalaBear.P));
            assertThat(algebra.mul(a, algebra.inverse(a))).isEqualTo(E6.ONE);
        }
    }

    /** With bases that change and sums that grow, since powers are kept. */
    @Test
    void reducesRows() {
        HostAlgebra algebra = algebra();
        E6[] bases = {random(), random(), E6.ZERO};
        for (int i = 0; i < 60; i++) {
            int[] row = source.ints(1 + source.nextInt(10 * (i + 1)), 0, KoalaBear.P)
                    .toArray();
            int from = source.nextInt(row.length);
            int count = source.nextInt(row.length - from + 1);
            E6 base = bases[i / 5 % 3];
            E6 expected = E6.ZERO;
            for (int k = from + count - 1; k >= from; k--)
                expected = expected.times(base).plus(E6.of(row[k]));
            assertThat(algebra.reduce(row, from, count, base)).as("round %d", i).isEqualTo(expected);
        }
        int[] largest = IntStream.generate(() -> KoalaBear.P - 1).limit(5000).toArray();
        E6 expected = E6.ZERO;
        for (int element : largest) expected = expected.times(bases[0]).plus(E6.of(element));
        assertThat(algebra.reduce(largest, 0, 5000, bases[0])).isEqualTo(expected);
    }

    @Test
    void pointsAreInBitReversedOrder() {
        HostAlgebra algebra = algebra();
        for (int log = 1; log <= 10; log++) {
            for (int index = 0; index < 1 << log; index++) {
                int reversed = Integer.reverse(index) >>> (32 - log);
                E6 expected = E6.of(KoalaBear.pow(KoalaBear.rootOfUnity(log), reversed));
                assertThat(algebra.point((index << 3) | 5, 3, log, 1)).isEqualTo(expected);
                // The bits above the lowest two choose the first of four neighbours.
                if (log < 3 || index % 4 != 0) continue;
                assertThat(algebra.point(index, 2, log - 2, 3)).isEqualTo(expected);
            }
        }
        assertThat(algebra.point(7, 0, 0, 1)).isEqualTo(E6.ONE);
    }

    @Test
    void selectsByBits() {
        List<E6> values = new ArrayList<>();
        for (int i = 0; i < 8; i++) values.add(random());
        assertThat(algebra().select(values, 0b1_101_10, 2, 3)).isEqualTo(values.get(5));
        assertThat(algebra().select(values.subList(0, 1), 77, 2, 0)).isEqualTo(values.get(0));
    }

    @Test
    void hashesAsTheSuiteDoes() {
        for (HashSuite suite : List.of(HashSuite.POSEIDON2, HashSuite.BLAKE3)) {
            HostAlgebra algebra = algebra();
            List<E6> elements = List.of(random(), random(), random());
            int[] row = new int[18];
            for (int i = 0; i < 3; i++) elements.get(i).write(row, 6 * i, 1);
            int[] leaf = algebra.leaf(suite, row);
            int[] other = algebra.leaf(suite, new int[] {1});
            assertThat(algebra.leaf(suite, elements)).isEqualTo(leaf);
            int[] node = new int[suite.digestLength()];
            suite.node(leaf, 0, other, 0, node, 0);
            assertThat(algebra.step(suite, leaf, other, 0b1011, 2)).isEqualTo(node);
            assertThat(algebra.step(suite, other, leaf, 0b0100, 2)).isEqualTo(node);
            suite.inject(leaf, 0, other, 0, node, 0);
            assertThat(algebra.inject(suite, leaf, other)).isEqualTo(node);
        }
    }

    @Test
    void speaksAsTheTranscriptDoes() throws Exception {
        Transcript transcript = HashSuite.BLAKE3.transcript();
        HostAlgebra algebra = new HostAlgebra(new ProofReader(new byte[] {7, 0, 0, 0}), HashSuite.BLAKE3.transcript());
        E6 element = random();
        int[] digest = {1, 2, 3, 4, 5, 6, 7, -1};
        algebra.absorb(element);
        algebra.absorbBase(E6.of(9));
        algebra.absorb(HashSuite.BLAKE3, digest);
        algebra.absorbNumber(10);
        algebra.absorbString("eleven");
        transcript.absorb(element);
        transcript.absorb(9);
        transcript.absorbDigest(HashSuite.BLAKE3, digest, 0);
        transcript.absorbNumber(10);
        transcript.absorbString("eleven");
        assertThat(algebra.challenge()).isEqualTo(transcript.challenge());
        assertThat(algebra.index(20)).isEqualTo(transcript.index(20));
        algebra.proofOfWork(0);
        transcript.provesWork(KoalaBear.of(7), 0);
        assertThat(algebra.challenge()).isEqualTo(transcript.challenge());
    }
}
