package dev.aver.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One statement at a time, with its parameters. */
final class Sql {
    private Sql() {}

    /** Reads a row. */
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Number of rows changed. */
    static int update(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, parameters);
            return statement.executeUpdate();
        }
    }

    static <T> List<T> list(Connection connection, Reader<T> reader, String sql, @Nullable Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, parameters);
            List<T> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) rows.add(reader.read(result));
            }
            return rows;
        }
    }

    static <T> Optional<T> first(Connection connection, Reader<T> reader, String sql, @Nullable Object... parameters)
            throws SQLException {
        return list(connection, reader, sql, parameters).stream().findFirst();
    }

    /** The one number that a query gives. */
    static long number(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
        return first(connection, row -> row.getLong(1), sql, parameters).orElse(0L);
    }

    private static void set(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            Object value = parameters[i] instanceof Optional<?> optional ? optional.orElse(null) : parameters[i];
            statement.setObject(
                    i + 1,
                    switch (value) {
                        case null -> null;
                        case Boolean truth -> truth ? 1 : 0;
                        case Instant at -> at.toEpochMilli();
                        case Enum<?> name -> name.name();
                        case OptionalLong number -> number.isPresent() ? number.getAsLong() : null;
                        case OptionalInt number -> number.isPresent() ? number.getAsInt() : null;
                        default -> value;
                    });
        }
    }

    static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    static OptionalLong number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    static Optional<Instant> maybeInstant(ResultSet row, String column) throws SQLException {
        OptionalLong value = number(row, column);
        return value.isPresent() ? Optional.of(Instant.ofEpochMilli(value.getAsLong())) : Optional.empty();
    }
}
