package dev.aver.server.engine;

import dev.aver.server.service.BackupInfo;
import dev.aver.server.service.BackupInfo.State;
import dev.aver.server.service.ErrorCode;
import dev.aver.server.service.Page;
import dev.aver.server.service.ServiceException;
import dev.aver.server.storage.StorageException;
import dev.aver.server.storage.StorageException.Kind;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Backups, each in a directory of its own below the one that the settings name, and one at a time, on a thread of its
 * own. Callers choose a name and never a path. What is completed can be told from the directory alone, after a restart
 * too: its database is there, under its name.
 */
final class Backups {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Optional<Path> root;
    private final Copying copying;
    private final EngineListener listener;
    private final InstantSource clock;

    private @Nullable Thread thread;
    private String running = "";
    private String failed = "";
    private String failure = "";
    private volatile boolean stopping;

    /** Writes a copy. */
    interface Copying {
        /** Ends with an exception soon after {@code proceed} has thrown one. */
        void copy(Path to, Proceed proceed) throws IOException;
    }

    /** Whether to go on. */
    interface Proceed {
        void check() throws IOException;
    }

    /** Told the name before anything is written. */
    interface Begun {
        void as(String name) throws StorageException;
    }

    /** @param root where they go; without one there are none */
    Backups(Optional<Path> root, Copying copying, EngineListener listener, InstantSource clock) {
        this.root = root;
        this.copying = copying;
        this.listener = listener;
        this.clock = clock;
    }

    private Path root() throws ServiceException {
        return root.orElseThrow(() -> new ServiceException(
                ErrorCode.NOT_CONFIGURED,
                "this server makes no backups: its setting backups must name a directory for them"));
    }

    private static Path directory(Path root, String name) throws ServiceException {
        if (!BackupInfo.NAME.matcher(name).matches()) {
            throw Errors.invalid("a backup's name is 1 to 64 characters of a-z, 0-9 and -, the first no -");
        }
        return root.resolve(name);
    }

    /** Begins one, unless there is one of this name. */
    synchronized BackupInfo create(Optional<String> name, Begun begun) throws ServiceException, StorageException {
        String chosen = name.orElseGet(() -> TIME.format(clock.instant()));
        Path to = directory(root(), chosen);
        if (chosen.equals(running) || completed(to)) return info(to);
        if (!running.isEmpty()) {
            throw new ServiceException(ErrorCode.OVERLOADED, "the backup " + running + " is under way", SOON);
        }
        if (stopping) throw new ServiceException(ErrorCode.UNAVAILABLE, "the server is about to restart", SOON);
        begun.as(chosen);
        make(to);
        running = chosen;
        thread = Thread.ofPlatform().name("aver-backup").daemon().start(() -> run(chosen, to));
        return info(to);
    }

    /** A directory of the owner's alone: a backup holds inputs. One that is there is taken, a link to one is not. */
    private static void make(Path to) throws StorageException {
        try {
            Path parent = to.toAbsolutePath().getParent();
            if (parent != null) Files.createDirectories(parent);
            boolean posix =
                    FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
            FileAttribute<?>[] owner = posix
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                    }
                    : new FileAttribute<?>[0];
            if (!Files.isDirectory(to, LinkOption.NOFOLLOW_LINKS)) Files.createDirectory(to, owner);
        } catch (IOException e) {
            throw new StorageException(Kind.BROKEN, "cannot make a backup's directory: " + e, e);
        }
    }

    private void run(String name, Path to) {
        String why = "";
        try {
            copying.copy(to, () -> {
                if (stopping) throw new IOException("the server was told to stop; ask for it again");
            });
        } catch (StorageException e) {
            why = String.valueOf(e.getMessage());
            listener.trouble("", "the backup " + name + " failed", e);
        } catch (IOException | RuntimeException | Error e) {
            // Its message may name paths of the server.
            why = stopping ? "the server was told to stop" : "it could not be written; the server's log says why";
            listener.trouble("", "the backup " + name + " failed", e);
        } finally {
            ended(name, why);
        }
    }

    private synchronized void ended(String name, String why) {
        running = "";
        failed = why.isEmpty() ? "" : name;
        failure = why;
        thread = null;
    }

    private static boolean completed(Path directory) {
        return Files.exists(directory.resolve(Backup.DATABASE), LinkOption.NOFOLLOW_LINKS);
    }

    /** A backup. */
    synchronized Optional<BackupInfo> find(String name) throws ServiceException, StorageException {
        Path directory = directory(root(), name);
        return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(info(directory))
                : Optional.empty();
    }

    /** All, by name. */
    synchronized Page<BackupInfo> list(int size, Optional<String> token) throws ServiceException, StorageException {
        Path all = root();
        if (token.isPresent() && !BackupInfo.NAME.matcher(token.get()).matches()) throw Errors.badToken();
        TreeSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> directories =
                Files.newDirectoryStream(all, path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))) {
            for (Path directory : directories) {
                String name = String.valueOf(directory.getFileName());
                if (BackupInfo.NAME.matcher(name).matches()) names.add(name);
            }
        } catch (NoSuchFileException e) {
            return new Page<>(List.of(), Optional.empty());
        } catch (IOException e) {
            throw new StorageException(Kind.BROKEN, "cannot list backups: " + e, e);
        }
        List<String> rest =
                names.tailSet(token.orElse(""), false).stream().limit(size + 1L).toList();
        List<BackupInfo> shown = new ArrayList<>();
        for (String name : rest.subList(0, Math.min(size, rest.size()))) shown.add(info(all.resolve(name)));
        return new Page<>(shown, rest.size() > size ? Optional.of(rest.get(size - 1)) : Optional.empty());
    }

    private BackupInfo info(Path directory) throws StorageException {
        String name = String.valueOf(directory.getFileName());
        boolean done = completed(directory);
        State state = done ? State.COMPLETED : name.equals(running) ? State.RUNNING : State.FAILED;
        try {
            Instant at = done
                    ? Files.getLastModifiedTime(directory.resolve(Backup.DATABASE))
                            .toInstant()
                    : clock.instant();
            String why = state != State.FAILED ? "" : name.equals(failed) ? failure : "it was not finished";
            return new BackupInfo(name, state, at, bytes(directory) + bytes(directory.resolve(Backup.BLOBS)), why);
        } catch (IOException e) {
            throw new StorageException(Kind.BROKEN, "cannot read a backup: " + e, e);
        }
    }

    /** Of the files right in a directory. */
    private static long bytes(Path directory) throws IOException {
        long sum = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) sum += size(file);
        } catch (NoSuchFileException e) {
            return 0;
        }
        return sum;
    }

    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            // Renamed meanwhile.
            return 0;
        }
    }

    /** Ends the one that is being written, at the next file, and waits for that. */
    void stop() {
        stopping = true;
        Thread last;
        synchronized (this) {
            last = thread;
        }
        if (last == null) return;
        boolean interrupted = false;
        while (last.isAlive()) {
            try {
                last.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
