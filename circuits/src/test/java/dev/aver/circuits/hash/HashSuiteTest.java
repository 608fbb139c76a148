package dev.aver.circuits.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.testing.Samples;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every suite. */
class HashSuiteTest {
    static List<HashSuite> suites() {
        return List.of(HashSuite.POSEIDON2, HashSuite.BLAKE3);
    }

    private static int[] leaf(HashSuite suite, int... row) {
        int[] digest = new int[suite.digestLength()];
        suite.leaf(row, 0, row.length, digest, 0);
        return digest;
    }

    private static int[] digest(HashSuite suite, int seed) {
        return leaf(suite, KoalaBear.of(seed));
    }

    private static int[] node(HashSuite suite, int[] left, int[] right) {
        int[] digest = new int[suite.digestLength()];
        suite.node(left, 0, right, 0, digest, 0);
        return digest;
    }

    private static int[] inject(HashSuite suite, int[] node, int[] row) {
        int[] digest = new int[suite.digestLength()];
        suite.inject(node, 0, row, 0, digest, 0);
        return digest;
    }

    private static List<Integer> list(int[] digest) {
        return Arrays.stream(digest).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("suites")
    void isFoundByItsName(HashSuite suite) {
        assertThat(HashSuite.named(suite.name())).containsSame(suite);
        assertThat(HashSuite.named(suite.name() + " ")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("suites")
    void promisesNoMoreThanItsDigestHas(HashSuite suite) {
        int bits = suite.collisionBits();
        assertThat(bits).isGreaterThanOrEqualTo(128);
        BigInteger values = suite == HashSuite.POSEIDON2
                ? BigInteger.valueOf(KoalaBear.P).pow(suite.digestLength())
                : BigInteger.TWO.pow(32 * suite.digestLength());
        assertThat(values).isGreaterThanOrEqualTo(BigInteger.TWO.pow(2 * bits));
        assertThat(values).isLessThan(BigInteger.TWO.pow(2 * bits + 2));
    }

    /** The same 2·n numbers as a row, as two children, as a node and a row: three functions. */
    @ParameterizedTest
    @MethodSource("suites")
    void tellsLeafNodeAndInjectionApart(HashSuite suite) {
        int n = suite.digestLength();
        SplittableRandom source = new SplittableRandom(3);
        for (int i = 0; i < 20; i++) {
            int[] left = i == 0 ? new int[n] : Samples.array(source, n);
            int[] right = i == 0 ? new int[n] : Samples.array(source, n);
            int[] row = Arrays.copyOf(left, 2 * n);
            System.arraycopy(right, 0, row, n, n);
            List<int[]> digests = List.of(leaf(suite, row), node(suite, left, right), inject(suite, left, right));
            for (int word = 0; word < n; word++) {
                int at = word;
                assertThat(digests.stream().map(digest -> digest[at])).doesNotHaveDuplicates();
            }
        }
    }

    /** Every input counts, in every function: change one, and every word of the digest changes. */
    @ParameterizedTest
    @MethodSource("suites")
    void dependsOnEveryInput(HashSuite suite) {
        int n = suite.digestLength();
        int[] a = digest(suite, 1);
        int[] b = digest(suite, 2);
        for (int i = 0; i < n; i++) {
            int[] changed = a.clone();
            changed[i] ^= 1;
            assertAllDiffer(node(suite, a, b), node(suite, changed, b));
            assertAllDiffer(node(suite, b, a), node(suite, b, changed));
            assertAllDiffer(inject(suite, a, b), inject(suite, changed, b));
            assertAllDiffer(inject(suite, b, a), inject(suite, b, changed));
        }
        int[] row = Samples.array(new SplittableRandom(5), 300);
        int[] before = leaf(suite, row);
        for (int i = 0; i < row.length; i++) {
            int[] changed = row.clone();
            changed[i] = KoalaBear.add(changed[i], KoalaBear.ONE);
            assertAllDiffer(before, leaf(suite, changed));
        }
    }

    private static void assertAllDiffer(int[] a, int[] b) {
        for (int i = 0; i < a.length; i++) assertThat(a[i]).isNotEqualTo(b[i]);
    }

    @ParameterizedTest
    @MethodSource("suites")
    void orderCounts(HashSuite suite) {
        int[] a = digest(suite, 1);
        int[] b = digest(suite, 2);
        assertAllDiffer(node(suite, a, b), node(suite, b, a));
        assertAllDiffer(inject(suite, a, b), inject(suite, b, a));
    }

    /** Rows of zeros of every length up to a few blocks, and rows that end in a one: nothing coincides. */
    @ParameterizedTest
    @MethodSource("suites")
    void lengthCounts(HashSuite suite) {
        Set<List<Integer>> digests = new HashSet<>();
        for (int length = 1; length <= 64; length++) {
            int[] row = new int[length];
            assertThat(digests.add(list(leaf(suite, row))))
                    .as("%d zeros", length)
                    .isTrue();
            row[length - 1] = KoalaBear.ONE;
            assertThat(digests.add(list(leaf(suite, row))))
                    .as("%d with a one", length)
                    .isTrue();
        }
        assertThatThrownBy(() -> leaf(suite)).isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @MethodSource("suites")
    void worksInPlaceAndAtOffsets(HashSuite suite) {
        int n = suite.digestLength();
        int[] a = digest(suite, 1);
        int[] b = digest(suite, 2);
        int[] all = new int[1 + 2 * n];
        System.arraycopy(a, 0, all, 1, n);
        System.arraycopy(b, 0, all, 1 + n, n);
        int[] nodes = all.clone();
        suite.node(nodes, 1, nodes, 1 + n, nodes, 1);
        assertThat(Arrays.copyOfRange(nodes, 1, 1 + n)).isEqualTo(node(suite, a, b));
        assertThat(Arrays.copyOfRange(nodes, 1 + n, 1 + 2 * n)).isEqualTo(b);
        int[] injected = all.clone();
        suite.inject(injected, 1, injected, 1 + n, injected, 1 + n);
        assertThat(Arrays.copyOfRange(injected, 1 + n, 1 + 2 * n)).isEqualTo(inject(suite, a, b));
        int[] row = {7, 8, 9, 10};
        int[] digest = new int[n + 2];
        suite.leaf(row, 1, 2, digest, 2);
        assertThat(Arrays.copyOfRange(digest, 2, n + 2)).isEqualTo(leaf(suite, 8, 9));
        assertThat(row).containsExactly(7, 8, 9, 10);
    }

    @ParameterizedTest
    @MethodSource("suites")
    void digestsSurviveTheWire(HashSuite suite) {
        int n = suite.digestLength();
        for (int seed = 0; seed < 20; seed++) {
            int[] digest = digest(suite, seed);
            byte[] bytes = new byte[4 * n + 3];
            System.arraycopy(suite.encode(digest, 0), 0, bytes, 3, 4 * n);
            int[] read = new int[n + 1];
            assertThat(suite.decode(bytes, 3, read, 1)).isTrue();
            assertThat(IntStream.of(read).skip(1)).containsExactlyElementsOf(list(digest));
        }
    }

    /** One digest, one encoding: a second one would be a second receipt for the same proof. */
    @ParameterizedTest
    @MethodSource("suites")
    void everyAcceptedEncodingIsTheOnlyOne(HashSuite suite) {
        int n = suite.digestLength();
        SplittableRandom source = new SplittableRandom(9);
        int accepted = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[4 * n];
            source.nextBytes(bytes);
            // Random words are rarely all below p; half of the time, make them.
            for (int word = 0; i % 2 == 0 && word < n; word++) bytes[4 * word + 3] &= 0x3f;
            int[] digest = new int[n];
            if (!suite.decode(bytes, 0, digest, 0)) continue;
            accepted++;
            assertThat(suite.encode(digest, 0)).isEqualTo(bytes);
        }
        assertThat(accepted).isGreaterThanOrEqualTo(1000);
    }
}
