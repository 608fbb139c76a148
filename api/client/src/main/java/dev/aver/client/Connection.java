package dev.aver.client;

import dev.aver.proto.v1.AdminServiceGrpc;
import dev.aver.proto.v1.ProvingServiceGrpc;
import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptor;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A server and how to reach it.
 *
 * @param server {@code https://HOST:PORT}, or {@code http://HOST:PORT} where nobody listens in between
 * @param key the key that the server knows
 * @param trusted PEM file of whoever signed the server's certificate; without one, those the JDK trusts
 * @param identity the client's own certificate and key, where the server demands one
 */
public record Connection(URI server, String key, Optional<Path> trusted, Optional<Identity> identity) {
    private static final int LONGEST_MESSAGE = 8 << 20;
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    /**
     * A client's certificate.
     *
     * @param certificate PEM file of the chain
     * @param key PEM file of its key
     */
    public record Identity(Path certificate, Path key) {}

    /** Checks the address. */
    public Connection {
        if (server.getHost() == null || !("http".equals(server.getScheme()) || "https".equals(server.getScheme()))) {
            throw new IllegalArgumentException("a server is https://HOST:PORT or http://HOST:PORT, not " + server);
        }
    }

    /** Without the key, which belongs into no log. */
    @Override
    public String toString() {
        return "Connection[" + server + "]";
    }

    ManagedChannel open() throws IOException {
        boolean tls = "https".equals(server.getScheme());
        int port = server.getPort() >= 0 ? server.getPort() : tls ? HTTPS : HTTP;
        return NettyChannelBuilder.forAddress(
                        server.getHost(), port, tls ? credentials() : InsecureChannelCredentials.create())
                .maxInboundMessageSize(LONGEST_MESSAGE)
                .keepAliveTime(30, TimeUnit.SECONDS)
                .keepAliveTimeout(20, TimeUnit.SECONDS)
                .userAgent("aver-client")
                .build();
    }

    private ChannelCredentials credentials() throws IOException {
        TlsChannelCredentials.Builder credentials = TlsChannelCredentials.newBuilder();
        if (trusted.isPresent()) {
            credentials.trustManager(trusted.get().toFile());
        }
        if (identity.isPresent()) {
            credentials.keyManager(
                    identity.get().certificate().toFile(), identity.get().key().toFile());
        }
        return credentials.build();
    }

    ClientInterceptor withKey() {
        Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + key);
        return MetadataUtils.newAttachHeadersInterceptor(metadata);
    }

    ProvingServiceGrpc.ProvingServiceStub stub(ManagedChannel channel) {
        return ProvingServiceGrpc.newStub(channel).withInterceptors(withKey());
    }

    AdminServiceGrpc.AdminServiceStub adminStub(ManagedChannel channel) {
        return AdminServiceGrpc.newStub(channel).withInterceptors(withKey());
    }
}
