package dev.aver.circuits.air;

import dev.aver.circuits.hash.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A digest of everything in a table's definition that a verifier evaluates: names and explanations do not count, any
 * change of an expression does.
 */
final class AirDigest {
    private AirDigest() {}

    /**
     * SHA-256 over, as 4-byte little-endian numbers: the numbers of preprocessed and main columns; the number of
     * constraints and for each its rows ({@link Constraint.Where} as a number); the number of messages and for each its
     * bus; then the tape of all constraints, multiplicities and tuples in order: the number of steps, each as operation
     * and two operands, and the outputs.
     */
    static byte[] of(Air air) {
        MessageDigest digest = Sha256.begin();
        digest.update("Aver 2026-11-22 table".getBytes(StandardCharsets.US_ASCII));
        put(digest, air.preprocessed().size(), air.width(), air.constraints().size());
        for (Constraint constraint : air.constraints()) {
            put(digest, constraint.where().ordinal());
        }
        put(digest, air.messages().size());
        for (Message message : air.messages()) {
            put(digest, message.bus().number());
        }
        Tape tape = air.tape();
        put(digest, tape.size());
        for (int v = 0; v < tape.size(); v++) put(digest, tape.op(v).ordinal(), tape.a(v), tape.b(v));
        for (int i = 0; i < tape.outputs(); i++) put(digest, tape.output(i));
        return digest.digest();
    }

    private static void put(MessageDigest digest, int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length);
        for (int number : numbers) bytes.putInt(Integer.reverseBytes(number));
        digest.update(bytes.array());
    }
}
