package dev.aver.server.gateway.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.aver.server.gateway.api.Operation;
import dev.aver.server.gateway.api.Operation.Download;
import dev.aver.server.gateway.api.Operation.Events;
import dev.aver.server.gateway.api.Operation.Unary;
import dev.aver.server.gateway.api.Operation.Upload;
import dev.aver.server.gateway.exchange.BodyException;
import dev.aver.server.gateway.grpc.GrpcMethod.Questions;
import dev.aver.server.service.Caller;
import dev.aver.server.service.Content;
import dev.aver.server.service.ErrorCode;
import dev.aver.server.service.ServiceException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Operations as gRPC methods, by their shape. */
final class Adapter {
    /** Sizes of downloaded parts. */
    private static final int PART = 64 << 10;
    /** What a question without a stream may have. */
    private static final long QUESTION = 64 << 10;

    private Adapter() {}

    static <Q extends Message, A extends Message> GrpcMethod<Q, A> method(Operation<Q, A> operation) {
        return switch (operation) {
            case Unary<Q, A> unary ->
                method(
                        unary,
                        QUESTION,
                        unary.waits(),
                        (caller, questions, answers, interruption) ->
                                answers.send(unary.body().call(known(caller), only(questions), interruption)));
            case Upload<Q, A> upload ->
                method(upload, framed(upload.maxBytes()), false, (caller, questions, answers, interruption) -> {
                    Q head = first(questions);
                    try (Chunks chunks = new Chunks(head, questions, upload.maxBytes())) {
                        answers.send(answer(upload, known(caller), head, chunks));
                    }
                });
            case Download<Q, A> download ->
                method(download, QUESTION, false, (caller, questions, answers, interruption) -> {
                    try (Content content = download.body().call(known(caller), only(questions))) {
                        send(download, content, answers);
                    }
                });
            case Events<Q, A> events ->
                method(
                        events,
                        QUESTION,
                        true,
                        (caller, questions, answers, interruption) ->
                                events.body().call(known(caller), only(questions), answers, interruption));
        };
    }

    private static <Q extends Message, A extends Message> GrpcMethod<Q, A> method(
            Operation<Q, A> operation, long maxBytes, boolean waits, GrpcMethod.Body<Q, A> body) {
        return new GrpcMethod<>(operation.rpc(), Optional.of(operation), maxBytes, waits, body);
    }

    /** Bytes and their framing, for chunks of a size that is not silly. */
    private static long framed(long bytes) {
        return bytes + bytes / 8 + QUESTION;
    }

    private static <Q extends Message, A extends Message> A answer(
            Upload<Q, A> upload, Caller caller, Q head, Chunks chunks) throws ServiceException, IOException {
        try {
            return upload.body().call(caller, head, chunks);
        } catch (ServiceException | IOException | RuntimeException e) {
            // What was wrong with the stream, rather than what became of that on its way through the service.
            if (chunks.failure != null) {
                throw chunks.failure;
            }
            throw e;
        }
    }

    private static <A extends Message> void send(Download<?, A> download, Content content, Operation.Sink<A> answers)
            throws ServiceException, IOException {
        long total = content.bytes();
        byte[] part = new byte[PART];
        int count;
        while ((count = content.stream().readNBytes(part, 0, part.length)) > 0) {
            answers.send(download.part(ByteString.copyFrom(part, 0, count), total));
            total = 0;
        }
        if (content.bytes() == 0) {
            answers.send(download.answer());
        }
    }

    private static Caller known(@Nullable Caller caller) {
        return Objects.requireNonNull(caller, "methods with an operation have a caller");
    }

    private static <Q> Q first(Questions<Q> questions) throws IOException {
        Q question = questions.next();
        if (question == null) {
            throw new BodyException(ErrorCode.INVALID_ARGUMENT, "there is no message");
        }
        return question;
    }

    private static <Q> Q only(Questions<Q> questions) throws IOException {
        Q question = first(questions);
        if (questions.next() != null) {
            throw new BodyException(ErrorCode.INVALID_ARGUMENT, "there is more than one message");
        }
        return question;
    }

    /** The chunks of a stream of messages, as one stream of bytes. */
    private static final class Chunks extends InputStream {
        private final Questions<? extends Message> questions;
        private final long most;
        private long left;
        private InputStream chunk;
        private @Nullable BodyException failure;

        Chunks(Message head, Questions<? extends Message> questions, long most) {
            this.questions = questions;
            this.most = most;
            left = most - Upload.chunk(head).size();
            chunk = Upload.chunk(head).newInput();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int count;
            while ((count = chunk.read(into, offset, length)) < 0) {
                if (!next()) {
                    return -1;
                }
            }
            return count;
        }

        private boolean next() throws IOException {
            if (failure != null) {
                throw failure;
            }
            try {
                Message message = questions.next();
                if (message == null) {
                    return false;
                }
                ByteString bytes = Upload.chunk(message);
                left -= bytes.size();
                if (left < 0) {
                    throw new BodyException(ErrorCode.TOO_LARGE, "the content is larger than " + most + " bytes");
                }
                chunk = bytes.newInput();
                return true;
            } catch (BodyException e) {
                failure = e;
                throw e;
            }
        }
    }
}
