package dev.aver.prover.stark;

import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.chips.ProgramChip;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.image.ProgramCommitment;
import dev.aver.prover.backend.Backend;
import dev.aver.prover.pcs.CommittedMatrices;
import dev.aver.verifier.stark.VerifyingKey;
import dev.aver.zkvm.program.ProgramTable;
import java.util.List;

/**
 * What a prover knows of a program and a suite before it proves: the codewords and trees of the fixed tables and of the
 * program's.
 *
 * @param fixed the part that is the same for all programs
 * @param program the program table's columns
 * @param key what verifiers know of it
 * @param commitment the program table's, which the image id covers
 */
public record ProvingKey(
        CommittedMatrices fixed, CommittedMatrices program, VerifyingKey key, ProgramCommitment commitment) {
    /**
     * Computes a key for this program.
     *
     * @param fixed the part that {@link dev.aver.prover.FixedKeys} has for this suite
     */
    public static ProvingKey of(Backend backend, HashSuite suite, CommittedMatrices fixed, ProgramTable program) {
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
}
