package dev.aver.prover.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.aver.verifier.AnyPolicy;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.InvalidReceiptException.Reason;
import dev.aver.verifier.Receipt;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever bytes come as a receipt: they are refused by the one typed exception, and reading or verifying them takes no
 * more memory than an honest receipt of their length, or of the same tables, does. No loop of either is longer than
 * what it reads: so memory bounds time.
 */
final class ReceiptFuzzTest {
    private static final ThreadMXBean MEMORY = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What reading allocates at most: a few times the bytes, and shapes and messages besides. */
    private static final int READING_TIMES = 4;

    private static final int READING_MORE = 1 << 20;

    private final Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);
    private int verified;

    @Test
    void nothingButTypedRejections() {
        fuzz(100_000, 1_500, Fixture.oneSegment(), 61);
        fuzz(100_000, 1_000, Fixture.twoSegments(), 62);
        assertThat(verified).isBetween(2_490, 2_500);
        assertThat(reasons.keySet())
                .contains(
                        Reason.MALFORMED,
                        Reason.TRAILING_BYTES,
                        Reason.NOT_CANONICAL,
                        Reason.VERSION,
                        Reason.PARAMETERS,
                        Reason.TABLES,
                        Reason.HEIGHT,
                        Reason.BUS_BALANCE,
                        Reason.CONSTRAINTS,
                        Reason.OPENING,
                        Reason.CLAIM);
    }

    @Test
    @Tag("long")
    void nothingButTypedRejectionsInTenMillion() {
        for (int seed = 0; seed < 10; seed++) {
            fuzz(500_000, 5_000, Fixture.oneSegment(), 100 + seed);
            fuzz(500_000, 5_000, Fixture.twoSegments(), 200 + seed);
        }
        assertThat(verified).isBetween(99_900, 100_000);
    }

    /** Damages the receipt so often, and verifies so many of those that can still be read. */
    private void fuzz(int times, int verifications, Receipt honest, int seed) {
        byte[] receipt = honest.encode();
        Mutator mutator = new Mutator(new Random(seed), receipt, Layout.of(honest));
        // Segments may be verified on other threads, whose memory is not counted: one segment never is.
        long most = 2L * honest.segments().size() * verifying(Fixture.oneSegment());
        int until = verified + verifications;
        for (int i = 0; i < times; i++) {
            byte[] damaged = mutator.next();
            if (Arrays.equals(damaged, receipt)) continue;
            AtomicReference<Receipt> read = new AtomicReference<>();
            Optional<Reason> verdict = within(
                    (long) READING_TIMES * damaged.length + READING_MORE,
                    () -> read.set(Receipt.decode(damaged)),
                    "reading, seed %d, number %d".formatted(seed, i));
            if (verdict.isEmpty()) {
                // Most damage is in the proof, and can be read: a share of it is verified, spread over all times.
                long left = (long) until - verified;
                if (left == 0 || left * times < (long) verifications * (times - i)) continue;
                verified++;
                verdict = within(
                        most, () -> AnyPolicy.verify(read.get()), "verifying, seed %d, number %d".formatted(seed, i));
            }
            assertThat(verdict).as("seed %d, number %d", seed, i).isPresent();
            reasons.merge(verdict.orElseThrow(), 1, Integer::sum);
        }
    }

    private interface Step {
        void run() throws InvalidReceiptException;
    }

    /** Why a step rejects, if it does; it may allocate {@code most} bytes, and throw nothing else. */
    private static Optional<Reason> within(long most, Step step, String what) {
        Optional<Reason> verdict = Optional.empty();
        long before = MEMORY.getCurrentThreadAllocatedBytes();
        try {
            step.run();
        } catch (InvalidReceiptException e) {
            verdict = Optional.of(e.reason());
        } catch (RuntimeException | Error e) {
            throw new AssertionError(what, e);
        }
        long taken = MEMORY.getCurrentThreadAllocatedBytes() - before;
        if (taken > most) throw new AssertionError("%s: %d bytes, at most %d".formatted(what, taken, most));
        return verdict;
    }

    /** What verifying an honest receipt of one segment allocates, once classes are loaded. */
    private static long verifying(Receipt receipt) {
        try {
            AnyPolicy.verify(receipt);
            long before = MEMORY.getCurrentThreadAllocatedBytes();
            AnyPolicy.verify(receipt);
            return MEMORY.getCurrentThreadAllocatedBytes() - before;
        } catch (InvalidReceiptException e) {
            throw new AssertionError(e);
        }
    }
}
