package dev.aver.server.gateway.http;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the server listens, and how.
 *
 * @param host address or name
 * @param port 0 for any
 * @param tls certificates, if it speaks TLS
 * @param behindProxy whether a proxy that ends TLS stands before it, whose X-Forwarded-For names the client
 */
public record Endpoint(String host, int port, Optional<Tls> tls, boolean behindProxy) {
    /**
     * TLS from PEM files.
     *
     * @param certificate the chain, the server's first
     * @param key its private key, PKCS #8
     * @param clients whoever signed the certificates that clients must have, if they must have some
     */
    public record Tls(Path certificate, Path key, Optional<Path> clients) {}
}
