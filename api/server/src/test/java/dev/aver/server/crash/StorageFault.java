package dev.aver.server.crash;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** What can go wrong with a data directory from outside. */
enum StorageFault {
    /** A disk of 128 MiB without a byte left. */
    FULL_DISK {
        @Override
        Site prepare(Path data) throws IOException, InterruptedException {
            run("mount", "-t", "tmpfs", "-o", "size=128m", "tmpfs", data.toString());
            Path filler = data.resolve("filler");
            return new Site() {
                @Override
                public void fail() throws IOException {
                    try (OutputStream out = Files.newOutputStream(filler)) {
                        byte[] block = new byte[4096];
                        while (true) out.write(block);
                    } catch (IOException e) {
                        if (!String.valueOf(e.getMessage()).contains("No space left")) throw e;
                    }
                }

                @Override
                public void mend() throws IOException {
                    Files.deleteIfExists(filler);
                }

                @Override
                public void leave() throws IOException, InterruptedException {
                    run("umount", data.toString());
                }
            };
        }
    },

    /** The directory of blobs is mounted read-only. */
    READ_ONLY_BLOBS {
        @Override
        Site prepare(Path data) throws IOException, InterruptedException {
            String blobs = data.resolve("blobs").toString();
            run("mount", "--bind", blobs, blobs);
            return new Site() {
                @Override
                public void fail() throws IOException, InterruptedException {
                    // While a file there is open for writing, the kernel refuses.
                    for (int tries = 0; ; tries++) {
                        try {
                            run("mount", "-o", "remount,ro,bind", blobs);
                            return;
                        } catch (IOException e) {
                            if (tries == 100) throw e;
                            Thread.sleep(10);
                        }
                    }
                }

                @Override
                public void mend() throws IOException, InterruptedException {
                    run("mount", "-o", "remount,rw,bind", blobs);
                }

                @Override
                public void leave() throws IOException, InterruptedException {
                    run("umount", blobs);
                }
            };
        }
    },

    /** Another process is in the middle of a transaction. */
    LOCKED_DATABASE {
        @Override
        Site prepare(Path data) {
            return new Site() {
                private Connection other;

                @Override
                public void fail() throws SQLException {
                    other = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("aver.db"));
                    try (Statement statement = other.createStatement()) {
                        statement.execute("PRAGMA busy_timeout = 10000");
                        statement.execute("BEGIN EXCLUSIVE");
                    }
                }

                @Override
                public void mend() throws SQLException {
                    if (other != null) other.close();
                    other = null;
                }

                @Override
                public void leave() {}
            };
        }
    };

    /** Nothing goes wrong there. */
    static final Site NOWHERE = new Site() {
        @Override
        public void fail() {}

        @Override
        public void mend() {}

        @Override
        public void leave() {}
    };

    /** Where it goes wrong. */
    interface Site {
        void fail() throws Exception;

        /** Does nothing if nothing is wrong. */
        void mend() throws Exception;

        /** Leaves the directory as it was. */
        void leave() throws Exception;
    }

    /** Gets a directory ready for it. */
    abstract Site prepare(Path data) throws Exception;

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) throw new IOException(String.join(" ", command) + ": " + said);
    }
}
