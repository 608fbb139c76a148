package dev.aver.verifier;

import dev.aver.circuits.image.ImageId;

/**
 * What an accepted receipt says: the program with this image id, started on some input, halted with this exit code and
 * this journal after so many cycles.
 *
 * @param imageId the program
 * @param exitCode the low 32 bits of a0 at the halt
 * @param journal the bytes that the program published; not to be modified
 * @param cycles instructions executed, 1 or more
 * @param inputDigest root of the input half of memory at the start: what the input is bound by. It says which input it
 *     was only to whoever computes the digest of one
 */
@SuppressWarnings("ArrayRecordComponent")
public record Claim(ImageId imageId, int exitCode, byte[] journal, long cycles, InputDigest inputDigest) {}
