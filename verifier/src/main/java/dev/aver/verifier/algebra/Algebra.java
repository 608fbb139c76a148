package dev.aver.verifier.algebra;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.InvalidReceiptException.Reason;
import java.util.List;

/**
 * The steps of verification. The verifier's algorithms are written once over this interface, so that the same text can
 * check a proof and say what a circuit has to do that checks proofs. Therefore nothing here gives out a number: which
 * steps are taken, and in which order, never depends on a proof's content.
 *
 * <p>Steps are as large as the tables of such a circuit: a row is hashed and summed as a whole, and there are no single
 * operations on K.
 *
 * <p>An algebra is in the course of one verification: it has a place in the proof, and a transcript. Whatever it reads
 * and whatever fails, its only exception is {@link InvalidReceiptException}.
 *
 * @param <V> an element of E, or of K as one of E
 * @param <D> a digest
 * @param <R> a row of elements of K
 * @param <I> an index: some bits that the transcript chose
 */
public interface Algebra<V, D, R, I> {
    /** Reads an element of E from the proof. */
    V element() throws InvalidReceiptException;

    /** Reads an element of K from the proof. */
    V base() throws InvalidReceiptException;

    /** Reads a digest of a suite from the proof. */
    D digest(HashSuite suite) throws InvalidReceiptException;

    /** Reads {@code width} elements of K from the proof. */
    R row(int width) throws InvalidReceiptException;

    /** A constant. */
    V constant(E6 value);

    /** a + b. */
    V add(V a, V b);

    /** a − b. */
    V sub(V a, V b);

    /** a · b. */
    V mul(V a, V b);

    /**
     * a · factor.
     *
     * @param factor a constant of K
     */
    V scale(V a, int factor);

    /** 1 / a; the proof is rejected for its challenges if a is 0. */
    V inverse(V a) throws InvalidReceiptException;

    /** Rejects the proof for this reason unless a = b. */
    void assertEqual(V a, V b, Reason reason) throws InvalidReceiptException;

    /** Rejects the proof for this reason if a lies in K. */
    void assertNotBase(V a, Reason reason) throws InvalidReceiptException;

    /** Absorbs an element of E. */
    void absorb(V element);

    /** Absorbs an element of K, which {@link #base}, or else a proven fact, says it is. */
    void absorbBase(V element);

    /** Absorbs a digest. */
    void absorb(HashSuite suite, D digest);

    /** Absorbs a number, a constant in [0, p). */
    void absorbNumber(int number);

    /** Absorbs a string, a constant. */
    void absorbString(String string);

    /** A challenge in E. */
    V challenge();

    /**
     * A challenge of some bits.
     *
     * @param bits at most 24
     */
    I index(int bits);

    /**
     * Reads the nonce, absorbs it, and rejects the proof unless the index of {@code bits} bits drawn then is 0.
     *
     * @param bits at most 24
     */
    void proofOfWork(int bits) throws InvalidReceiptException;

    /** The leaf of a row. */
    D leaf(HashSuite suite, R row);

    /** The leaf of a row of elements of E: their coordinates in order, each element's together. */
    D leaf(HashSuite suite, List<V> row);

    /** The node above {@code node}, which is its right child if bit {@code bit} of the index is set, and a sibling. */
    D step(HashSuite suite, D node, D sibling, I index, int bit);

    /** The node with a shorter matrix's row bound to it. */
    D inject(HashSuite suite, D node, D row);

    /**
     * Rejects the proof unless {@code node} is the digest of {@code cap} with the number {@code index ≫ shift}.
     *
     * @param cap a power of two of digests, as many as the bits that are left
     */
    void assertInCap(D node, List<D> cap, I index, int shift) throws InvalidReceiptException;

    /** The sum of {@code base^i · row[from + i]} over i from 0 to {@code count − 1}. */
    V reduce(R row, int from, int count, V base);

    /**
     * A product of roots of unity chosen by {@code bits} bits of the index from bit {@code from} on: for each of them
     * that is set, number t of these bits counting from 0, the root of order 2^(logOrder + t).
     *
     * <p>With logOrder = 1 and h bits this is the element with this index of the subgroup of order 2^h in bit-reversed
     * order.
     */
    V point(I index, int from, int bits, int logOrder);

    /**
     * The value whose number in {@code values}, which are 2^bits, is that of {@code bits} index bits from {@code from}.
     */
    V select(List<V> values, I index, int from, int bits);
}
