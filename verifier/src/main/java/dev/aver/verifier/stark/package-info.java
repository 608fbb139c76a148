/**
 * The verification of a segment's proof (docs/protocol.md, section 9). {@link dev.aver.verifier.stark.ProofTables} is
 * the list of tables, checked; {@link dev.aver.verifier.stark.StarkShape} what follows from it;
 * {@link dev.aver.verifier.stark.VerifyingKey} what is fixed beforehand; and
 * {@link dev.aver.verifier.stark.StarkVerifier} the verification itself, over any algebra.
 */
@NullMarked
package dev.aver.verifier.stark;

import org.jspecify.annotations.NullMarked;
