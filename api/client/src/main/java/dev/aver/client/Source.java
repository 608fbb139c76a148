package dev.aver.client;

import java.io.IOException;
import java.io.InputStream;

/** Bytes that can be read again, because a call may have to be repeated. */
@FunctionalInterface
public interface Source {
    /** Opens them, from the first. */
    InputStream open() throws IOException;
}
