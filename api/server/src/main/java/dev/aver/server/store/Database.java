package dev.aver.server.store;

import dev.aver.server.storage.StorageException;
import dev.aver.server.storage.StorageException.Kind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The file, with a write-ahead log: one transaction at a time that writes, and a few connections that read. What is
 * written has reached the disk when that returns (synchronous=FULL); what is noted is the system's to write out
 * (synchronous=NORMAL), with the next write at the latest. Both survive the process, and notes alone may be lost with
 * the machine: the last ones, in the order in which they were made.
 */
final class Database implements AutoCloseable {
    /** What the newest migration sets as {@code user_version}. */
    private static final int VERSION = 2;

    private static final int READERS = 4;

    /** Work in a transaction. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private final Connection writer;
    private final Connection noter;
    private final ReentrantLock writing = new ReentrantLock(true);
    private final BlockingQueue<Connection> readers = new ArrayBlockingQueue<>(READERS);
    private volatile boolean closed;

    Database(Path file, Duration busyTimeout) throws StorageException {
        SQLiteDataSource source = source(file, busyTimeout, SQLiteConfig.SynchronousMode.FULL);
        try {
            writer = source.getConnection();
            migrate(source);
            noter = source(file, busyTimeout, SQLiteConfig.SynchronousMode.NORMAL)
                    .getConnection();
            for (int i = 0; i < READERS; i++) readers.add(source.getConnection());
        } catch (SQLException | FlywayException e) {
            throw failure(e);
        }
    }

    private static SQLiteDataSource source(Path file, Duration busyTimeout, SQLiteConfig.SynchronousMode synchronous) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(synchronous);
        config.setBusyTimeout((int) busyTimeout.toMillis());
        config.enforceForeignKeys(true);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    /** Flyway starts only if there is something to do: it takes longer than everything else at a start. */
    private void migrate(SQLiteDataSource source) throws SQLException, StorageException {
        long found = Sql.number(writer, "PRAGMA user_version");
        if (found > VERSION) {
            throw new StorageException(
                    Kind.BROKEN,
                    "the database is of a newer version of Aver (%d; this one knows %d)".formatted(found, VERSION));
        }
        if (found < VERSION) {
            Flyway.configure(Database.class.getClassLoader())
                    .dataSource(source)
                    .locations("classpath:dev/aver/server/store")
                    .load()
                    .migrate();
        }
    }

    /** Runs work in a transaction of its own that is durable, or undone if it throws. */
    <T> T write(Work<T> work) throws StorageException {
        return transact(writer, work);
    }

    /** Runs work in a transaction of its own that survives the process, or is undone if it throws. */
    <T> T note(Work<T> work) throws StorageException {
        return transact(noter, work);
    }

    private <T> T transact(Connection connection, Work<T> work) throws StorageException {
        writing.lock();
        try {
            requireOpen();
            try {
                // In words: the driver's own transactions hold the lock from one to the next.
                execute(connection, "BEGIN IMMEDIATE");
                T result = work.on(connection);
                execute(connection, "COMMIT");
                return result;
            } catch (SQLException | RuntimeException e) {
                rollback(connection);
                throw e;
            }
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            writing.unlock();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void rollback(Connection connection) {
        try {
            execute(connection, "ROLLBACK");
        } catch (SQLException e) {
            // There is no transaction: it did not begin, or SQLite has rolled back by itself, as when the disk fails.
        }
    }

    /** Runs work that reads. */
    <T> T read(Work<T> work) throws StorageException {
        Connection reader = take();
        try {
            return work.on(reader);
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            readers.add(reader);
        }
    }

    private Connection take() throws StorageException {
        boolean interrupted = false;
        try {
            while (true) {
                requireOpen();
                try {
                    Connection reader = readers.poll(100, TimeUnit.MILLISECONDS);
                    if (reader != null) return reader;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    private void requireOpen() throws StorageException {
        if (closed) throw new StorageException(Kind.BUSY, "the database was closed: the server goes down");
    }

    /** Tries a transaction that changes nothing. */
    void probe() throws StorageException {
        writing.lock();
        try {
            requireOpen();
            execute(writer, "BEGIN IMMEDIATE");
            Sql.update(writer, "UPDATE usage SET cycles = cycles WHERE account = ''");
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            if (!closed) rollback(writer);
            writing.unlock();
        }
    }

    private static StorageException failure(Exception e) {
        Throwable cause = e;
        while (!(cause instanceof SQLiteException) && cause.getCause() != null) cause = cause.getCause();
        Kind kind = Kind.BROKEN;
        if (cause instanceof SQLiteException sqlite) {
            // The lower byte is the primary code; extended codes say more than is needed.
            int code = sqlite.getResultCode().code & 0xff;
            if (code == SQLiteErrorCode.SQLITE_FULL.code) kind = Kind.FULL;
            if (code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code) {
                kind = Kind.BUSY;
            }
            if (code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code) {
                kind = Kind.DAMAGED;
            }
        }
        return new StorageException(
                kind,
                switch (kind) {
                    case FULL -> "the disk with the database is full";
                    case BUSY -> "another process holds the database";
                    case DAMAGED -> "the database is damaged: restore a backup";
                    case BROKEN -> "the database cannot be used: " + cause.getMessage();
                },
                e);
    }

    @Override
    public void close() {
        writing.lock();
        try {
            if (closed) return;
            // Readers first, as they are given back; whoever waits for one is told.
            for (int i = 0; i < READERS; i++) take().close();
            closed = true;
            noter.close();
            writer.close();
        } catch (SQLException | StorageException e) {
            // What was committed is on the disk.
        } finally {
            writing.unlock();
        }
    }
}
