package dev.aver.verifier.pcs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an honest prover makes is accepted, for every kind of shape, and says what it should. */
class PcsVerifierTest {
    static List<PcsShape> shapes() {
        return Shapes.all();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void acceptsHonestProofs(PcsShape shape) throws Exception {
        Instance instance = Instance.random(shape, 7);
        Instance.Proof proof = instance.prove();
        assertThat(proof.bytes()).hasSize((int) shape.proofBytes());
        Openings<E6> openings = instance.verify(proof);
        E6 zeta = Instance.transcript(shape, proof.caps()).challenge();
        for (int c = 0; c < shape.commitments().size(); c++) {
            List<OpenedMatrix> matrices = shape.commitments().get(c).matrices();
            for (int m = 0; m < matrices.size(); m++) {
                for (int column = 0; column < matrices.get(m).width(); column++) {
                    int[] coefficients =
                            instance.polynomials().get(c).get(m).coefficients().get(column);
                    assertThat(openings.value(c, m, Openings.LOCAL, column)).isEqualTo(sum(coefficients, zeta));
                    if (!matrices.get(m).next()) continue;
                    E6 next = zeta.times(KoalaBear.rootOfUnity(matrices.get(m).logHeight()));
                    assertThat(openings.value(c, m, Openings.NEXT, column)).isEqualTo(sum(coefficients, next));
                    assertThat(openings.row(c, m, Openings.NEXT).get(column)).isEqualTo(sum(coefficients, next));
                }
            }
        }
    }

    /** Power by power. */
    private static E6 sum(int[] coefficients, E6 point) {
        E6 sum = E6.ZERO;
        E6 power = E6.ONE;
        for (int coefficient : coefficients) {
            sum = sum.plus(power.times(coefficient));
            power = power.times(point);
        }
        return sum;
    }
}
