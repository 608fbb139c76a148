package dev.aver.server.gateway.rest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where an operation is found.
 *
 * @param method of HTTP
 * @param template path; {@code {name}} stands for one segment, a field of the question by its JSON name
 * @param operation the contract's name of it
 */
public record Route(String method, String template, String operation) {
    /** The table. What is neither in the template nor a stream's bytes or a JSON body is in the query. */
    public static final List<Route> ALL = List.of(
            new Route("POST", "/v1/programs", "RegisterProgram"),
            new Route("GET", "/v1/programs", "ListPrograms"),
            new Route("GET", "/v1/programs/{programId}", "GetProgram"),
            new Route("POST", "/v1/inputs", "UploadInput"),
            new Route("POST", "/v1/jobs", "SubmitJob"),
            new Route("GET", "/v1/jobs", "ListJobs"),
            new Route("GET", "/v1/jobs/{jobId}", "GetJob"),
            new Route("GET", "/v1/jobs/{jobId}/wait", "WaitJob"),
            new Route("GET", "/v1/jobs/{jobId}/events", "WatchJob"),
            new Route("POST", "/v1/jobs/{jobId}/cancel", "CancelJob"),
            new Route("GET", "/v1/jobs/{jobId}/receipt", "FetchReceipt"),
            new Route("GET", "/v1/jobs/{jobId}/profile", "FetchProfile"),
            new Route("POST", "/v1/verify", "VerifyReceipt"),
            new Route("POST", "/v1/admin/keys", "CreateKey"),
            new Route("GET", "/v1/admin/keys", "ListKeys"),
            new Route("POST", "/v1/admin/keys/{keyId}/rotate", "RotateKey"),
            new Route("POST", "/v1/admin/keys/{keyId}/revoke", "RevokeKey"),
            new Route("POST", "/v1/admin/backups", "CreateBackup"),
            new Route("GET", "/v1/admin/backups", "ListBackups"),
            new Route("GET", "/v1/admin/backups/{name}", "GetBackup"),
            new Route("GET", "/v1/admin/audit", "ListAuditEntries"));

    /** The operations whose question is a JSON body. */
    public static final List<String> JSON = List.of("SubmitJob", "CreateKey");

    /** What is between a path's slashes. */
    static String[] split(String path) {
        return path.split("/", -1);
    }

    /** The fields in a path, {@linkplain #split split}, that this is the template of. */
    Optional<Map<String, String>> match(String[] given) {
        String[] wanted = split(template);
        if (wanted.length != given.length) {
            return Optional.empty();
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{")) {
                fields.put(wanted[i].substring(1, wanted[i].length() - 1), given[i]);
            } else if (!wanted[i].equals(given[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(fields);
    }
}
