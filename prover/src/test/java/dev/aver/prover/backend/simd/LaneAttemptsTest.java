package dev.aver.prover.backend.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.hash.Transcript;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every lane gives what the transcript itself gives; out of so many, some outputs begin with what is no element. */
class LaneAttemptsTest {
    /**
     * How much was absorbed: around the ends of blocks of 15 and 16, and of one to eight chunks of 256 words, of which
     * the state takes 8.
     */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 14, 15, 192, 247, 248, 249, 503, 504, 505, 760, 1016, 1271, 1784, 2040, 2041})
    void everyLaneIsATranscript(int absorbed) {
        SplittableRandom random = new SplittableRandom(absorbed);
        for (HashSuite suite : new HashSuite[] {HashSuite.POSEIDON2, HashSuite.BLAKE3}) {
            Transcript transcript = suite.transcript();
            transcript.absorb(1);
            transcript.squeeze();
            for (int i = 0; i < absorbed; i++) transcript.absorbNumber(random.nextInt(KoalaBear.P));
            LaneAttempts attempts = LaneAttempts.of(transcript);
            int[] squeezed = new int[attempts.lanes()];
            for (int trial = 0; trial < 2; trial++) {
                int[] elements = random.ints(attempts.lanes(), 0, KoalaBear.P).toArray();
                attempts.squeeze(elements, squeezed);
                for (int s = 0; s < elements.length; s++) {
                    Transcript copy = transcript.copy();
                    copy.absorbNumber(elements[s]);
                    assertThat(squeezed[s])
                            .as("%s after %d, of %d", suite, absorbed, elements[s])
                            .isEqualTo(KoalaBear.canonical(copy.squeeze()));
                }
            }
        }
    }
}
