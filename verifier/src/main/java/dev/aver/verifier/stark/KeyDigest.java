package dev.aver.verifier.stark;

import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.hash.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The digest of a verifying key: whoever changes a table, or a fixed table's content, changes it. */
final class KeyDigest {
    private KeyDigest() {}

    static byte[] of(VerifyingKey key) {
        MessageDigest digest = Sha256.begin();
        digest.update("Aver 2026-11-22 verifying key".getBytes(StandardCharsets.US_ASCII));
        digest.update((byte) Machine.VERSION);
        for (Machine.Table table : key.machine().tables()) {
            digest.update((byte) table.instances());
            digest.update((byte) (table.mandatory() ? 1 : 0));
            digest.update((byte) table.logHeight());
            digest.update((byte) table.cycles());
            digest.update(table.air().digest());
        }
        int length = key.suite().digestLength();
        for (int at = 0; at < key.fixedCap().length; at += length)
            digest.update(key.suite().encode(key.fixedCap(), at));
        return digest.digest();
    }
}
