package dev.aver.prover;

import dev.aver.zkvm.Input;
import dev.aver.zkvm.program.Program;

final class ProofRun {
    ProofRun(ProverOptions options, Program program, Input input) {}

    Proved toEnd() throws NotProvableException, java.io.IOException {
        throw new UnsupportedOperationException();
    }
}
