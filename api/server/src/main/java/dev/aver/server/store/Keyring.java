package dev.aver.server.store;

import dev.aver.server.service.Scope;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Keys as rows. */
final class Keyring {
    private Keyring() {}

    static int add(Connection connection, KeyRow key) throws SQLException {
        return Sql.update(
                connection,
                "INSERT INTO keys (id, account, name, hash, scopes, created, expires, revoked)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                key.id(),
                key.account(),
                key.name(),
                key.hash(),
                key.scopes().stream().map(Scope::name).sorted().collect(Collectors.joining(" ")),
                key.created(),
                key.expires(),
                key.revoked());
    }

    static List<KeyRow> all(Connection connection) throws SQLException {
        return Sql.list(connection, Keyring::read, "SELECT * FROM keys ORDER BY created, id");
    }

    private static KeyRow read(ResultSet row) throws SQLException {
        Set<Scope> scopes = new HashSet<>();
        for (String scope : row.getString("scopes").split(" ", -1)) scopes.add(Scope.valueOf(scope));
        return new KeyRow(
                row.getString("id"),
                row.getString("account"),
                row.getString("name"),
                row.getBytes("hash"),
                scopes,
                Sql.instant(row, "created"),
                Sql.maybeInstant(row, "expires"),
                Sql.maybeInstant(row, "revoked"));
    }

    /** False if there is none. */
    static boolean end(Connection connection, String id, Instant end) throws SQLException {
        return Sql.update(
                        connection, "UPDATE keys SET revoked = min(coalesce(revoked, ?), ?) WHERE id = ?", end, end, id)
                == 1;
    }
}
