package dev.aver.prover;

import dev.aver.circuits.chips.BitsTable;
import dev.aver.circuits.chips.BytesTable;
import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.image.ProgramCommitment;
import dev.aver.circuits.merkle.TreeShape;
import dev.aver.prover.backend.Backend;
import dev.aver.prover.pcs.CommittedMatrices;
import dev.aver.verifier.stark.FixedTables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of proving keys that is the same for all programs: the codewords and tree of {@link BitsTable}'s and
 * {@link BytesTable}'s preprocessed columns, made when first asked for and then kept. Whoever proves several runs in a
 * row has one of these for all of them; each counts it as memory that it takes, for all suites.
 *
 * <p>Safe for use by several threads at once; while one makes a part, others wait for it.
 */
public final class FixedKeys {
    private static final int BITS_WIDTH =
            Machine.CURRENT.bits.air.preprocessed().size();
    private static final int BYTES_WIDTH =
            Machine.CURRENT.bytes.air.preprocessed().size();

    private final Optional<Path> directory;
    private final Map<String, CommittedMatrices> made = new HashMap<>();

    /** All computed in this process. */
    public FixedKeys() {
        this(Optional.empty());
    }

    private FixedKeys(Optional<Path> directory) {
        this.directory = directory;
    }

    /**
     * With files in a directory, which are read instead of computing what is in them. What is missing or damaged is
     * computed, and written if that is possible. Who can write there can make proofs fail, but not make false ones.
     */
    public static FixedKeys in(Path directory) {
        return new FixedKeys(Optional.of(directory));
    }

    /**
     * The part for this suite.
     *
     * @param backend whose results are new arrays, since they are kept
     */
    public synchronized CommittedMatrices of(Backend backend, HashSuite suite) {
        return made.computeIfAbsent(
                suite.name(),
                name -> directory
                        .map(place -> of(backend, new FixedKeyFile(place.resolve(name + ".key"), suite, shape())))
                        .orElseGet(() -> compute(backend, suite)));
    }

    private static CommittedMatrices of(Backend backend, FixedKeyFile file) {
        HashSuite suite = file.suite();
        return file.read(FixedTables.key(suite).fixedCap()).orElseGet(() -> {
            CommittedMatrices computed = compute(backend, suite);
            try {
                file.write(computed);
            } catch (IOException e) {
                // The next process computes them again.
            }
            return computed;
        });
    }

    /** Computes the part for this suite, in the backend's arrays. */
    public static CommittedMatrices compute(Backend backend, HashSuite suite) {
        int blowup = ProgramCommitment.LOG_BLOWUP;
        int[] bits = backend.extend(BitsTable.preprocessed(), BitsTable.LOG_HEIGHT, BITS_WIDTH, blowup);
        int[] bytes = backend.extend(BytesTable.preprocessed(), BytesTable.LOG_HEIGHT, BYTES_WIDTH, blowup);
        return new CommittedMatrices(List.of(bits, bytes), backend.commit(suite, shape(), List.of(bits, bytes)));
    }

    private static TreeShape shape() {
        return new TreeShape(
                List.of(
                        new TreeShape.Matrix(BitsTable.LOG_HEIGHT + ProgramCommitment.LOG_BLOWUP, BITS_WIDTH),
                        new TreeShape.Matrix(BytesTable.LOG_HEIGHT + ProgramCommitment.LOG_BLOWUP, BYTES_WIDTH)),
                ProgramCommitment.CAP_LOG);
    }
}
