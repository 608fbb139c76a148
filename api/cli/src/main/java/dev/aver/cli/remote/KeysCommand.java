package dev.aver.cli.remote;

import static java.lang.String.format;
import static java.util.Locale.ROOT;

import dev.aver.cli.Environment;
import dev.aver.proto.v1.Key;
import dev.aver.proto.v1.KeyScope;
import java.time.Instant;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code aver remote keys}: names its verbs. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "Makes, lists, replaces and revokes keys; for administrators.")
final class KeysCommand implements Runnable {
    static final String PREFIX = "KEY_SCOPE_";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private KeysCommand() {}

    static CommandLine of(Environment environment) {
        return new CommandLine(new KeysCommand())
                .addSubcommand(new CreateKeyVerb(environment))
                .addSubcommand(new ListKeysVerb(environment))
                .addSubcommand(new RotateKeyVerb(environment))
                .addSubcommand(new RevokeKeyVerb(environment));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "missing verb: create, list, rotate or revoke");
    }

    /** A key in one line. */
    static String line(Key key) {
        return format(
                ROOT,
                "%s  %-16s  %-17s  %-29s  %s",
                key.getId(),
                key.getAccount(),
                key.getScopesList().stream().map(KeysCommand::scope).collect(Collectors.joining(",")),
                state(key),
                key.getName());
    }

    private static String scope(KeyScope scope) {
        return scope == KeyScope.UNRECOGNIZED
                ? "other"
                : scope.name().substring(PREFIX.length()).toLowerCase(ROOT);
    }

    private static String state(Key key) {
        if (key.hasRevokedAt() && (!key.hasExpiresAt() || revoked(key).isBefore(expires(key)))) {
            return (key.getValid() ? "ends    " : "revoked ") + shown(revoked(key));
        }
        if (key.hasExpiresAt()) return (key.getValid() ? "expires " : "expired ") + shown(expires(key));
        return key.getValid() ? "valid" : "ended";
    }

    private static Instant revoked(Key key) {
        return Times.instant(key.getRevokedAt());
    }

    private static Instant expires(Key key) {
        return Times.instant(key.getExpiresAt());
    }

    private static String shown(Instant at) {
        return Instant.ofEpochSecond(at.getEpochSecond()).toString();
    }
}
