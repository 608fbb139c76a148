/**
 * The machine's tables, one file each (docs/protocol.md, section 8): what a row is, what has to hold, and for every
 * constraint what would be possible without it. {@link dev.aver.circuits.chips.InstructionRow},
 * {@link dev.aver.circuits.chips.RegisterRead}, {@link dev.aver.circuits.chips.RegisterWrite} and
 * {@link dev.aver.circuits.chips.WordAccess} are the parts that many of them share.
 */
@NullMarked
package dev.aver.circuits.chips;

import org.jspecify.annotations.NullMarked;
