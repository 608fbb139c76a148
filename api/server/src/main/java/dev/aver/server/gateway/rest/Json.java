package dev.aver.server.gateway.rest;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Protobuf's JSON form of the contract's messages: byte for byte what protobuf's own printer writes, without white
 * space and with all fields that cannot be absent, in a fraction of its time. Of well-known types it knows timestamps.
 */
final class Json {
    private static final HexFormat HEX = HexFormat.of();

    private final StringBuilder out = new StringBuilder(1024);

    private Json() {}

    /** A message's JSON. */
    static String of(Message message) {
        Json json = new Json();
        json.message(message);
        return json.out.toString();
    }

    private void message(Message message) {
        if (message instanceof Timestamp time) {
            out.append('"')
                    .append(Instant.ofEpochSecond(time.getSeconds(), time.getNanos()))
                    .append('"');
            return;
        }
        char before = '{';
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            if (field.hasPresence() && !message.hasField(field)) continue;
            out.append(before);
            before = ',';
            string(field.getJsonName());
            out.append(':');
            if (field.isRepeated()) {
                list(field, (List<?>) message.getField(field));
            } else {
                value(field, message.getField(field));
            }
        }
        out.append(before == '{' ? "{}" : "}");
    }

    private void list(FieldDescriptor field, List<?> values) {
        out.append('[');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) out.append(',');
            value(field, values.get(i));
        }
        out.append(']');
    }

    private void value(FieldDescriptor field, Object value) {
        switch (field.getType()) {
            case STRING -> string((String) value);
            case BYTES ->
                out.append('"')
                        .append(Base64.getEncoder().encodeToString(((ByteString) value).toByteArray()))
                        .append('"');
            case MESSAGE, GROUP -> message((Message) value);
            case ENUM -> enumeration((EnumValueDescriptor) value);
            case INT64, SINT64, SFIXED64 -> out.append('"').append(value).append('"');
            case UINT64, FIXED64 ->
                out.append('"').append(Long.toUnsignedString((Long) value)).append('"');
            case UINT32, FIXED32 -> out.append(Integer.toUnsignedString((Integer) value));
            case DOUBLE, FLOAT -> {
                boolean finite = Double.isFinite(((Number) value).doubleValue());
                out.append(finite ? "" : "\"").append(value).append(finite ? "" : "\"");
            }
            case BOOL, INT32, SINT32, SFIXED32 -> out.append(value);
        }
    }

    /** One that this version does not know has a number only. */
    private void enumeration(EnumValueDescriptor value) {
        if (value.getIndex() < 0) {
            out.append(value.getNumber());
        } else {
            out.append('"').append(value.getName()).append('"');
        }
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\f' -> out.append("\\f");
                // What could end a script or an attribute, were the answer pasted into a page.
                case '<', '>', '&', '=', '\'', '\u2028', '\u2029' ->
                    out.append("\\u").append(HEX.toHexDigits(c));
                default -> {
                    if (c < ' ') {
                        out.append("\\u").append(HEX.toHexDigits(c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
