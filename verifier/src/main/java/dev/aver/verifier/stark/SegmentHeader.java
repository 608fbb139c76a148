package dev.aver.verifier.stark;

import dev.aver.circuits.hash.HashSuite;
import dev.aver.verifier.algebra.Algebra;
import dev.aver.verifier.pcs.Parameters;
import java.util.List;

/**
 * What both sides say before anything is committed to: the protocol, the parameters, the key, the program's commitment,
 * the tables and the statement. Nothing of it can then be chosen to fit a challenge.
 */
public final class SegmentHeader {
    /** The first thing in every transcript: what the proof is a proof of, and in which protocol. */
    public static final String PROTOCOL = "Aver 2026-11-22 segment";

    private SegmentHeader() {}

    /**
     * Absorbs the header of a segment's proof.
     *
     * @param programCap the program table's commitment
     */
    public static <V, D> void absorb(
            Algebra<V, D, ?, ?> algebra,
            VerifyingKey key,
            StarkShape shape,
            List<D> programCap,
            SegmentStatement<V> statement) {
        algebra.absorbString(PROTOCOL);
        absorb(algebra, shape.parameters());
        algebra.absorbString(key.digest());
        algebra.absorbNumber(shape.tables().programLogHeight());
        for (D digest : programCap) algebra.absorb(HashSuite.POSEIDON2, digest);
        List<ProofTables.Instance> tables = shape.tables().tables();
        algebra.absorbNumber(tables.size());
        for (ProofTables.Instance table : tables) {
            algebra.absorbNumber(table.table());
            algebra.absorbNumber(table.instance());
            algebra.absorbNumber(table.logHeight());
        }
        statement.imageId().forEach(algebra::absorbBase);
        algebra.absorbBase(statement.startRow());
        statement.startRoot().forEach(algebra::absorbBase);
        algebra.absorbBase(statement.endRow());
        statement.endRoot().forEach(algebra::absorbBase);
        algebra.absorbBase(statement.halted());
        statement.result().forEach(algebra::absorbBase);
        algebra.absorbBase(statement.cycles());
    }

    private static void absorb(Algebra<?, ?, ?, ?> algebra, Parameters parameters) {
        algebra.absorbString(parameters.suite().name());
        algebra.absorbNumber(parameters.logBlowup());
        algebra.absorbNumber(parameters.queries());
        algebra.absorbNumber(parameters.grindingBits());
        algebra.absorbNumber(parameters.capLog());
        algebra.absorbNumber(parameters.finalLog());
        algebra.absorbNumber(parameters.arityLog());
    }
}
