/**
 * What identifies a program (docs/protocol.md, sections 3 and 6): {@link dev.aver.circuits.image.ImageId}, the digest
 * of an {@link dev.aver.circuits.image.Image}, which is the program table's
 * {@link dev.aver.circuits.image.ProgramCommitment}, the entry, and the program half of memory.
 */
@NullMarked
package dev.aver.circuits.image;

import org.jspecify.annotations.NullMarked;
