package dev.aver.circuits.hash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.field.KoalaBear;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Contexts and encodings pinned: the answers come from the reference implementation, given the bytes and the contexts.
 */
class Blake3SuiteTest {
    private static final HashSuite SUITE = HashSuite.BLAKE3;

    private static String leaf(IntStream canonical) {
        int[] row = canonical.map(KoalaBear::of).toArray();
        int[] digest = new int[8];
        SUITE.leaf(row, 0, row.length, digest, 0);
        return hex(digest);
    }

    private static String hex(int[] digest) {
        return HexFormat.of().formatHex(SUITE.encode(digest, 0));
    }

    @Test
    void hashesCanonicalElements() {
        assertThat(leaf(IntStream.of(1, 2, KoalaBear.P - 1)))
                .isEqualTo("17540832f8c13a73880f8f5f25aa9e411197c404c61e1789d762ea0b7ebea2af");
        assertThat(leaf(IntStream.range(0, 1000)))
                .isEqualTo("21118ea122c1394eea4c6a1da37c20debe99b896d131d3809fbe56d23027e41c");
    }

    @Test
    void hashesPairsOfDigests() {
        byte[] bytes = new byte[64];
        for (int i = 0; i < 64; i++) bytes[i] = (byte) i;
        int[] pair = new int[16];
        for (int i = 0; i < 16; i++) pair[i] = Words.get(bytes, 4 * i);
        int[] digest = new int[8];
        SUITE.node(pair, 0, pair, 8, digest, 0);
        assertThat(hex(digest)).isEqualTo("37a101a6ba71c8f024162cb0b0d7b35139d29799ff300cab9260f972ae3c344a");
        SUITE.inject(pair, 0, pair, 8, digest, 0);
        assertThat(hex(digest)).isEqualTo("058c309e780db9b19a66b72769c97afcdde5826188c1da63620ad1d43edbc5ec");
    }
}
