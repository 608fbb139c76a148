package dev.aver.prover.pcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.hash.Transcript;
import dev.aver.prover.backend.Backend;
import dev.aver.prover.backend.ScalarBackend;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.InvalidReceiptException.Reason;
import dev.aver.verifier.pcs.OpenedCommitment;
import dev.aver.verifier.pcs.OpenedMatrix;
import dev.aver.verifier.pcs.Parameters;
import dev.aver.verifier.pcs.PcsShape;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PcsProverTest {
    private static final HashSuite POSEIDON2 = HashSuite.POSEIDON2;
    private static final HashSuite BLAKE3 = HashSuite.BLAKE3;

    private final Backend backend = new ScalarBackend(2);

    /** The parameters of real proofs, but for queries and work. */
    private static Parameters parameters(HashSuite suite, int queries) {
        return new Parameters(suite, 1, queries, 4, 7, 6, 3);
    }

    /** A commitment from heights and widths; a negative width means that the next row is opened too. */
    private static OpenedCommitment commitment(HashSuite suite, int capLog, int... heightsAndWidths) {
        List<OpenedMatrix> matrices = new ArrayList<>();
        for (int i = 0; i < heightsAndWidths.length; i += 2) {
            int width = heightsAndWidths[i + 1];
            matrices.add(new OpenedMatrix(heightsAndWidths[i], Math.abs(width), width < 0));
        }
        return new OpenedCommitment(suite, capLog, matrices);
    }

    /** Four commitments, as a segment's proof has, of which one is always in Poseidon2. */
    private static PcsShape segment(HashSuite suite, int queries) {
        return new PcsShape(
                parameters(suite, queries),
                List.of(
                        commitment(POSEIDON2, 6, 7, 3),
                        commitment(suite, 7, 6, -2, 10, -5, 7, 1, 10, 2),
                        commitment(suite, 7, 6, -6, 10, -6, 7, -6),
                        commitment(suite, 7, 10, 12)));
    }

    private void assertAgree(PcsShape shape, long seed) throws InvalidReceiptException {
        OpeningCase opened = OpeningCase.random(shape, seed);
        OpeningCase.Proof proof = opened.prove(backend);
        assertThat(proof.bytes().length).as("%s, seed %d", shape, seed).isEqualTo((int) shape.proofBytes());
        assertThat(opened.verify(proof)).as("%s, seed %d", shape, seed).isEqualTo(proof.openings());
    }

    @Test
    void theVerifierAcceptsSegments() throws InvalidReceiptException {
        for (HashSuite suite : List.of(POSEIDON2, BLAKE3)) assertAgree(segment(suite, 10), 1);
    }

    @Test
    void theVerifierAcceptsEveryHeight() throws InvalidReceiptException {
        for (int log = 6; log <= 12; log++) {
            assertAgree(new PcsShape(parameters(BLAKE3, 3), List.of(commitment(BLAKE3, 7, log, -1))), log);
            assertAgree(
                    new PcsShape(
                            parameters(BLAKE3, 3),
                            List.of(commitment(BLAKE3, 6, 6, 1), commitment(BLAKE3, 7, log, -2))),
                    log);
        }
        // All of them at once.
        OpenedCommitment all = commitment(BLAKE3, 7, 6, 1, 12, -3, 7, 2, 8, -1, 11, 4, 9, -16, 10, 1);
        assertAgree(new PcsShape(parameters(BLAKE3, 5), List.of(all, commitment(POSEIDON2, 0, 8, 20))), 13);
    }

    @Test
    void theVerifierAcceptsOtherParameters() throws InvalidReceiptException {
        for (int blowup = 1; blowup <= 4; blowup++) {
            for (int arityLog = 1; arityLog <= 3; arityLog++) {
                for (int finalLog = 0; finalLog <= 6; finalLog += 3) {
                    int capLog = Math.min(6, finalLog + blowup);
                    Parameters parameters = new Parameters(BLAKE3, blowup, 2, 0, capLog, finalLog, arityLog);
                    assertAgree(
                            new PcsShape(parameters, List.of(commitment(BLAKE3, 6, 9, -2, 6, 3))),
                            100 * blowup + 10 * arityLog + finalLog);
                }
            }
        }
    }

    @Test
    void theVerifierAcceptsRandomShapes() throws InvalidReceiptException {
        for (long seed = 0; seed < 15; seed++) {
            SplittableRandom source = new SplittableRandom(seed);
            HashSuite suite = source.nextInt(4) == 0 ? POSEIDON2 : BLAKE3;
            List<OpenedCommitment> commitments = new ArrayList<>();
            for (int c = source.nextInt(4); c >= 0; c--) {
                List<OpenedMatrix> matrices = new ArrayList<>();
                for (int m = source.nextInt(5); m >= 0; m--) {
                    int log = 6 + source.nextInt(5);
                    matrices.add(new OpenedMatrix(log, 1 + source.nextInt(20), source.nextBoolean()));
                }
                HashSuite other = source.nextInt(4) == 0 ? POSEIDON2 : BLAKE3;
                commitments.add(new OpenedCommitment(other, source.nextInt(8), matrices));
            }
            assertAgree(new PcsShape(parameters(suite, 4), commitments), seed);
        }
    }

    @Test
    void theNumberOfThreadsDoesNotShow() {
        for (HashSuite suite : List.of(POSEIDON2, BLAKE3)) {
            OpeningCase opened = OpeningCase.random(segment(suite, 5), 3);
            byte[] bytes = opened.prove(new ScalarBackend(1)).bytes();
            for (int threads = 2; threads <= 5; threads++) {
                assertThat(opened.prove(new ScalarBackend(threads)).bytes())
                        .as("%s, %d threads", suite.name(), threads)
                        .isEqualTo(bytes);
            }
        }
    }

    @Test
    void theWorkIsDoneAndTheNonceIsTheSmallest() throws InvalidReceiptException {
        Parameters parameters = new Parameters(BLAKE3, 1, 1, 10, 6, 5, 3);
        PcsShape shape = new PcsShape(parameters, List.of(commitment(BLAKE3, 6, 6, 1)));
        OpeningCase opened = OpeningCase.random(shape, 1);
        List<Transcript> before = new ArrayList<>();
        Backend watching = overriding("grind", arguments -> {
            Transcript transcript = (Transcript) arguments[0];
            before.add(transcript.copy());
            return backend.grind(transcript, (int) arguments[1]);
        });
        OpeningCase.Proof proof = opened.prove(watching);
        opened.verify(proof);
        int nonce = 0;
        while (!before.getFirst().copy().provesWork(KoalaBear.of(nonce), 10)) nonce++;
        assertThat(nonce).isPositive();
        // One opened value, one layer's cap, the final polynomial, then the nonce.
        int at = 24 + 32 * 64 + 24 * 32;
        byte[] bytes = Arrays.copyOfRange(proof.bytes(), at, at + 4);
        assertThat(bytes).containsExactly(nonce, nonce >> 8, nonce >> 16, nonce >> 24);
    }

    /** This backend with one step replaced. */
    private Backend overriding(String step, Function<Object[], Object> by) {
        return (Backend) Proxy.newProxyInstance(
                Backend.class.getClassLoader(),
                new Class<?>[] {Backend.class},
                (proxy, method, arguments) ->
                        method.getName().equals(step) ? by.apply(arguments) : method.invoke(backend, arguments));
    }

    /** Adds X^exponent to the last column of codewords. */
    private static int[] plusPower(int[] codewords, int logSize, int width, int exponent) {
        int[] sum = codewords.clone();
        for (int i = 0; i < 1 << logSize; i++) {
            int reversed = Integer.reverse(i) >>> (32 - logSize);
            int x = KoalaBear.mul(KoalaBear.GENERATOR, KoalaBear.pow(KoalaBear.rootOfUnity(logSize), reversed));
            int at = ((width - 1) << logSize) + i;
            sum[at] = KoalaBear.add(sum[at], KoalaBear.pow(x, exponent));
        }
        return sum;
    }

    /**
     * One column has a degree that is too high. (Degree N with the right value is no lie that can be seen: its quotient
     * has degree N − 1. The security report counts with that.)
     */
    @Test
    void tooHighADegreeIsRejectedAtEachHeight() {
        PcsShape shape = segment(BLAKE3, 20);
        OpeningCase opened = OpeningCase.random(shape, 5);
        List<List<int[]>> honest = opened.codewords(backend);
        for (int c = 0; c < honest.size(); c++) {
            for (int m = 0; m < honest.get(c).size(); m++) {
                OpenedMatrix form = shape.commitments().get(c).matrices().get(m);
                int exponent = (1 << form.logHeight()) + 1;
                int[] low = honest.get(c).get(m);
                int[] high = plusPower(low, shape.logSize(form), form.width(), exponent);
                List<List<int[]>> forged = new ArrayList<>(honest);
                forged.set(c, new ArrayList<>(honest.get(c)));
                forged.get(c).set(m, high);
                // The prover that does not know better, and one that gives the values of the polynomial it has.
                assertRejected(opened, opened.prove(backend, forged), Reason.LOW_DEGREE);
                Backend knowing = overriding("evaluate", arguments -> {
                    if (!Arrays.equals((int[]) arguments[0], high)) return evaluate(arguments);
                    List<E6> values = new ArrayList<>(evaluate(with(arguments, low)));
                    values.set(values.size() - 1, values.getLast().plus(((E6) arguments[4]).pow(exponent)));
                    return values;
                });
                assertRejected(opened, opened.prove(knowing, forged), Reason.LOW_DEGREE);
            }
        }
    }

    private List<E6> evaluate(Object[] arguments) {
        return backend.evaluate(
                (int[]) arguments[0], (int) arguments[1], (int) arguments[2], (int) arguments[3], (E6) arguments[4]);
    }

    private static Object[] with(Object[] arguments, int[] codewords) {
        Object[] changed = arguments.clone();
        changed[0] = codewords;
        return changed;
    }

    @Test
    void aWrongValueIsRejected() {
        PcsShape shape = segment(POSEIDON2, 10);
        OpeningCase opened = OpeningCase.random(shape, 6);
        List<List<int[]>> codewords = opened.codewords(backend);
        for (List<int[]> matrices : codewords) {
            for (int[] lied : matrices) {
                AtomicInteger calls = new AtomicInteger();
                Backend lying = overriding("evaluate", arguments -> {
                    List<E6> values = new ArrayList<>(evaluate(arguments));
                    if (Arrays.equals((int[]) arguments[0], lied) && calls.incrementAndGet() == 1) {
                        values.set(0, values.getFirst().plus(E6.ONE));
                    }
                    return values;
                });
                assertRejected(opened, opened.prove(lying, codewords), Reason.LOW_DEGREE);
                assertThat(calls).hasPositiveValue();
            }
        }
    }

    private static void assertRejected(OpeningCase opened, OpeningCase.Proof proof, Reason reason) {
        assertThatThrownBy(() -> opened.verify(proof))
                .isInstanceOfSatisfying(
                        InvalidReceiptException.class,
                        rejection -> assertThat(rejection.reason()).isEqualTo(reason));
    }
}
