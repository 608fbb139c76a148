package dev.aver.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.LongSupplier;

/**
 * What a verb takes from the process it runs in.
 *
 * @param in standard input
 * @param out standard output, unbuffered: the guest's
 * @param err standard error, unbuffered: the guest's and Aver's
 * @param nanoTime a clock as {@link System#nanoTime}
 */
public record Environment(InputStream in, OutputStream out, OutputStream err, LongSupplier nanoTime) {
    /** The process's own streams, without the decoding and buffering of {@link System#out}. */
    static Environment ofProcess() {
        return new Environment(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                System::nanoTime);
    }
}
