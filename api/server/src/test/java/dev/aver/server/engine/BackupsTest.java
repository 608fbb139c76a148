package dev.aver.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aver.server.service.BackupInfo;
import dev.aver.server.service.BackupInfo.State;
import dev.aver.server.service.ErrorCode;
import dev.aver.server.service.Page;
import dev.aver.server.service.ServiceException;
import dev.aver.server.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One backup at a time, told by what is on the disk. */
@Timeout(30)
class BackupsTest {
    @TempDir
    private Path root;

    private final List<String> begun = new ArrayList<>();
    private final Semaphore files = new Semaphore(0);

    /** Copies three files, each when it is let, and then the database. */
    private void copy(Path to, Backups.Proceed proceed) throws IOException {
        Files.createDirectories(to.resolve("blobs"));
        for (int i = 0; i < 3; i++) {
            files.acquireUninterruptibly();
            proceed.check();
            Files.write(to.resolve("blobs/" + i), new byte[100]);
        }
        Files.move(Files.writeString(to.resolve("aver.db.part"), "a database"), to.resolve("aver.db"));
    }

    private Backups backups(Backups.Copying copying) {
        return new Backups(Optional.of(root), copying, EngineListener.NONE, InstantSource.fixed(Instant.EPOCH));
    }

    private BackupInfo create(Backups backups, String name) throws Exception {
        return backups.create(Optional.of(name), begun::add);
    }

    private static BackupInfo end(Backups backups, String name) throws Exception {
        BackupInfo info = backups.find(name).orElseThrow();
        while (info.state() == State.RUNNING) {
            Thread.sleep(2);
            info = backups.find(name).orElseThrow();
        }
        return info;
    }

    private static void refused(ErrorCode code, ThrowingCallable call) {
        assertThatExceptionOfType(ServiceException.class).isThrownBy(call).matches(e -> e.code() == code);
    }

    @Test
    void oneIsMadeAtATime() throws Exception {
        Backups backups = backups(this::copy);
        assertThat(create(backups, "a").state()).isEqualTo(State.RUNNING);
        assertThat(create(backups, "a").state()).as("again").isEqualTo(State.RUNNING);
        refused(ErrorCode.OVERLOADED, () -> create(backups, "b"));
        files.release(3);
        BackupInfo done = end(backups, "a");
        assertThat(done.state()).isEqualTo(State.COMPLETED);
        assertThat(done.bytes()).isEqualTo(310);
        assertThat(done.failure()).isEmpty();
        assertThat(create(backups, "a")).isEqualTo(done);
        assertThat(begun).containsExactly("a");
        files.release(3);
        assertThat(backups.create(Optional.empty(), begun::add).name()).isEqualTo("19700101-000000");
        end(backups, "19700101-000000");
        Page<BackupInfo> first = backups.list(1, Optional.empty());
        assertThat(first.items()).extracting(BackupInfo::name).containsExactly("19700101-000000");
        assertThat(backups.list(1, first.nextToken()).items()).containsExactly(done);
        assertThat(backups(this::copy).find("a")).as("another process").contains(done);
        refused(ErrorCode.INVALID_ARGUMENT, () -> backups.list(1, Optional.of("../x")));
    }

    @Test
    void oneThatIsStoppedIsFinishedWhenAskedAgain() throws Exception {
        Backups backups = backups(this::copy);
        create(backups, "a");
        files.release();
        while (backups.find("a").orElseThrow().bytes() < 100) Thread.sleep(2);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            backups.stop();
            stopped.countDown();
        });
        Thread.sleep(20);
        files.release();
        stopped.await();
        BackupInfo partial = backups.find("a").orElseThrow();
        assertThat(partial.state()).isEqualTo(State.FAILED);
        assertThat(partial.failure()).isEqualTo("the server was told to stop");
        refused(ErrorCode.UNAVAILABLE, () -> create(backups, "b"));
        Backups next = backups(this::copy);
        assertThat(next.find("a").orElseThrow().failure()).isEqualTo("it was not finished");
        files.release(3);
        create(next, "a");
        assertThat(end(next, "a").state()).isEqualTo(State.COMPLETED);
    }

    @Test
    void whatFailsSaysSoWithoutPathsAndWithoutStoppingOthers() throws Exception {
        Backups broken = backups((to, proceed) -> {
            throw new IOException("cannot write " + to);
        });
        create(broken, "a");
        BackupInfo failed = end(broken, "a");
        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.failure()).doesNotContain(root.toString()).contains("log");
        Backups full = backups((to, proceed) -> {
            throw new StorageException(StorageException.Kind.FULL, "the disk has 0 MiB left");
        });
        create(full, "a");
        assertThat(end(full, "a").failure()).contains("0 MiB left");
        create(full, "b");
        assertThat(end(full, "b").state()).isEqualTo(State.FAILED);
    }

    @Test
    void withoutADirectoryThereAreNone() {
        Backups none = new Backups(Optional.empty(), this::copy, EngineListener.NONE, InstantSource.system());
        refused(ErrorCode.NOT_CONFIGURED, () -> create(none, "a"));
        refused(ErrorCode.NOT_CONFIGURED, () -> none.list(1, Optional.empty()));
        refused(ErrorCode.NOT_CONFIGURED, () -> none.find("a"));
    }

    /** Nothing is written of which the audit log does not know. */
    @Test
    void whatCannotBeAuditedIsNotBegun() throws Exception {
        Backups backups = backups(this::copy);
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> backups.create(Optional.of("a"), name -> {
                    throw new StorageException(StorageException.Kind.BUSY, "busy");
                }));
        assertThat(backups.find("a")).isEmpty();
        files.release(3);
        create(backups, "a");
        assertThat(end(backups, "a").state()).isEqualTo(State.COMPLETED);
    }
}
