package dev.aver.server.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.JsonFormat;
import dev.aver.proto.v1.Job;
import dev.aver.proto.v1.JobResult;
import dev.aver.proto.v1.Progress;
import dev.aver.proto.v1.ProvingServiceProto;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against protobuf's own printer, with every message of the contract. */
class JsonTest {
    private static final String[] TEXTS = {
        "", "plain", "a \"quoted\" \\ <b>&amp;</b> it's = 1", "\t\b\n\r\f\u0001\u001f\u007f", "\u2028é漢😀"
    };
    private static final long[] NUMBERS = {0, 1, -1, 42, Integer.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE};
    private static final double[] REALS = {0, -0.0, 1, 250.5, 1e-7, 1e21, Double.NaN, Double.NEGATIVE_INFINITY};
    private static final int[] NANOS = {0, 1, 120_000_000, 123_456_000, 999_999_999};

    private static final JsonFormat.Printer ORACLE =
            JsonFormat.printer().omittingInsignificantWhitespace().alwaysPrintFieldsWithNoPresence();

    @Test
    void everyMessageIsPrintedAsProtobufDoes() throws Exception {
        for (Descriptor type : ProvingServiceProto.getDescriptor().getMessageTypes()) {
            for (int seed = 0; seed < 50; seed++) {
                Message message = random(type, new Random(seed));
                assertThat(Json.of(message))
                        .as("%s, seed %d", type.getName(), seed)
                        .isEqualTo(ORACLE.print(message));
            }
        }
    }

    @Test
    void generatedMessagesAreToo() throws Exception {
        Job job = Job.newBuilder()
                .setId("0f")
                .setStateValue(77)
                .setVersion(-1)
                .setCreatedAt(Timestamp.newBuilder().setSeconds(1_795_415_906L).setNanos(5_000_000))
                .setProgress(Progress.newBuilder().setKhz(94.7).setSegments(0))
                .setResult(JobResult.newBuilder().setExitCode(-1).setJournal(ByteString.copyFromUtf8("forty-two")))
                .build();
        assertThat(Json.of(job)).isEqualTo(ORACLE.print(job)).contains("\"state\":77", "\"version\":\"184467");
    }

    private static Message random(Descriptor type, Random random) {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        for (FieldDescriptor field : type.getFields()) {
            if (random.nextInt(3) == 0) continue;
            if (!field.isRepeated()) {
                message.setField(field, value(field, random));
                continue;
            }
            for (int n = random.nextInt(3); n > 0; n--) message.addRepeatedField(field, value(field, random));
        }
        return message.build();
    }

    private static Object value(FieldDescriptor field, Random random) {
        long number = NUMBERS[random.nextInt(NUMBERS.length)];
        return switch (field.getJavaType()) {
            case STRING -> TEXTS[random.nextInt(TEXTS.length)];
            case BYTE_STRING -> ByteString.copyFromUtf8(TEXTS[random.nextInt(TEXTS.length)]);
            case BOOLEAN -> random.nextBoolean();
            case INT -> (int) number;
            case LONG -> number;
            case DOUBLE -> REALS[random.nextInt(REALS.length)];
            case FLOAT -> (float) REALS[random.nextInt(REALS.length)];
            case ENUM ->
                field.getEnumType()
                        .getValues()
                        .get(random.nextInt(field.getEnumType().getValues().size()));
            case MESSAGE ->
                field.getMessageType().getFullName().equals("google.protobuf.Timestamp")
                        ? Timestamp.newBuilder()
                                .setSeconds(random.nextInt())
                                .setNanos(NANOS[random.nextInt(NANOS.length)])
                                .build()
                        : random(field.getMessageType(), random);
        };
    }
}
