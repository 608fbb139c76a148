package dev.aver.prover.attack;

import static dev.aver.verifier.InvalidReceiptException.Reason.BUS_BALANCE;
import static dev.aver.verifier.InvalidReceiptException.Reason.CLAIM;
import static dev.aver.verifier.InvalidReceiptException.Reason.EXIT_CODE;
import static dev.aver.verifier.InvalidReceiptException.Reason.IMAGE_ID;
import static dev.aver.verifier.InvalidReceiptException.Reason.INPUT;
import static dev.aver.verifier.InvalidReceiptException.Reason.PARAMETERS;
import static dev.aver.verifier.InvalidReceiptException.Reason.VERSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.image.Image;
import dev.aver.circuits.image.ImageId;
import dev.aver.circuits.image.ProgramCommitment;
import dev.aver.verifier.InputDigest;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.InvalidReceiptException.Reason;
import dev.aver.verifier.Policy;
import dev.aver.verifier.Receipt;
import dev.aver.verifier.Receipt.Segment;
import dev.aver.verifier.Verifier;
import dev.aver.verifier.pcs.Parameters;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Claims joined from valid proofs, each in one respect not the claim that they prove. */
final class ClaimAttackTest {
    private final Receipt whole = Fixture.twoSegments();
    private final Segment first = whole.segments().getFirst();
    private final Segment last = whole.segments().getLast();
    private final Segment other = Fixture.otherInput().segments().getFirst();
    private final Segment brief = Fixture.oneSegment().segments().getFirst();

    private void rejects(Reason reason, String attack, Receipt receipt) {
        assertThat(Verdict.of(receipt)).as(attack).contains(reason);
        // The bytes that an attacker would send instead: refused as well, while they are read or afterwards.
        assertThat(Verdict.of(receipt.encode())).as("%s, encoded", attack).isPresent();
    }

    /** By its balance, or, where the last segment is not the last one any more, by its claim. */
    private void rejects(String attack, Segment... segments) {
        rejects(
                segments[segments.length - 1].endRow() == 0 ? BUS_BALANCE : CLAIM,
                attack,
                whole.withSegments(List.of(segments)));
    }

    private static int[] more(int[] elements, int at) {
        int[] changed = elements.clone();
        changed[at] = KoalaBear.add(changed[at], KoalaBear.ONE);
        return changed;
    }

    @Test
    void segmentsInAnotherOrderOrNumber() {
        rejects("swapped", last, first);
        rejects("without the first", last);
        rejects("without the last: the run has not ended", first);
        rejects("the first twice", first, first, last);
        rejects("the last twice: a halt in the middle", first, last, last);
        rejects("the whole run twice", first, last, first, last);
    }

    @Test
    void segmentsOfOtherRuns() {
        rejects("another program's run in front", brief, first, last);
        rejects("another program's run behind", first, last, brief);
        rejects("another program's run instead", brief);
        rejects("another program's end", first, brief);
        rejects("another input's beginning", other, last);
        Receipt begun = Fixture.otherInput();
        rejects(BUS_BALANCE, "another input's end", begun.withSegments(List.of(other, last)));
        rejects(
                BUS_BALANCE,
                "another program's proof as its own",
                Fixture.oneSegment().withSegments(List.of(last)));
    }

    /** A run needs a proof. */
    @Test
    void noSegments() {
        Receipt empty = whole.withSegments(List.of());
        rejects(CLAIM, "no segments", empty);
        InvalidReceiptException rejection = catchThrowableOfType(
                InvalidReceiptException.class,
                () -> Verifier.with(Policy.standard())
                        .verify(empty, empty.image().id()));
        assertThat(rejection.reason()).isEqualTo(CLAIM);
    }

    @Test
    void anotherResult() {
        for (int bit = 0; bit < 32; bit++) {
            rejects(BUS_BALANCE, "exit code, bit " + bit, result(whole.exitCode() ^ 1 << bit, whole.journal()));
        }
        rejects(BUS_BALANCE, "the exit code p, which is 0 as one element", result(KoalaBear.P, whole.journal()));
        rejects(BUS_BALANCE, "a journal", result(whole.exitCode(), new byte[1]));
        rejects(BUS_BALANCE, "a long journal", result(whole.exitCode(), new byte[100_000]));
    }

    private Receipt result(int exitCode, byte[] journal) {
        return new Receipt(
                whole.parameters(),
                whole.keyDigest(),
                whole.image(),
                whole.inputDigest(),
                exitCode,
                journal,
                whole.segments());
    }

    @Test
    void anotherStart() {
        Image image = whole.image();
        ProgramCommitment program = image.commitment();
        rejects(BUS_BALANCE, "another entry", start(new Image(image.entryRow() + 2, program, image.programHalf())));
        for (int i = 0; i < 9; i++) {
            int[] half = more(image.programHalf(), i);
            rejects(BUS_BALANCE, "other memory", start(new Image(image.entryRow(), program, half)));
            InputDigest input = new InputDigest(more(whole.inputDigest().elements(), i));
            rejects(BUS_BALANCE, "another input", start(image, input));
        }
        ProgramCommitment changed = new ProgramCommitment(program.logHeight(), more(program.cap(), 17));
        rejects(BUS_BALANCE, "other code", start(new Image(image.entryRow(), changed, image.programHalf())));
        rejects(BUS_BALANCE, "another program", start(Fixture.oneSegment().image()));
        rejects(
                BUS_BALANCE,
                "another run's input",
                start(image, Fixture.otherInput().inputDigest()));
    }

    private Receipt start(Image image) {
        return start(image, whole.inputDigest());
    }

    private Receipt start(Image image, InputDigest input) {
        return new Receipt(
                whole.parameters(),
                whole.keyDigest(),
                image,
                input,
                whole.exitCode(),
                whole.journal(),
                whole.segments());
    }

    @Test
    void anotherStateInBetween() {
        for (Segment segment : List.of(first, last)) {
            boolean begins = segment.equals(first);
            for (int i = 0; i < 9; i++) joined(begins, end(segment, segment.endRow(), more(segment.endRoot(), i), 0));
            joined(begins, end(segment, segment.endRow() + 1, segment.endRoot(), 0));
            joined(begins, end(segment, segment.endRow(), segment.endRoot(), 1));
            joined(begins, end(segment, segment.endRow(), segment.endRoot(), -1));
            joined(begins, end(segment, segment.endRow(), begins ? last.endRoot() : first.endRoot(), 0));
        }
    }

    private void joined(boolean begins, Segment changed) {
        List<Segment> segments = begins ? List.of(changed, last) : List.of(first, changed);
        rejects("the end of " + (begins ? "the first" : "the last"), segments.toArray(Segment[]::new));
    }

    private static Segment end(Segment of, int row, int[] root, int more) {
        return new Segment(row, root, of.cycles() + more, of.tables(), of.proof());
    }

    /** Receipts need not come from bytes: what reading bytes would refuse, verifying refuses too. */
    @Test
    void outOfRange() {
        for (int cycles : new int[] {0, -1, 1 << 22, Integer.MIN_VALUE, KoalaBear.P}) {
            Segment changed = new Segment(first.endRow(), first.endRoot(), cycles, first.tables(), first.proof());
            rejects(CLAIM, cycles + " cycles", whole.withSegments(List.of(changed, last)));
        }
        for (int row : new int[] {-1, 1 << 22, Integer.MAX_VALUE}) {
            rejects(CLAIM, "row " + row, whole.withSegments(List.of(end(first, row, first.endRoot(), 0), last)));
        }
    }

    @Test
    void anotherKey() {
        String digest = "0" + whole.keyDigest().substring(1);
        Receipt receipt = new Receipt(
                whole.parameters(),
                digest.equals(whole.keyDigest()) ? "1" + digest.substring(1) : digest,
                whole.image(),
                whole.inputDigest(),
                whole.exitCode(),
                whole.journal(),
                whole.segments());
        rejects(VERSION, "another key", receipt);
    }

    /** The commitments that are known before a proof are at one rate. */
    @Test
    void anotherRate() {
        Parameters p = whole.parameters();
        Parameters other = new Parameters(
                p.suite(), p.logBlowup() + 1, p.queries(), p.grindingBits(), p.capLog(), p.finalLog(), p.arityLog());
        Receipt receipt = new Receipt(
                other,
                whole.keyDigest(),
                whole.image(),
                whole.inputDigest(),
                whole.exitCode(),
                whole.journal(),
                whole.segments());
        rejects(PARAMETERS, "another rate", receipt);
    }

    /** What the caller demands is compared before anything is computed. */
    @Test
    void anotherDemand() {
        ImageId program = whole.image().id();
        demands(IMAGE_ID, Policy.standard(), Fixture.oneSegment().image().id());
        demands(EXIT_CODE, Policy.standard().withExitCode(1), program);
        demands(INPUT, Policy.standard().withInput(Fixture.otherInput().inputDigest()), program);
    }

    private void demands(Reason reason, Policy policy, ImageId program) {
        InvalidReceiptException rejection = catchThrowableOfType(
                InvalidReceiptException.class, () -> Verifier.with(policy).verify(whole, program));
        assertThat(rejection).as("%s", reason).isNotNull();
        assertThat(rejection.reason()).isEqualTo(reason);
    }
}
