package dev.aver.prover.stark;

import dev.aver.circuits.chips.BitsTable;
import dev.aver.circuits.chips.BytesTable;
import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.chips.ProgramChip;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.image.ProgramCommitment;
import dev.aver.circuits.merkle.TreeShape;
import dev.aver.prover.backend.Backend;
import dev.aver.prover.pcs.CommittedMatrices;
import dev.aver.verifier.stark.VerifyingKey;
import dev.aver.zkvm.program.ProgramTable;
import java.util.List;

/**
 * What a prover computes once for a program and a suite: the codewords and trees of the fixed tables and of the
 * program's.
 *
 * @param fixed {@link BitsTable}'s and {@link BytesTable}'s preprocessed columns
 * @param program the program table's columns
 * @param key what verifiers know of it
 * @param commitment the program table's, which the image id covers
 */
public record ProvingKey(
        CommittedMatrices fixed, CommittedMatrices program, VerifyingKey key, ProgramCommitment commitment) {
    /** Computes a key for this program. */
    public static ProvingKey of(Backend backend, HashSuite suite, ProgramTable program) {
        CommittedMatrices fixed = fixed(backend, suite);
        int logHeight = ProgramChip.logHeight(program);
        int[] columns = backend.extend(
                ProgramChip.preprocessed(program),
                logHeight,
                Machine.CURRENT.program.air.preprocessed().size(),
                ProgramCommitment.LOG_BLOWUP);
        CommittedMatrices table = new CommittedMatrices(
                List.of(columns),
                backend.commit(HashSuite.POSEIDON2, ProgramCommitment.shape(logHeight), List.of(columns)));
        return new ProvingKey(
                fixed,
                table,
                new VerifyingKey(Machine.CURRENT, suite, fixed.tree().cap()),
                new ProgramCommitment(logHeight, table.tree().cap()));
    }

    /** The fixed tables' codewords and tree. */
    public static CommittedMatrices fixed(Backend backend, HashSuite suite) {
        int blowup = ProgramCommitment.LOG_BLOWUP;
        int bitsWidth = Machine.CURRENT.bits.air.preprocessed().size();
        int bytesWidth = Machine.CURRENT.bytes.air.preprocessed().size();
        int[] bits = backend.extend(BitsTable.preprocessed(), BitsTable.LOG_HEIGHT, bitsWidth, blowup);
        int[] bytes = backend.extend(BytesTable.preprocessed(), BytesTable.LOG_HEIGHT, bytesWidth, blowup);
        TreeShape shape = new TreeShape(
                List.of(
                        new TreeShape.Matrix(BitsTable.LOG_HEIGHT + blowup, bitsWidth),
                        new TreeShape.Matrix(BytesTable.LOG_HEIGHT + blowup, bytesWidth)),
                ProgramCommitment.CAP_LOG);
        return new CommittedMatrices(List.of(bits, bytes), backend.commit(suite, shape, List.of(bits, bytes)));
    }
}
