package dev.aver.verifier.pcs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.field.E6;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an honest prover makes is accepted, for every kind of shape. */
class PcsVerifierTest {
    static List<PcsShape> shapes() {
        return Shapes.all();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void acceptsAnHonestProof(PcsShape shape) throws Exception {
        Instance instance = Instance.random(shape, 7);
        Instance.Proof proof = instance.prove();
        assertThat(proof.bytes()).hasSize((int) shape.proofBytes());
        Openings<E6> openings = instance.verify(proof);
        assertThat(openings.values()).hasSize(shape.openings());
    }
}
