package dev.aver.verifier.algebra;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.hash.Transcript;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.InvalidReceiptException.Reason;
import java.util.Arrays;
import java.util.List;

/**
 * Verification on this machine: elements are numbers, a failed assertion is an exception. Not safe for use by several
 * threads at once.
 */
public final class HostAlgebra implements Algebra<E6, int[], int[], Integer> {
    private final ProofReader proof;
    private final Transcript transcript;
    private Powers powers = new Powers(E6.ZERO, 0);

    /**
     * The state of a verification.
     *
     * @param proof where the proof's next element is
     * @param transcript what both sides have said so far; continued here
     */
    public HostAlgebra(ProofReader proof, Transcript transcript) {
        this.proof = proof;
        this.transcript = transcript;
    }

    @Override
    public E6 element() throws InvalidReceiptException {
        return proof.element();
    }

    @Override
    public E6 base() throws InvalidReceiptException {
        return E6.of(proof.base());
    }

    @Override
    public int[] digest(HashSuite suite) throws InvalidReceiptException {
        return proof.digest(suite);
    }

    @Override
    public int[] row(int width) throws InvalidReceiptException {
        return proof.row(width);
    }

    @Override
    public E6 constant(E6 value) {
        return value;
    }

    @Override
    public E6 add(E6 a, E6 b) {
        return a.plus(b);
    }

    @Override
    public E6 sub(E6 a, E6 b) {
        return a.minus(b);
    }

    @Override
    public E6 mul(E6 a, E6 b) {
        return a.times(b);
    }

    @Override
    public E6 scale(E6 a, int factor) {
        return a.times(factor);
    }

    @Override
    public E6 inverse(E6 a) throws InvalidReceiptException {
        if (a.isZero()) throw new InvalidReceiptException(Reason.CHALLENGE, "a divisor is 0");
        if (a.inBaseField()) return E6.of(KoalaBear.inverse(a.c0()));
        return a.inverse();
    }

    @Override
    public void assertEqual(E6 a, E6 b, Reason reason) throws InvalidReceiptException {
        if (!a.equals(b)) throw new InvalidReceiptException(reason, a + " is not " + b);
    }

    @Override
    public void assertNotBase(E6 a, Reason reason) throws InvalidReceiptException {
        if (a.inBaseField()) throw new InvalidReceiptException(reason, "a challenge lies in the base field: " + a);
    }

    @Override
    public void absorb(E6 element) {
        transcript.absorb(element);
    }

    @Override
    public void absorbBase(E6 element) {
        assert element.inBaseField() : element;
        transcript.absorb(element.c0());
    }

    @Override
    public void absorb(HashSuite suite, int[] digest) {
        transcript.absorbDigest(suite, digest, 0);
    }

    @Override
    public void absorbNumber(int number) {
        transcript.absorbNumber(number);
    }

    @Override
    public void absorbString(String string) {
        transcript.absorbString(string);
    }

    @Override
    public E6 challenge() {
        return transcript.challenge();
    }

    @Override
    public Integer index(int bits) {
        return transcript.index(bits);
    }

    @Override
    public void proofOfWork(int bits) throws InvalidReceiptException {
        if (!transcript.provesWork(proof.base(), bits)) {
            throw new InvalidReceiptException(
                    Reason.PROOF_OF_WORK, "the nonce is no proof of " + bits + " bits of work");
        }
    }

    @Override
    public int[] leaf(HashSuite suite, int[] row) {
        int[] digest = new int[suite.digestLength()];
        suite.leaf(row, 0, row.length, digest, 0);
        return digest;
    }

    @Override
    public int[] leaf(HashSuite suite, List<E6> row) {
        int[] coordinates = new int[E6.DEGREE * row.size()];
        for (int i = 0; i < row.size(); i++) row.get(i).write(coordinates, E6.DEGREE * i, 1);
        return leaf(suite, coordinates);
    }

    @Override
    public int[] step(HashSuite suite, int[] node, int[] sibling, Integer index, int bit) {
        int[] parent = new int[suite.digestLength()];
        if (((index >> bit) & 1) == 0) suite.node(node, 0, sibling, 0, parent, 0);
        else suite.node(sibling, 0, node, 0, parent, 0);
        return parent;
    }

    @Override
    public int[] inject(HashSuite suite, int[] node, int[] row) {
        int[] injected = new int[suite.digestLength()];
        suite.inject(node, 0, row, 0, injected, 0);
        return injected;
    }

    @Override
    public void assertInCap(int[] node, List<int[]> cap, Integer index, int shift) throws InvalidReceiptException {
        int at = index >> shift;
        if (!Arrays.equals(node, cap.get(at))) {
            throw new InvalidReceiptException(
                    Reason.OPENING, "the path of index " + index + " does not end in the cap");
        }
    }

    @Override
    public E6 reduce(int[] row, int from, int count, E6 base) {
        // Every query asks for the same powers.
        if (!powers.base.equals(base) || powers.count < count) powers = new Powers(base, Math.max(count, 64));
        return powers.reduce(row, from, count);
    }

    @Override
    public E6 point(Integer index, int from, int bits, int logOrder) {
        int point = KoalaBear.ONE;
        for (int t = 0; t < bits; t++) {
            if (((index >> (from + t)) & 1) != 0) point = KoalaBear.mul(point, KoalaBear.rootOfUnity(logOrder + t));
        }
        return E6.of(point);
    }

    @Override
    public E6 select(List<E6> values, Integer index, int from, int bits) {
        assert values.size() == 1 << bits : values.size();
        return values.get((index >> from) & ((1 << bits) - 1));
    }

    /** The powers of an element, flat, and sums with them as coefficients. */
    private static final class Powers {
        private final E6 base;
        private final int count;

        /** The six coordinates of base^i from place 6·i on. */
        private final int[] coordinates;

        Powers(E6 base, int count) {
            this.base = base;
            this.count = count;
            coordinates = new int[E6.DEGREE * count];
            E6 power = E6.ONE;
            for (int i = 0; i < count; i++) {
                power.write(coordinates, E6.DEGREE * i, 1);
                power = power.times(base);
            }
        }

        /** Sums of so few numbers below p do not overflow, and are reduced once. */
        E6 reduce(int[] row, int from, int terms) {
            long sum0 = 0;
            long sum1 = 0;
            long sum2 = 0;
            long sum3 = 0;
            long sum4 = 0;
            long sum5 = 0;
            for (int i = 0; i < terms; i++) {
                int element = row[from + i];
                int at = E6.DEGREE * i;
                sum0 += KoalaBear.mul(coordinates[at], element);
                sum1 += KoalaBear.mul(coordinates[at + 1], element);
                sum2 += KoalaBear.mul(coordinates[at + 2], element);
                sum3 += KoalaBear.mul(coordinates[at + 3], element);
                sum4 += KoalaBear.mul(coordinates[at + 4], element);
                sum5 += KoalaBear.mul(coordinates[at + 5], element);
            }
            return new E6(mod(sum0), mod(sum1), mod(sum2), mod(sum3), mod(sum4), mod(sum5));
        }

        private static int mod(long sum) {
            return (int) (sum % KoalaBear.P);
        }
    }
}
