package dev.aver.server.store;

import dev.aver.server.storage.StorageException;
import dev.aver.server.storage.StorageException.Kind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The file: one connection that writes, one transaction at a time, and a few that read. Every commit reaches the disk
 * before it returns (WAL, synchronous=FULL).
 */
final class Database implements AutoCloseable {
    /** What the newest migration sets as {@code user_version}. */
    private static final int VERSION = 1;

    private static final int READERS = 4;

    /** Work in a transaction. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private final Connection writer;
    private final ReentrantLock writing = new ReentrantLock(true);
    private final BlockingQueue<Connection> readers = new ArrayBlockingQueue<>(READERS);

    Database(Path file, Duration busyTimeout) throws StorageException {
        SQLiteDataSource source = source(file, busyTimeout);
        try {
            writer = source.getConnection();
            migrate(source);
            writer.setAutoCommit(false);
            for (int i = 0; i < READERS; i++) readers.add(source.getConnection());
        } catch (SQLException | FlywayException e) {
            throw failure(e);
        }
    }

    private static SQLiteDataSource source(Path file, Duration busyTimeout) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout((int) busyTimeout.toMillis());
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
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
        writing.lock();
        try {
            try {
                T result = work.on(writer);
                writer.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            writing.unlock();
        }
    }

    private void rollback() {
        try {
            writer.rollback();
        } catch (SQLException e) {
            // SQLite has rolled back by itself, which it does when the disk fails.
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

    private Connection take() {
        boolean interrupted = false;
        while (true) {
            try {
                Connection reader = readers.take();
                if (interrupted) Thread.currentThread().interrupt();
                return reader;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    /** Tries a transaction that changes nothing. */
    void probe() throws StorageException {
        writing.lock();
        try {
            Sql.update(writer, "UPDATE usage SET cycles = cycles WHERE account = ''");
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            rollback();
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
            for (int i = 0; i < READERS; i++) take().close();
            writer.close();
        } catch (SQLException e) {
            // What was committed is on the disk.
        } finally {
            writing.unlock();
        }
    }
}
