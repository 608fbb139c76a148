package dev.aver.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What a verb takes from the process it runs in.
 *
 * @param in standard input
 * @param out standard output, unbuffered: the guest's
 * @param err standard error, unbuffered: the guest's and Aver's
 * @param watched whether standard error is a terminal, where progress can be shown
 * @param launcher the command that starts Aver, for those verbs that start it again; empty if it is not known
 * @param keys the directory where proofs find what is the same in all of them; empty if there is none
 * @param nanoTime a clock as {@link System#nanoTime}
 */
public record Environment(
        InputStream in,
        OutputStream out,
        OutputStream err,
        boolean watched,
        Optional<Path> launcher,
        Optional<Path> keys,
        LongSupplier nanoTime) {
    /**
     * The process's own streams, without the decoding and buffering of {@link System#out}. What Java cannot find out,
     * the launcher says in system properties.
     */
    static Environment ofProcess() {
        return new Environment(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                standardError(),
                Boolean.getBoolean("aver.terminal"),
                Optional.ofNullable(System.getProperty("aver.launcher")).map(Path::of),
                Optional.ofNullable(System.getProperty("aver.keys")).map(Path::of),
                System::nanoTime);
    }

    /** {@link #out} as text in UTF-8; each line is written at once. */
    public PrintWriter outText() {
        return text(out);
    }

    /** {@link #err} likewise. */
    public PrintWriter errText() {
        return text(err);
    }

    private static PrintWriter text(OutputStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /** The launcher passes standard error as another descriptor where it filters what the JVM itself says. */
    private static OutputStream standardError() {
        String path = System.getProperty("aver.stderr");
        if (path != null) {
            try {
                return new FileOutputStream(path, true);
            } catch (FileNotFoundException e) {
                // Sockets cannot be opened again; the filter passes everything on.
            }
        }
        return new FileOutputStream(FileDescriptor.err);
    }
}
