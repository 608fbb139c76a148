package dev.aver.zkvm;

import java.nio.file.Path;

/** A guest's private input: bytes it reads from the input half. Immutable. */
public final class Input {
    private static final Input EMPTY = new Input(new byte[0]);

    private final byte[] bytes;

    private Input(byte[] bytes) {
        this.bytes = bytes;
    }

    /** No input: length 0. */
    public static Input empty() {
        return EMPTY;
    }

    /** A copy of these bytes. */
    public static Input of(byte[] bytes) {
        return new Input(bytes.clone());
    }

    /** Everything in a file. */
    public static Input of(Path file) throws java.io.IOException {
        return new Input(java.nio.file.Files.readAllBytes(file));
    }

    /** Length in bytes. */
    public int length() {
        return bytes.length;
    }

    /** A copy of the bytes. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    byte[] bytes() {
        return bytes;
    }
}
