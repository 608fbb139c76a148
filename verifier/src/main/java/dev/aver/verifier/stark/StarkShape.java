package dev.aver.verifier.stark;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.chips.BitsTable;
import dev.aver.circuits.chips.BytesTable;
import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.field.E6;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.image.ProgramCommitment;
import dev.aver.verifier.pcs.OpenedCommitment;
import dev.aver.verifier.pcs.OpenedMatrix;
import dev.aver.verifier.pcs.Parameters;
import dev.aver.verifier.pcs.PcsShape;
import java.util.ArrayList;
import java.util.List;

/**
 * What a proof with these tables commits to, and in which order: the fixed tables, the program's table, main columns,
 * permutation columns, quotient.
 *
 * <p>A table's permutation columns are two matrices: the steps within a row, if there are any, and the accumulators,
 * which alone are opened in the next row too.
 */
public final class StarkShape {
    /** The commitment to the preprocessed columns of {@link BitsTable} and {@link BytesTable}. */
    public static final int FIXED = 0;

    /** The commitment to the program's table, always with {@link HashSuite#POSEIDON2}. */
    public static final int PROGRAM = 1;

    /** The commitment to the main columns, one matrix for each table. */
    public static final int MAIN = 2;

    /** The commitment to the permutation columns. */
    public static final int PERMUTATION = 3;

    /** The commitment to the quotient: one matrix, twice six columns, as high as the tallest table. */
    public static final int QUOTIENT = 4;

    private final ProofTables tables;
    private final PcsShape pcs;
    private final int[] accumulators;

    /** What follows from the tables and the parameters. */
    public StarkShape(Parameters parameters, ProofTables tables) {
        this.tables = tables;
        accumulators = new int[tables.tables().size()];
        HashSuite suite = parameters.suite();
        int cap = parameters.capLog();
        List<OpenedMatrix> main = new ArrayList<>();
        List<OpenedMatrix> permutation = new ArrayList<>();
        for (int place = 0; place < accumulators.length; place++) {
            Air air = tables.kind(place).air();
            int logHeight = tables.tables().get(place).logHeight();
            main.add(new OpenedMatrix(logHeight, air.width(), air.readsNext()));
            int steps = E6.DEGREE * air.steps();
            if (steps > 0) permutation.add(new OpenedMatrix(logHeight, steps, false));
            accumulators[place] = permutation.size();
            permutation.add(new OpenedMatrix(logHeight, E6.DEGREE * air.accumulators(), true));
        }
        pcs = new PcsShape(
                parameters,
                List.of(
                        new OpenedCommitment(suite, ProgramCommitment.CAP_LOG, fixed(tables.machine())),
                        new OpenedCommitment(HashSuite.POSEIDON2, ProgramCommitment.CAP_LOG, List.of(program(tables))),
                        new OpenedCommitment(suite, cap, main),
                        new OpenedCommitment(suite, cap, permutation),
                        new OpenedCommitment(
                                suite, cap, List.of(new OpenedMatrix(tables.maxLogHeight(), 2 * E6.DEGREE, false)))));
    }

    /** The matrices of the fixed tables' commitment. */
    static List<OpenedMatrix> fixed(Machine machine) {
        return List.of(
                new OpenedMatrix(
                        BitsTable.LOG_HEIGHT, machine.bits.air.preprocessed().size(), false),
                new OpenedMatrix(
                        BytesTable.LOG_HEIGHT, machine.bytes.air.preprocessed().size(), false));
    }

    private static OpenedMatrix program(ProofTables tables) {
        int width = tables.machine().program.air.preprocessed().size();
        return new OpenedMatrix(tables.programLogHeight(), width, false);
    }

    /** The tables. */
    public ProofTables tables() {
        return tables;
    }

    /** The parameters. */
    public Parameters parameters() {
        return pcs.parameters();
    }

    /** What is opened. */
    public PcsShape pcs() {
        return pcs;
    }

    /**
     * The number of a table's accumulators among the matrices of {@link #PERMUTATION}; its steps, if there are any, are
     * just before.
     */
    public int accumulators(int place) {
        return accumulators[place];
    }

    /**
     * The commitment and matrix of a table's preprocessed columns, if it has any: the fixed tables' or the program's.
     */
    public int preprocessedCommitment(int place) {
        return tables.tables().get(place).table() == Machine.PROGRAM ? PROGRAM : FIXED;
    }

    /** The matrix of a table's preprocessed columns in {@link #preprocessedCommitment}. */
    public int preprocessedMatrix(int place) {
        return tables.tables().get(place).table() == Machine.BYTES ? 1 : 0;
    }

    /** How many elements of E the tables' totals are: a sum for each table, and a product if it has exchanges. */
    public int totals() {
        int totals = 0;
        for (int place = 0; place < accumulators.length; place++) {
            totals += tables.kind(place).air().accumulators();
        }
        return totals;
    }

    /** The length of a proof: three commitments, each table's totals, and what the openings take. */
    public long proofBytes() {
        long cap = (4L * parameters().suite().digestLength()) << parameters().capLog();
        return 3 * cap + 4L * E6.DEGREE * totals() + pcs.proofBytes();
    }
}
