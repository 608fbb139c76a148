package dev.aver.prover.attack;

import static dev.aver.verifier.InvalidReceiptException.Reason.BUS_BALANCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.image.Image;
import dev.aver.verifier.InputDigest;
import dev.aver.verifier.Receipt;
import dev.aver.verifier.Receipt.Segment;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What is tried on receipts of the other suite, on one whose commitments rest on BLAKE3. */
@TestInstance(Lifecycle.PER_CLASS)
final class Blake3ReceiptTest {
    private static final int SUITE_AT = 8;

    private Receipt receipt;
    private byte[] bytes;

    @BeforeAll
    void prove() throws Exception {
        Run run = new Run(HashSuite.BLAKE3, Fixture.loop(), new byte[0], Fixture.CYCLES);
        receipt = run.prove(run.segments());
        bytes = receipt.encode();
        assertThat(receipt.segments()).hasSize(2);
        assertThat(Verdict.of(receipt)).isEmpty();
        assertThat(Verdict.of(bytes)).isEmpty();
    }

    private void rejects(String attack, Receipt forged) {
        assertThat(Verdict.of(forged)).as(attack).isPresent();
        assertThat(Verdict.of(forged.encode())).as("%s, encoded", attack).isPresent();
    }

    private static int[] more(int[] elements, int at) {
        int[] changed = elements.clone();
        changed[at] = KoalaBear.add(changed[at], KoalaBear.ONE);
        return changed;
    }

    private Receipt with(Image image, InputDigest input, int exitCode, byte[] journal) {
        return new Receipt(
                receipt.parameters(), receipt.keyDigest(), image, input, exitCode, journal, receipt.segments());
    }

    @Test
    void claimsThatAreNotProven() {
        Image image = receipt.image();
        InputDigest input = receipt.inputDigest();
        for (int bit = 0; bit < 32; bit++) {
            Receipt forged = with(image, input, receipt.exitCode() ^ 1 << bit, receipt.journal());
            assertThat(Verdict.of(forged)).as("exit code, bit %d", bit).contains(BUS_BALANCE);
        }
        rejects("a journal", with(image, input, receipt.exitCode(), new byte[1]));
        Image entry = new Image(image.entryRow() + 2, image.commitment(), image.programHalf());
        rejects("another entry", with(entry, input, receipt.exitCode(), receipt.journal()));
        for (int i = 0; i < 9; i++) {
            Image memory = new Image(image.entryRow(), image.commitment(), more(image.programHalf(), i));
            rejects("other memory", with(memory, input, receipt.exitCode(), receipt.journal()));
            InputDigest other = new InputDigest(more(input.elements(), i));
            rejects("another input", with(image, other, receipt.exitCode(), receipt.journal()));
        }
    }

    @Test
    void segmentsThatDoNotFit() {
        Segment first = receipt.segments().getFirst();
        Segment last = receipt.segments().getLast();
        rejects("swapped", receipt.withSegments(List.of(last, first)));
        rejects("without the first", receipt.withSegments(List.of(last)));
        rejects("without the last", receipt.withSegments(List.of(first)));
        rejects("the first twice", receipt.withSegments(List.of(first, first, last)));
        for (int i = 0; i < 9; i++) {
            Segment other = new Segment(
                    first.endRow(), more(first.endRoot(), i), first.cycles(), first.tables(), first.proof());
            rejects("another state in between", receipt.withSegments(List.of(other, last)));
        }
        // The same run, proven with the other suite.
        Segment poseidon2 = Fixture.twoSegments().segments().getFirst();
        rejects("the other suite's proof", receipt.withSegments(List.of(poseidon2, last)));
    }

    @Test
    void bytesThatAreOthers() {
        Random random = new Random(71);
        for (int i = 0; i < 600; i++) {
            byte[] forged = bytes.clone();
            int at = i < 300 ? i : random.nextInt(forged.length);
            forged[at] ^= (byte) (1 << random.nextInt(8));
            assertThat(Verdict.of(forged)).as("byte %d, seed 71", at).isPresent();
        }
        byte[] suite = bytes.clone();
        assertThat(suite[SUITE_AT]).isEqualTo((byte) 1);
        suite[SUITE_AT] = 0;
        assertThat(Verdict.of(suite)).as("the other suite's name").isPresent();
    }
}
