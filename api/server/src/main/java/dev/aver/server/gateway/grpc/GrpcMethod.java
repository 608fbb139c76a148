package dev.aver.server.gateway.grpc;

import dev.aver.server.gateway.api.Operation;
import dev.aver.server.gateway.api.Operation.Interruption;
import dev.aver.server.service.Caller;
import dev.aver.server.service.ServiceException;
import io.grpc.MethodDescriptor;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A method that is served.
 *
 * @param descriptor its name, and how its messages are read and written
 * @param operation what it is; none for those that need no key
 * @param maxBytes of all requests together
 * @param waits whether it mostly waits
 * @param body what it does
 */
record GrpcMethod<Q, A>(
        MethodDescriptor<Q, A> descriptor,
        Optional<Operation<?, ?>> operation,
        long maxBytes,
        boolean waits,
        Body<Q, A> body) {
    /** What a method does. */
    @FunctionalInterface
    interface Body<Q, A> {
        /**
         * Pulls questions and sends answers.
         *
         * @param caller nobody for methods that need no key
         */
        void call(@Nullable Caller caller, Questions<Q> questions, Operation.Sink<A> answers, Interruption interruption)
                throws ServiceException, IOException, InterruptedException;
    }

    /** What the client sends. */
    @FunctionalInterface
    interface Questions<Q> {
        /** The next message; null after the last. */
        @Nullable
        Q next() throws IOException;
    }
}
