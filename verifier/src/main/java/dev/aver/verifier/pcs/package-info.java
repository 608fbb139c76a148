/**
 * The verifying half of the polynomial commitment (docs/protocol.md, section 6). {@link dev.aver.verifier.pcs.PcsShape}
 * says what is opened, and with its {@link dev.aver.verifier.pcs.Parameters} determines everything else, such as the
 * {@link dev.aver.verifier.pcs.FriSchedule} and a proof's length. {@link dev.aver.verifier.pcs.PcsVerifier} checks that
 * the {@link dev.aver.verifier.pcs.Openings} are the values of what was committed to.
 */
@NullMarked
package dev.aver.verifier.pcs;

import org.jspecify.annotations.NullMarked;
