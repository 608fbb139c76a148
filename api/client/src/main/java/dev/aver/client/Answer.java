package dev.aver.client;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one answer of a call, as a future. */
final class Answer<A> implements StreamObserver<A> {
    private final CompletableFuture<A> future = new CompletableFuture<>();
    private @Nullable A received;

    static <A> CompletableFuture<A> of(Consumer<StreamObserver<A>> call) {
        Answer<A> answer = new Answer<>();
        call.accept(answer);
        return answer.future;
    }

    @Override
    public void onNext(A value) {
        received = value;
    }

    @Override
    public void onError(Throwable failure) {
        future.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
        if (received == null) {
            future.completeExceptionally(
                    Status.INTERNAL.withDescription("no answer").asRuntimeException());
        } else {
            future.complete(received);
        }
    }
}
