package dev.aver.verifier.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.InvalidReceiptException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ProofReaderTest {
    private static byte[] words(int... words) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * words.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int word : words) bytes.putInt(word);
        return bytes.array();
    }

    private static void assertRejected(Reason reason, ThrowingCallable step) {
        InvalidReceiptException rejected = catchThrowableOfType(InvalidReceiptException.class, step);
        assertThat(rejected).isNotNull();
        assertThat(rejected.reason()).isEqualTo(reason);
    }

    @Test
    void readsInOrder() throws Exception {
        ProofReader reader = new ProofReader(words(
                1, 2, 3, 4, 5, 6, 7, 8, 9, 10, -1, 12, 13, 14, 15, 16, 17, 18, 20, 21, 22, 23, 24, 25, 26, 27, 28));
        assertThat(reader.base()).isEqualTo(KoalaBear.of(1));
        E6 element = reader.element();
        assertThat(element.c0()).isEqualTo(KoalaBear.of(2));
        assertThat(element.c5()).isEqualTo(KoalaBear.of(7));
        assertThat(reader.row(3)).containsExactly(KoalaBear.of(8), KoalaBear.of(9), KoalaBear.of(10));
        assertThat(reader.row(0)).isEmpty();
        assertThat(reader.digest(HashSuite.BLAKE3)).containsExactly(-1, 12, 13, 14, 15, 16, 17, 18);
        assertThat(KoalaBear.canonical(reader.digest(HashSuite.POSEIDON2)[8])).isEqualTo(28);
        reader.end();
    }

    @Test
    void readsNothingBeyondItsPart() throws Exception {
        ProofReader reader = new ProofReader(words(1, 2, 3, 4), 4, 8);
        assertThat(reader.base()).isEqualTo(KoalaBear.of(2));
        assertRejected(Reason.TRAILING_BYTES, reader::end);
        assertRejected(Reason.MALFORMED, () -> reader.row(2));
        assertThat(reader.base()).isEqualTo(KoalaBear.of(3));
        assertRejected(Reason.MALFORMED, reader::base);
        reader.end();
        assertThatThrownBy(() -> new ProofReader(new byte[4], 2, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** The smallest number that is no element, and the largest word, in every place. */
    @Test
    void everyElementIsCanonical() throws Exception {
        assertThat(new ProofReader(words(KoalaBear.P - 1)).base()).isEqualTo(KoalaBear.neg(KoalaBear.ONE));
        for (int word : List.of(KoalaBear.P, -1)) {
            assertRejected(Reason.NOT_CANONICAL, () -> new ProofReader(words(word)).base());
            for (int place = 0; place < 9; place++) {
                int[] proof = new int[9];
                proof[place] = word;
                byte[] bytes = words(proof);
                assertRejected(Reason.NOT_CANONICAL, () -> new ProofReader(bytes).row(9));
                assertRejected(Reason.NOT_CANONICAL, () -> new ProofReader(bytes).digest(HashSuite.POSEIDON2));
                if (place >= 6) continue;
                assertRejected(Reason.NOT_CANONICAL, () -> new ProofReader(bytes).element());
            }
        }
    }

    @Test
    void saysWhere() {
        ProofReader reader = new ProofReader(words(0, KoalaBear.P));
        assertThatThrownBy(() -> reader.row(2)).hasMessage("2130706433 is not below p, at byte 4");
    }
}
