package dev.aver.server.gateway.api;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.aver.server.service.Caller;
import dev.aver.server.service.Content;
import dev.aver.server.service.ServiceException;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import java.io.IOException;
import java.io.InputStream;

/**
 * One call of the contract, by its shape. Bodies block, and run on virtual threads.
 *
 * @param <Q> what is asked
 * @param <A> what is answered
 */
public sealed interface Operation<Q extends Message, A extends Message> {
    /** The field of a stream's messages that holds its bytes. */
    String CHUNK = "chunk";

    /** The call's name, and how its messages are read and written. */
    MethodDescriptor<Q, A> rpc();

    /** The call's name without its service's. */
    default String name() {
        String name = rpc().getBareMethodName();
        return name == null ? rpc().getFullMethodName() : name;
    }

    /** A question without content. */
    default Q question() {
        return prototype(rpc().getRequestMarshaller());
    }

    /** An answer without content. */
    default A answer() {
        return prototype(rpc().getResponseMarshaller());
    }

    /** One question, one answer. */
    record Unary<Q extends Message, A extends Message>(MethodDescriptor<Q, A> rpc, Unary.Body<Q, A> body, boolean waits)
            implements Operation<Q, A> {
        /** What is done. */
        @FunctionalInterface
        public interface Body<Q, A> {
            /** Answers. */
            A call(Caller caller, Q question, Interruption interruption) throws ServiceException, InterruptedException;
        }
    }

    /** Bytes come in, one answer goes out; the first message's other fields say what they are. */
    record Upload<Q extends Message, A extends Message>(
            MethodDescriptor<Q, A> rpc, long maxBytes, Upload.Body<Q, A> body) implements Operation<Q, A> {
        /** What is done. */
        @FunctionalInterface
        public interface Body<Q, A> {
            /** Reads to the end, and answers. */
            A call(Caller caller, Q head, InputStream bytes) throws ServiceException, IOException;
        }

        /** The bytes in a message. */
        public static ByteString chunk(Message message) {
            return (ByteString) message.getField(field(message, CHUNK));
        }
    }

    /** One question, bytes go out. */
    record Download<Q extends Message, A extends Message>(
            MethodDescriptor<Q, A> rpc, String mediaType, Download.Body<Q> body) implements Operation<Q, A> {
        /** What is done. */
        @FunctionalInterface
        public interface Body<Q> {
            /** Opens the bytes. */
            Content call(Caller caller, Q question) throws ServiceException;
        }

        /** A message with these bytes, the first of {@code total} or, if that is 0, a later one. */
        @SuppressWarnings("unchecked")
        public A part(ByteString bytes, long total) {
            A empty = answer();
            Message.Builder builder = empty.newBuilderForType().setField(field(empty, CHUNK), bytes);
            if (total != 0) {
                builder.setField(field(empty, "total_bytes"), total);
            }
            return (A) builder.build();
        }
    }

    /** One question, answers go out until there are no more. */
    record Events<Q extends Message, A extends Message>(MethodDescriptor<Q, A> rpc, Events.Body<Q, A> body)
            implements Operation<Q, A> {
        /** What is done. */
        @FunctionalInterface
        public interface Body<Q, A> {
            /** Sends answers. */
            void call(Caller caller, Q question, Sink<A> answers, Interruption interruption)
                    throws ServiceException, IOException, InterruptedException;
        }
    }

    /** Where answers go; it refuses them when the key that asked has ended meanwhile. */
    @FunctionalInterface
    interface Sink<A> {
        /** Sends one; blocks while the reader is slow. */
        void send(A answer) throws ServiceException, IOException;
    }

    /** Lets a wait end early, because the client has gone or the server is draining. */
    @FunctionalInterface
    interface Interruption {
        /**
         * Waits inside {@code wait}, and interrupts this thread, in there only, when there is nobody left to wait for.
         */
        <T> T during(Wait<T> wait) throws ServiceException, InterruptedException;

        /** What waits. */
        @FunctionalInterface
        interface Wait<T> {
            /** Waits. */
            T get() throws ServiceException, InterruptedException;
        }
    }

    private static <T> T prototype(MethodDescriptor.Marshaller<T> marshaller) {
        T prototype = ((PrototypeMarshaller<T>) marshaller).getMessagePrototype();
        if (prototype == null) {
            throw new IllegalStateException("not a protobuf message");
        }
        return prototype;
    }

    private static FieldDescriptor field(Message message, String name) {
        return message.getDescriptorForType().findFieldByName(name);
    }
}
