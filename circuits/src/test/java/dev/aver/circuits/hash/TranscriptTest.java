package dev.aver.circuits.hash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.testing.Samples;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TranscriptTest {
    static List<HashSuite> suites() {
        return List.of(HashSuite.POSEIDON2, HashSuite.BLAKE3);
    }

    private static int[] squeeze(Transcript transcript, int count) {
        return IntStream.range(0, count).map(i -> transcript.squeeze()).toArray();
    }

    private static int[] canonical(int[] elements) {
        return Arrays.stream(elements).map(KoalaBear::canonical).toArray();
    }

    private static Transcript after(HashSuite suite, int... elements) {
        Transcript transcript = suite.transcript();
        transcript.absorb(elements, 0, elements.length);
        return transcript;
    }

    /** 0, 1, …, 19 absorbed, 17 squeezed, 5 absorbed, 1 squeezed: crosses every kind of block boundary. */
    private static int[] sample(HashSuite suite) {
        Transcript transcript = suite.transcript();
        for (int i = 0; i < 20; i++) transcript.absorbNumber(i);
        int[] output = Arrays.copyOf(squeeze(transcript, 17), 18);
        transcript.absorbNumber(5);
        output[17] = transcript.squeeze();
        return canonical(output);
    }

    /** The sponge of docs/protocol.md, section 6, on the paper's permutation. */
    @Test
    void poseidon2FollowsTheText() {
        Poseidon2 permutation = Poseidon2.KOALABEAR_24;
        long[] state = new long[24];
        state[18] = 4;
        for (int i = 0; i < 15; i++) state[i] = i;
        state = ReferencePoseidon2.permute(permutation, state);
        Arrays.fill(state, 0, 15, 0);
        for (int i = 0; i < 5; i++) state[i] = 15L + i;
        state = ReferencePoseidon2.permute(permutation, state);
        int[] expected = new int[18];
        for (int i = 0; i < 15; i++) expected[i] = (int) state[i];
        state = ReferencePoseidon2.permute(permutation, state);
        for (int i = 0; i < 2; i++) expected[15 + i] = (int) state[i];
        Arrays.fill(state, 0, 15, 0);
        state[0] = 5;
        state = ReferencePoseidon2.permute(permutation, state);
        expected[17] = (int) state[0];
        assertThat(sample(HashSuite.POSEIDON2)).isEqualTo(expected);
    }

    /** The construction of docs/protocol.md, section 6, on bytes. */
    @Test
    void blake3FollowsTheText() {
        Blake3 absorb = Blake3.forContext("Aver 2026-11-22 transcript absorb");
        byte[] input = new byte[32 + 80];
        for (int i = 0; i < 20; i++) Words.put(i, input, 32 + 4 * i);
        byte[] state = absorb.hash(input);
        List<Integer> expected = new ArrayList<>(blake3Output(state).subList(0, 17));
        byte[] next = Arrays.copyOf(state, 36);
        next[32] = 5;
        expected.add(blake3Output(absorb.hash(next)).getFirst());
        assertThat(sample(HashSuite.BLAKE3)).containsExactly(expected.toArray(new Integer[0]));
    }

    private static List<Integer> blake3Output(byte[] state) {
        Blake3 squeeze = Blake3.forContext("Aver 2026-11-22 transcript squeeze");
        List<Integer> output = new ArrayList<>();
        for (int counter = 0; counter < 50; counter++) {
            byte[] input = Arrays.copyOf(state, 36);
            Words.put(counter, input, 32);
            byte[] block = squeeze.hash(input);
            for (int i = 0; i < 8; i++) {
                int word = Words.get(block, 4 * i) & 0x7fffffff;
                if (word < KoalaBear.P) output.add(word);
            }
        }
        return output;
    }

    /** Out of 400 words of output a few are p or above: the places behind them have to agree. */
    @Test
    void blake3SkipsWhatIsNoElement() {
        byte[] state = new byte[32];
        List<Integer> expected = blake3Output(state);
        assertThat(expected).hasSizeBetween(380, 399);
        Transcript transcript = HashSuite.BLAKE3.transcript();
        assertThat(canonical(squeeze(transcript, expected.size()))).containsExactly(expected.toArray(new Integer[0]));
    }

    /** Pinned: whoever changes one of these numbers changes every proof. */
    @Test
    void givesTheseNumbers() {
        assertThat(Arrays.copyOf(sample(HashSuite.POSEIDON2), 3)).containsExactly(842971359, 1439150387, 1666697367);
        assertThat(sample(HashSuite.POSEIDON2)[17]).isEqualTo(404622053);
        assertThat(Arrays.copyOf(sample(HashSuite.BLAKE3), 3)).containsExactly(1098968868, 1675393472, 1195773629);
        assertThat(sample(HashSuite.BLAKE3)[17]).isEqualTo(528700305);
        assertThat(KoalaBear.canonical(HashSuite.POSEIDON2.transcript().squeeze()))
                .isEqualTo(667638933);
        assertThat(KoalaBear.canonical(HashSuite.BLAKE3.transcript().squeeze())).isEqualTo(1750998053);
    }

    /** Around the length of a block: change any one element, and all output changes. */
    @ParameterizedTest
    @MethodSource("suites")
    void everyAbsorbedElementCounts(HashSuite suite) {
        SplittableRandom source = new SplittableRandom(1);
        for (int length : new int[] {1, 2, 7, 8, 9, 14, 15, 16, 29, 30, 31, 300}) {
            int[] elements = Samples.array(source, length);
            int[] before = squeeze(after(suite, elements), 20);
            for (int i = 0; i < length; i++) {
                int[] changed = elements.clone();
                changed[i] = KoalaBear.add(changed[i], KoalaBear.ONE);
                int[] output = squeeze(after(suite, changed), 20);
                for (int k = 0; k < 20; k++) {
                    assertThat(output[k]).as("%d of %d", i, length).isNotEqualTo(before[k]);
                }
            }
        }
    }

    /** Prefixes of one sequence, not of zeros: each has output of its own, at block boundaries too. */
    @ParameterizedTest
    @MethodSource("suites")
    void lengthCounts(HashSuite suite) {
        Set<Integer> outputs = new HashSet<>();
        for (int length = 0; length <= 64; length++) {
            int[] elements = IntStream.range(1, length + 1).toArray();
            assertThat(outputs.add(after(suite, elements).squeeze()))
                    .as("%d elements", length)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("suites")
    void absorbingDiscardsOutputAndContinuesFromIt(HashSuite suite) {
        SplittableRandom source = new SplittableRandom(2);
        for (int length : new int[] {0, 1, 14, 15, 16, 30}) {
            int[] elements = Samples.array(source, length);
            Transcript squeezedOnce = after(suite, elements);
            int[] expected = squeeze(squeezedOnce.copy(), 40);
            squeezedOnce.squeeze();
            squeezedOnce.absorb(7);
            int[] output = squeeze(squeezedOnce, 10);
            assertThat(output).doesNotContain(expected);
            // What came before still counts after squeezing.
            if (length == 0) continue;
            elements[0] ^= 1;
            Transcript changed = after(suite, elements);
            changed.squeeze();
            changed.absorb(7);
            assertThat(output).doesNotContain(squeeze(changed, 10));
        }
    }

    @ParameterizedTest
    @MethodSource("suites")
    void aCopyLivesOnItsOwn(HashSuite suite) {
        for (int squeezed : new int[] {0, 1, 14, 15, 16}) {
            Transcript transcript = after(suite, IntStream.range(0, 20).toArray());
            squeeze(transcript, squeezed);
            Transcript copy = transcript.copy();
            int[] expected = squeeze(transcript.copy(), 20);
            copy.absorb(1);
            copy.squeeze();
            assertThat(squeeze(transcript, 20)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("suites")
    void compositeItemsAreTheirElements(HashSuite suite) {
        E6 element = Samples.extension(new SplittableRandom(3));
        int[] coordinates = new int[6];
        element.write(coordinates, 0, 1);
        assertSame(suite, t -> t.absorb(element), t -> t.absorb(coordinates, 0, 6));
        assertSame(suite, t -> t.absorbNumber(9), t -> t.absorb(KoalaBear.of(9)));
        assertSame(suite, t -> t.absorbBytes(new byte[] {1, (byte) 0x82, (byte) 0xff}), t -> {
            for (int number : new int[] {3, 0x8201, 0xff}) t.absorbNumber(number);
        });
        assertSame(suite, t -> t.absorbString("aβ"), t -> t.absorbBytes("aβ".getBytes(StandardCharsets.UTF_8)));
        assertSame(suite, t -> t.absorbBytes(new byte[0]), t -> t.absorb(0));
        int[] poseidon2 = Samples.array(new SplittableRandom(4), 18);
        assertSame(suite, t -> t.absorbDigests(HashSuite.POSEIDON2, poseidon2), t -> t.absorb(poseidon2, 0, 18));
        int[] blake3 = {-1, 2, 3, 4, 5, 6, 7, 0x89abcdef, 0};
        assertSame(suite, t -> t.absorbDigest(HashSuite.BLAKE3, blake3, 1), t -> {
            for (int number : new int[] {2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 0xcdef, 0x89ab, 0, 0})
                t.absorbNumber(number);
        });
    }

    private static void assertSame(HashSuite suite, Consumer<Transcript> first, Consumer<Transcript> second) {
        Transcript a = suite.transcript();
        first.accept(a);
        Transcript b = suite.transcript();
        second.accept(b);
        assertThat(squeeze(a, 20)).isEqualTo(squeeze(b, 20));
    }

    @ParameterizedTest
    @MethodSource("suites")
    void challengesAreSqueezedElements(HashSuite suite) {
        Transcript transcript = after(suite, 1, 2, 3);
        int[] elements = squeeze(transcript.copy(), 19);
        assertThat(transcript.challenge()).isEqualTo(E6.read(elements, 0, 1));
        assertThat(transcript.challenge()).isEqualTo(E6.read(elements, 6, 1));
        for (int bits = 0; bits <= 6; bits++) {
            int index = KoalaBear.canonical(elements[12 + bits]) % (1 << (4 * bits));
            assertThat(transcript.index(4 * bits)).isEqualTo(index);
        }
    }

    @ParameterizedTest
    @MethodSource("suites")
    void workIsRare(HashSuite suite) {
        Transcript transcript = after(suite, 1);
        long found = IntStream.range(0, 1 << 12)
                .filter(nonce -> transcript.copy().provesWork(KoalaBear.of(nonce), 6))
                .count();
        assertThat(found).isBetween(32L, 96L);
        assertThat(transcript.provesWork(0, 0)).isTrue();
    }
}
