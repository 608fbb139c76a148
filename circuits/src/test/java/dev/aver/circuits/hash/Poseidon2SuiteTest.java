package dev.aver.circuits.hash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.field.KoalaBear;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where this suite puts what: known answers, and the states that docs/protocol.md lays out, built by hand. */
class Poseidon2SuiteTest {
    private static final HashSuite SUITE = HashSuite.POSEIDON2;

    private static int[] elements(int from, int to) {
        return IntStream.range(from, to).map(KoalaBear::of).toArray();
    }

    private static int[] leaf(int... row) {
        int[] digest = new int[9];
        SUITE.leaf(row, 0, row.length, digest, 0);
        return digest;
    }

    private static int[] canonical(int[] digest) {
        return Arrays.stream(digest).map(KoalaBear::canonical).toArray();
    }

    @Test
    void givesTheKnownAnswers() {
        // From the same few lines of Python as the permutation's.
        assertThat(canonical(leaf(elements(1, 2))))
                .containsExactly(
                        78830339,
                        899912819,
                        1971918807,
                        2122786653,
                        1809731643,
                        141364051,
                        1779565439,
                        2095777481,
                        713402998);
        assertThat(canonical(leaf(elements(0, 15))))
                .containsExactly(
                        138521775,
                        654049238,
                        1942346261,
                        1419372399,
                        712894060,
                        1905074750,
                        919873389,
                        248801190,
                        1623585601);
        assertThat(canonical(leaf(elements(0, 31))))
                .containsExactly(
                        2041277095,
                        174233131,
                        405508474,
                        66119990,
                        1332163519,
                        1505862034,
                        1074953071,
                        1499820379,
                        293706964);
        int[] digest = new int[9];
        SUITE.node(elements(0, 9), 0, elements(9, 18), 0, digest, 0);
        assertThat(canonical(digest))
                .containsExactly(
                        1544421931,
                        1065542054,
                        2026382383,
                        196161121,
                        960003017,
                        1807531471,
                        1286851501,
                        546428103,
                        1525816998);
        SUITE.inject(elements(0, 9), 0, elements(9, 18), 0, digest, 0);
        assertThat(canonical(digest))
                .containsExactly(
                        496568537,
                        1859737452,
                        1603760925,
                        2003291845,
                        446679928,
                        365659286,
                        1877843778,
                        898461059,
                        1094133087);
    }

    @Test
    void tagsDifferAndAreNotZero() {
        Set<Integer> tags = Set.of(
                Poseidon2Suite.LEAF_TAG,
                Poseidon2Suite.NODE_TAG,
                Poseidon2Suite.INJECTION_TAG,
                Poseidon2Suite.TRANSCRIPT_TAG,
                Poseidon2Suite.PAGE_TAG,
                Poseidon2Suite.IMAGE_TAG);
        assertThat(tags).hasSize(6).doesNotContain(0);
    }

    /**
     * Six elements that no caller chooses, in every state a hash begins with: the length is the row's shape, not its
     * content.
     */
    @Test
    void rateCapacityAndTagsFillTheStateExactly() {
        int width = Poseidon2.WIDTH;
        assertThat(Poseidon2Suite.RATE + Poseidon2Suite.DIGEST).isEqualTo(width);
        assertThat(Poseidon2Suite.TAG_AT).isEqualTo(2 * Poseidon2Suite.DIGEST);
        assertThat(width - Poseidon2Suite.TAG_AT).isEqualTo(6);
        assertThat(Poseidon2Suite.LENGTH_AT)
                .isGreaterThan(Poseidon2Suite.TAG_AT)
                .isLessThan(width);
    }

    @Test
    void onlyCanonicalElementsAreDecoded() {
        int[] digest = new int[9];
        for (int word : new int[] {KoalaBear.P, KoalaBear.P + 1, Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
            for (int i = 0; i < 9; i++) {
                byte[] bytes = new byte[36];
                Words.put(word, bytes, 4 * i);
                assertThat(SUITE.decode(bytes, 0, digest, 0))
                        .as("%d at %d", word, i)
                        .isFalse();
            }
        }
        byte[] largest = new byte[36];
        Words.put(KoalaBear.P - 1, largest, 32);
        assertThat(SUITE.decode(largest, 0, digest, 0)).isTrue();
        assertThat(digest[8]).isEqualTo(KoalaBear.neg(KoalaBear.ONE));
    }
}
