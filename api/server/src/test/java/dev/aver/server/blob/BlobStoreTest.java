package dev.aver.server.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.aver.server.storage.DiskSpace;
import dev.aver.server.storage.StorageException;
import dev.aver.server.storage.StorageException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobStoreTest {
    private static final byte[] TEXT = "attack at dawn".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path root;

    private Path directory() {
        return root.resolve("blobs");
    }

    private BlobStore store(DiskSpace space) throws IOException {
        return new BlobStore(
                directory(), new BlobCipher(MasterKey.parse("07".repeat(32)).orElseThrow()), space);
    }

    private BlobStore store() throws IOException {
        return store(new DiskSpace(() -> Long.MAX_VALUE, 0));
    }

    private static String write(BlobStore store, boolean secret, byte[] content) throws StorageException {
        try (NewBlob blob = store.create(secret)) {
            blob.write(content, 0, content.length);
            blob.finish();
            return blob.id();
        }
    }

    private static long files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.count();
        }
    }

    @Test
    void keepsWhatIsFinishedAndNothingElse() throws IOException {
        BlobStore store = store();
        String open = write(store, false, TEXT);
        String secret = write(store, true, TEXT);
        assertThat(store.read(open, false)).isEqualTo(TEXT);
        assertThat(store.read(secret, true)).isEqualTo(TEXT);
        assertThat(Files.readString(store.file(secret), StandardCharsets.ISO_8859_1))
                .doesNotContain("attack");
        NewBlob dropped = store.create(false);
        dropped.write(TEXT, 0, TEXT.length);
        dropped.close();
        assertThat(files(directory())).isEqualTo(2);
        // A process that dies here leaves a part, which the next start removes.
        store.create(false).write(1);
        assertThat(files(directory())).isEqualTo(3);
        store();
        assertThat(files(directory())).isEqualTo(2);
        store.delete(open);
        store.delete(open);
        assertThatExceptionOfType(StorageException.class).isThrownBy(() -> store.read(open, false));
    }

    @Test
    void aBlobIsSettledOnlyWhenItsWriterIsDone() throws IOException {
        BlobStore store = store();
        NewBlob blob = store.create(false);
        assertThat(store.settled()).isEmpty();
        blob.finish();
        assertThat(store.settled()).as("its reference is not stored yet").isEmpty();
        blob.close();
        assertThat(store.settled()).containsExactly(blob.id());
    }

    @Test
    void refusesToFillTheDisk() throws IOException {
        long[] free = {100};
        BlobStore store = store(new DiskSpace(() -> free[0], 100));
        NewBlob blob = store.create(false);
        free[0] = 99;
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> store.create(false))
                .matches(e -> e.kind() == Kind.FULL);
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> blob.write(new byte[16 << 20], 0, 16 << 20))
                .matches(e -> e.kind() == Kind.FULL);
        blob.close();
        assertThat(files(directory())).isZero();
    }

    @Test
    void aFullDiskIsSaidToBeFull() throws Exception {
        Files.createDirectories(directory());
        assumeThat(run(
                        "mount",
                        "-t",
                        "tmpfs",
                        "-o",
                        "size=1m",
                        "tmpfs",
                        directory().toString()))
                .as("mounting a small tmpfs needs root")
                .isZero();
        try {
            BlobStore store = store();
            String kept = write(store, false, TEXT);
            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> write(store, true, new byte[2 << 20]))
                    .matches(e -> e.kind() == Kind.FULL);
            assertThat(files(directory())).as("nothing is left of it").isEqualTo(1);
            assertThat(store.read(kept, false)).isEqualTo(TEXT);
            assertThat(run("mount", "-o", "remount,ro", directory().toString())).isZero();
            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> write(store, false, TEXT))
                    .matches(e -> e.kind() == Kind.BROKEN);
            assertThat(store.read(kept, false)).isEqualTo(TEXT);
        } finally {
            run("umount", directory().toString());
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Test
    void aMissingDirectoryMayComeBackAndAMissingBlobDoesNot() throws IOException {
        BlobStore store = store();
        String id = write(store, false, TEXT);
        Path away = root.resolve("away");
        Files.move(directory(), away);
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> store.read(id, false))
                .matches(e -> e.kind() == Kind.BROKEN);
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> store.create(false))
                .matches(e -> e.kind() == Kind.BROKEN);
        Files.move(away, directory());
        assertThat(store.read(id, false)).isEqualTo(TEXT);
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> store.read("00", false))
                .matches(e -> e.kind() == Kind.DAMAGED);
    }

    @Test
    void theMasterKeyIsMadeOnceForItsOwnerOnly() throws IOException {
        Path file = root.resolve("master.key");
        MasterKey.readOrCreate(file);
        String text = Files.readString(file);
        MasterKey.readOrCreate(file);
        assertThat(Files.readString(file)).isEqualTo(text).hasSize(65);
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        assertThat(MasterKey.read(file).toString()).doesNotContain(text.substring(0, 4));
        Files.writeString(file, "no key");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> MasterKey.readOrCreate(file))
                .withMessageContaining("hexadecimal");
    }
}
