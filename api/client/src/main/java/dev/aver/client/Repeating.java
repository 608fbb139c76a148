package dev.aver.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Asks, and asks again where that can help.
 *
 * @param random for waits before repetitions
 */
record Repeating(Retries retries, RandomGenerator random) {
    /**
     * Makes a call.
     *
     * @param repeatable whether it may be made again even where the answer may have been lost; else only where the
     *     server said that it did nothing
     */
    <A> CompletableFuture<A> call(Supplier<CompletableFuture<A>> call, boolean repeatable) {
        return attempt(call, repeatable, 1);
    }

    private <A> CompletableFuture<A> attempt(Supplier<CompletableFuture<A>> call, boolean repeatable, int made) {
        return call.get().exceptionallyCompose(thrown -> {
            Throwable cause = thrown instanceof CompletionException wrapped && wrapped.getCause() != null
                    ? wrapped.getCause()
                    : thrown;
            if (cause instanceof IOException) {
                return CompletableFuture.failedFuture(cause);
            }
            RemoteException failure = RemoteException.of(cause);
            Optional<Duration> wait = repeatable || failure.retryAfter().isPresent()
                    ? retries.after(failure, made, random)
                    : Optional.empty();
            if (wait.isEmpty()) {
                return CompletableFuture.failedFuture(failure);
            }
            Executor later =
                    CompletableFuture.delayedExecutor(wait.get().toMillis(), TimeUnit.MILLISECONDS, Runnable::run);
            return CompletableFuture.supplyAsync(() -> made + 1, later)
                    .thenCompose(next -> attempt(call, repeatable, next));
        });
    }
}
