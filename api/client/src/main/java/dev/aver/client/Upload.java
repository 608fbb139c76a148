package dev.aver.client;

import com.google.protobuf.ByteString;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends bytes in chunks as the server takes them, and completes with its answer. All of it happens in the channel's
 * callbacks, which reads from a file must be short enough for.
 */
final class Upload<Q, A> implements ClientResponseObserver<Q, A> {
    private static final int CHUNK = 256 << 10;

    private final InputStream bytes;
    private final Function<ByteString, Q> message;
    private final CompletableFuture<A> answer = new CompletableFuture<>();
    private @Nullable A received;
    private boolean sentAny;
    private boolean sentAll;

    private Upload(InputStream bytes, Function<ByteString, Q> message) {
        this.bytes = bytes;
        this.message = message;
    }

    /**
     * Sends {@code bytes}, which it closes.
     *
     * @param message a message of a chunk
     * @param call starts the call
     */
    static <Q, A> CompletableFuture<A> send(
            InputStream bytes, Function<ByteString, Q> message, Function<StreamObserver<A>, StreamObserver<Q>> call) {
        Upload<Q, A> upload = new Upload<>(bytes, message);
        var _ = call.apply(upload);
        return upload.answer;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<Q> requests) {
        requests.setOnReadyHandler(() -> {
            try {
                while (requests.isReady() && !sentAll) {
                    byte[] chunk = bytes.readNBytes(CHUNK);
                    sentAll = chunk.length < CHUNK;
                    if (chunk.length > 0 || !sentAny) {
                        requests.onNext(message.apply(ByteString.copyFrom(chunk)));
                        sentAny = true;
                    }
                    if (sentAll) {
                        requests.onCompleted();
                    }
                }
            } catch (IOException e) {
                sentAll = true;
                requests.cancel("the content cannot be read", e);
            }
        });
    }

    @Override
    public void onNext(A value) {
        received = value;
    }

    @Override
    public void onError(Throwable failure) {
        close();
        answer.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
        close();
        if (received == null) {
            answer.completeExceptionally(
                    io.grpc.Status.INTERNAL.withDescription("no answer").asRuntimeException());
        } else {
            answer.complete(received);
        }
    }

    private void close() {
        sentAll = true;
        try {
            bytes.close();
        } catch (IOException e) {
            // It was only read.
        }
    }
}
