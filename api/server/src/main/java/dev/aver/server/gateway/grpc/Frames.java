package dev.aver.server.gateway.grpc;

import dev.aver.server.gateway.exchange.BodyException;
import dev.aver.server.gateway.grpc.GrpcMethod.Questions;
import dev.aver.server.service.ErrorCode;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * gRPC's framing of messages: a byte that says whether a message is compressed, its length in four, and the message
 * (gRPC over HTTP2, "Length-Prefixed-Message").
 */
final class Frames<Q> implements Questions<Q> {
    /** The longest message: a chunk of 1 MiB and what is around it. */
    static final int LONGEST = (1 << 20) + (4 << 10);

    private static final int HEADER = 5;

    private final InputStream in;
    private final MethodDescriptor<Q, ?> method;
    private final boolean gzip;

    /**
     * Reads messages.
     *
     * @param gzip whether compressed messages are compressed with gzip, or may not be
     */
    Frames(InputStream in, MethodDescriptor<Q, ?> method, boolean gzip) {
        this.in = in;
        this.method = method;
        this.gzip = gzip;
    }

    @Override
    public @Nullable Q next() throws IOException {
        byte[] header = in.readNBytes(HEADER);
        if (header.length == 0) {
            return null;
        }
        if (header.length < HEADER) {
            throw invalid("a message ends too early");
        }
        long length = Integer.toUnsignedLong(ByteBuffer.wrap(header).getInt(1));
        if (length > LONGEST) {
            throw new BodyException(
                    ErrorCode.TOO_LARGE, "a message has " + length + " bytes; send chunks of at most 1 MiB");
        }
        byte[] message = in.readNBytes((int) length);
        if (message.length < length) {
            throw invalid("a message ends too early");
        }
        return switch (header[0]) {
            case 0 -> parse(message);
            case 1 -> parse(unpack(message));
            default -> throw invalid("a message's first byte must be 0 or 1");
        };
    }

    private Q parse(byte[] message) throws BodyException {
        try {
            return method.parseRequest(new ByteArrayInputStream(message));
        } catch (StatusRuntimeException e) {
            throw invalid("a message is not one of " + method.getFullMethodName());
        }
    }

    private byte[] unpack(byte[] message) throws IOException {
        if (!gzip) {
            throw invalid("a message is compressed, and grpc-encoding does not say how");
        }
        try (InputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(message))) {
            byte[] bytes = unpacked.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new BodyException(ErrorCode.TOO_LARGE, "a message unpacks to more than 1 MiB");
            }
            return bytes;
        } catch (BodyException e) {
            throw e;
        } catch (IOException e) {
            throw invalid(
                    e instanceof ZipException ? "a message is not compressed with gzip" : "a message ends too early");
        }
    }

    private static BodyException invalid(String message) {
        return new BodyException(ErrorCode.INVALID_ARGUMENT, message);
    }

    /** A message in its frame. */
    static <A> Buffer frame(MethodDescriptor<?, A> method, A message) throws IOException {
        try (InputStream stream = method.streamResponse(message)) {
            byte[] bytes = stream.readAllBytes();
            return Buffer.buffer(HEADER + bytes.length)
                    .appendByte((byte) 0)
                    .appendInt(bytes.length)
                    .appendBytes(bytes);
        }
    }
}
