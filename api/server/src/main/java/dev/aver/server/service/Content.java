package dev.aver.server.service;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * Bytes to be read once, front to back.
 *
 * @param bytes how many
 * @param stream the bytes; decrypted, if they were encrypted at rest
 */
public record Content(long bytes, InputStream stream) implements Closeable {
    @Override
    public void close() throws IOException {
        stream.close();
    }
}
