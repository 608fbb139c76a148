package dev.aver.circuits.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Blake3StreamTest {
    private static final Blake3 FUNCTION = Blake3.forContext("a stream");

    private static int[] digest(Blake3Stream stream) {
        int[] digest = new int[10];
        stream.digest(digest, 1);
        assertThat(digest[0] | digest[9]).isZero();
        return digest;
    }

    private static int[] whole(int[] words, int count) {
        int[] digest = new int[10];
        FUNCTION.hash(words, 4 * count, digest, 1);
        return digest;
    }

    /**
     * Every length up to ten chunks, past each kind of end: of a block, of a chunk, of trees of two to eight chunks.
     */
    @Test
    void everyPrefixHasItsDigest() {
        int[] words = new SplittableRandom(1).ints(10 * 256 + 20).toArray();
        Blake3Stream stream = new Blake3Stream(FUNCTION);
        for (int count = 0; count < words.length; count++) {
            assertThat(digest(stream)).as("%d words", count).isEqualTo(whole(words, count));
            stream.add(words[count]);
        }
    }

    @Test
    void beginsAgain() {
        int[] words = new SplittableRandom(2).ints(600).toArray();
        Blake3Stream stream = new Blake3Stream(FUNCTION);
        for (int count : new int[] {600, 3, 0, 16, 257}) {
            stream.clear();
            for (int i = 0; i < count; i++) stream.add(words[i]);
            assertThat(digest(stream)).as("%d words", count).isEqualTo(whole(words, count));
        }
    }

    @Test
    void aCopyLivesOnItsOwn() {
        int[] words = new SplittableRandom(3).ints(1100).toArray();
        Blake3Stream stream = new Blake3Stream(FUNCTION);
        for (int count = 0; count < 1050; count++) {
            if (count % 7 == 0) {
                Blake3Stream copy = new Blake3Stream(stream);
                for (int i = 0; i < 40; i++) copy.add(-1);
                digest(copy);
            }
            stream.add(words[count]);
        }
        assertThat(digest(stream)).isEqualTo(whole(words, 1050));
    }

    /** The next word of a block has its place, and the rest of it is 0, whatever was there before. */
    @Test
    void showsTheBlockOfTheNextWord() {
        Blake3Stream stream = new Blake3Stream(FUNCTION);
        for (int i = 1; i <= 16 + 3; i++) stream.add(i);
        assertThat(stream.place()).isEqualTo(3);
        assertThat(stream.block()).containsExactly(17, 18, 19, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        for (int i = 20; i <= 32; i++) stream.add(i);
        assertThat(stream.place()).isEqualTo(16);
        stream.makeRoom();
        assertThat(stream.place()).isZero();
        assertThat(stream.block()).containsOnly(0);
    }
}
