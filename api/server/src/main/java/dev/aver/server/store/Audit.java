package dev.aver.server.store;

import dev.aver.server.service.AuditEntry;
import dev.aver.server.service.AuditFilter;
import dev.aver.server.store.SqliteStore.Numbered;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The audit log: the database refuses to change or delete what is in it. */
final class Audit {
    private Audit() {}

    static int add(Connection connection, AuditEntry entry) throws SQLException {
        return Sql.update(
                connection,
                "INSERT INTO audit (at, account, key_id, action, subject) VALUES (?, ?, ?, ?, ?)",
                entry.at(),
                entry.account(),
                entry.keyId(),
                entry.action(),
                entry.subject());
    }

    static List<Numbered<AuditEntry>> list(Connection connection, AuditFilter filter, long below, int most)
            throws SQLException {
        StringBuilder where = new StringBuilder("seq < ?");
        List<Object> parameters = new ArrayList<>(List.of(below));
        filter.account().ifPresent(account -> {
            where.append(" AND account = ?");
            parameters.add(account);
        });
        filter.from().ifPresent(from -> {
            where.append(" AND at >= ?");
            parameters.add(from);
        });
        filter.until().ifPresent(until -> {
            where.append(" AND at < ?");
            parameters.add(until);
        });
        parameters.add(most);
        return Sql.list(
                connection,
                row -> new Numbered<>(
                        new AuditEntry(
                                Sql.instant(row, "at"),
                                row.getString("account"),
                                row.getString("key_id"),
                                AuditEntry.Action.valueOf(row.getString("action")),
                                row.getString("subject")),
                        row.getLong("seq")),
                "SELECT * FROM audit WHERE " + where + " ORDER BY seq DESC LIMIT ?",
                parameters.toArray());
    }
}
