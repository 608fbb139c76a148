/**
 * What identifies a program and a state of memory (docs/protocol.md, sections 3 and 6).
 * {@link dev.aver.circuits.image.MemoryTree} is memory with the registers as one digest,
 * {@link dev.aver.circuits.image.PageDigest} its leaves, {@link dev.aver.circuits.image.ProgramCommitment} the program
 * table, and {@link dev.aver.circuits.image.ImageId} what a claim names.
 */
@NullMarked
package dev.aver.circuits.image;

import org.jspecify.annotations.NullMarked;
