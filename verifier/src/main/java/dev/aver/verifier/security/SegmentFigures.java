package dev.aver.verifier.security;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Constraint;
import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.verifier.pcs.FriSchedule;
import dev.aver.verifier.pcs.Parameters;
import dev.aver.verifier.security.ProofFigures.Table;
import dev.aver.verifier.stark.StarkShape;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The numbers of a segment's proof, from its shape. */
public final class SegmentFigures {
    /** The state at the start and at the end, the root of the memory tree, the result. */
    private static final int VERIFIER_MESSAGES = 4;

    /** The quotient is Q_0 + X^N·Q_1. */
    private static final int QUOTIENT_PIECES = 2;

    private SegmentFigures() {}

    /** The numbers of a proof of this shape. */
    public static ProofFigures of(StarkShape shape) {
        List<Table> tables = new ArrayList<>();
        for (int place = 0; place < shape.tables().tables().size(); place++) {
            Air air = shape.tables().kind(place).air();
            tables.add(new Table(
                    shape.tables().tables().get(place).logHeight(),
                    air.constraints().size() + air.permutationConstraints(),
                    air.messages().size()));
        }
        Parameters parameters = shape.parameters();
        return new ProofFigures(
                BigInteger.valueOf(KoalaBear.P),
                E6.DEGREE,
                parameters.logBlowup(),
                shape.pcs().commitments().stream()
                        .flatMap(commitment -> commitment.matrices().stream())
                        .toList(),
                tables,
                Constraint.MAX_DEGREE,
                QUOTIENT_PIECES,
                VERIFIER_MESSAGES,
                Bus.WIDEST,
                shape.pcs().schedule().folds().stream()
                        .map(FriSchedule.Fold::arityLog)
                        .toList(),
                parameters.queries(),
                parameters.grindingBits(),
                parameters.suite());
    }
}
