package dev.aver.cli;

import dev.aver.zkvm.program.InvalidProgramException;
import dev.aver.zkvm.program.Program;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes the files that the user names; what goes wrong is a {@link CliException} that names them too. */
public final class UserFiles {
    /** The longest file that can be read whole. */
    public static final int LONGEST = Integer.MAX_VALUE - Long.BYTES;

    private UserFiles() {}

    /** Writes a file's content. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of it; closing is not its business. */
        void writeTo(OutputStream out) throws IOException;
    }

    /** The first {@code max} bytes of a file, fewer if it has fewer. */
    public static byte[] read(Path file, int max) throws CliException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(max);
        } catch (IOException e) {
            throw new CliException(ExitStatus.FILE, "cannot read " + file + ": " + reason(e));
        }
    }

    /** Reads a program; one that the machine does not run is {@link ExitStatus#INVALID_PROGRAM}. */
    public static Program readProgram(Path file) throws CliException {
        try {
            return Program.fromElf(read(file, Program.MAX_FILE + 1));
        } catch (InvalidProgramException e) {
            throw new CliException(
                    ExitStatus.INVALID_PROGRAM, file + " is not a program for this machine: " + e.getMessage());
        }
    }

    /** Refuses, before a long run, outputs that cannot be written, or would overwrite each other or what is read. */
    public static void checkOutputs(List<Path> inputs, List<Path> outputs) throws CliException {
        List<Path> named = new ArrayList<>();
        inputs.forEach(input -> named.add(input.toAbsolutePath().normalize()));
        for (Path output : outputs) {
            checkWritable(output);
            Path path = output.toAbsolutePath().normalize();
            if (named.contains(path) && (Files.isRegularFile(path) || !Files.exists(path))) {
                throw new CliException(
                        ExitStatus.USAGE, output + " is named twice; give every output a file of its own");
            }
            named.add(path);
        }
    }

    /** Checks before a long run that its result can probably be written. */
    private static void checkWritable(Path file) throws CliException {
        Path directory = file.toAbsolutePath().getParent();
        String problem;
        if (Files.isDirectory(file)) {
            problem = "it is a directory; name a file in it";
        } else if (directory == null || !Files.isDirectory(directory)) {
            problem = "there is no directory " + directory + "; make it first";
        } else if (Files.exists(file) ? !Files.isWritable(file) : !Files.isWritable(directory)) {
            problem = "permission denied; choose another place";
        } else {
            return;
        }
        throw new CliException(ExitStatus.FILE, "cannot write " + file + ": " + problem);
    }

    /**
     * Writes a file so that at every moment its name stands for the old content or the new, whole: the bytes go to a
     * temporary file beside it that takes its name at the end, and that goes when the process is interrupted. Pipes and
     * devices are written directly.
     */
    public static void write(Path file, Content content) throws CliException {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                try (OutputStream out = Files.newOutputStream(file)) {
                    content.writeTo(out);
                }
                return;
            }
            // Through a symbolic link, so that the link stays one.
            Path target = Files.exists(file) ? file.toRealPath() : file;
            Path temporary = target.resolveSibling(
                    "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
            temporary.toFile().deleteOnExit();
            try {
                try (OutputStream out =
                        Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                    content.writeTo(out);
                }
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new CliException(ExitStatus.FILE, "cannot write " + file + ": " + reason(e));
        }
    }

    /** Why, for those who know which file. */
    public static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        String reason = e instanceof FileSystemException system ? system.getReason() : null;
        return reason != null ? reason : String.valueOf(e.getMessage());
    }
}
