/**
 * The proving half of the polynomial commitment (docs/protocol.md, section 6): {@link dev.aver.prover.pcs.PcsProver}
 * writes what {@link dev.aver.verifier.pcs.PcsVerifier} reads, through a {@link dev.aver.prover.pcs.ProofWriter}.
 */
@NullMarked
package dev.aver.prover.pcs;

import org.jspecify.annotations.NullMarked;
