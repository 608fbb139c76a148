package dev.aver.server.gateway.rest;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import dev.aver.server.service.ErrorCode;
import dev.aver.server.service.ServiceException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Builds a question from a path, a query or a JSON body. */
final class Question {
    private Question() {}

    /** From fields in the path and a query; {@code except} is not taken from them. */
    @SuppressWarnings("unchecked")
    static <Q extends Message> Q of(Q empty, Map<String, String> path, String query, String except)
            throws ServiceException {
        Message.Builder builder = empty.newBuilderForType();
        for (Map.Entry<String, String> field : path.entrySet()) {
            set(builder, field.getKey(), field.getValue(), "");
        }
        Set<String> seen = new HashSet<>(path.keySet());
        for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            FieldDescriptor field = set(builder, name, value, except);
            if (!seen.add(name) && !field.isRepeated()) {
                throw invalid(name + " is given twice");
            }
        }
        return (Q) builder.build();
    }

    /** From JSON. */
    @SuppressWarnings("unchecked")
    static <Q extends Message> Q of(Q empty, byte[] json) throws ServiceException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
            Message.Builder builder = empty.newBuilderForType();
            JsonFormat.parser().merge(text, builder);
            return (Q) builder.build();
        } catch (CharacterCodingException e) {
            throw invalid("the body is not UTF-8");
        } catch (InvalidProtocolBufferException e) {
            throw invalid("the body is not " + empty.getDescriptorForType().getName() + " in JSON: " + e.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            // Numbers with huge exponents and the like.
            throw invalid("the body is not " + empty.getDescriptorForType().getName() + " in JSON");
        }
    }

    private static FieldDescriptor set(Message.Builder builder, String name, String text, String except)
            throws ServiceException {
        FieldDescriptor field = builder.getDescriptorForType().getFields().stream()
                .filter(each ->
                        each.getJsonName().equals(name) && !each.getName().equals(except))
                .findFirst()
                .orElseThrow(() -> invalid("there is no parameter " + quoted(name)));
        Object value = value(field, text);
        if (field.isRepeated()) {
            builder.addRepeatedField(field, value);
        } else {
            builder.setField(field, value);
        }
        return field;
    }

    private static Object value(FieldDescriptor field, String text) throws ServiceException {
        String name = field.getJsonName();
        try {
            return switch (field.getType()) {
                case STRING -> text;
                case BOOL ->
                    switch (text) {
                        case "true" -> true;
                        case "false" -> false;
                        default -> throw invalid(name + " must be true or false");
                    };
                case INT32 -> Integer.parseInt(text);
                case UINT64 -> Long.parseUnsignedLong(text);
                case ENUM -> {
                    EnumValueDescriptor value = field.getEnumType().findValueByName(text);
                    if (value == null) {
                        throw invalid(name + " must be a " + field.getEnumType().getName());
                    }
                    yield value;
                }
                case MESSAGE -> {
                    if (!field.getMessageType().equals(Timestamp.getDescriptor())) {
                        throw invalid("there is no parameter " + quoted(name));
                    }
                    yield Timestamps.parse(text);
                }
                default -> throw invalid("there is no parameter " + quoted(name));
            };
        } catch (ParseException e) {
            throw invalid(name + " must be a time such as 2030-01-31T12:00:00Z");
        } catch (NumberFormatException e) {
            throw invalid(name + " must be a number");
        }
    }

    private static String decode(String encoded) throws ServiceException {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid("the query is not well encoded");
        }
    }

    private static String quoted(String name) {
        return '"' + (name.length() > 64 ? name.substring(0, 64) + "…" : name) + '"';
    }

    private static ServiceException invalid(String message) {
        return new ServiceException(ErrorCode.INVALID_ARGUMENT, message);
    }
}
