package dev.aver.cli.remote;

import dev.aver.cli.CliException;
import dev.aver.cli.Environment;
import dev.aver.cli.ExitStatus;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a new key's secret goes: standard output, or a new file that only its owner can read. The file is there before
 * the key is made, since the secret cannot be had again; it is gone if none was.
 */
final class SecretOut implements Closeable {
    private final Environment environment;
    private final @Nullable Path file;
    private final @Nullable FileChannel channel;
    private boolean written;

    private SecretOut(Environment environment, @Nullable Path file, @Nullable FileChannel channel) {
        this.environment = environment;
        this.file = file;
        this.channel = channel;
    }

    /** To a file, or to standard output if there is none. */
    static SecretOut open(Environment environment, @Nullable Path file) throws CliException {
        if (file == null) return new SecretOut(environment, null, null);
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] owner = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try {
            return new SecretOut(
                    environment,
                    file,
                    FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner));
        } catch (FileAlreadyExistsException e) {
            throw new CliException(ExitStatus.FILE, file + " is there already, and may hold a key: choose another");
        } catch (IOException e) {
            throw new CliException(ExitStatus.FILE, "cannot write " + file + ": " + e);
        }
    }

    void write(String secret) throws IOException {
        byte[] line = (secret + "\n").getBytes(StandardCharsets.US_ASCII);
        if (channel == null) {
            environment.out().write(line);
            environment.out().flush();
        } else {
            for (ByteBuffer rest = ByteBuffer.wrap(line); rest.hasRemaining(); ) channel.write(rest);
            channel.force(true);
        }
        written = true;
    }

    @Override
    public void close() throws IOException {
        if (channel == null || file == null) return;
        channel.close();
        if (!written) Files.deleteIfExists(file);
    }
}
