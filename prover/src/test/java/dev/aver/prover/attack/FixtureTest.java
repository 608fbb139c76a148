package dev.aver.prover.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.aver.verifier.AnyPolicy;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.InvalidReceiptException.Reason;
import dev.aver.verifier.Policy;
import dev.aver.verifier.Receipt;
import dev.aver.verifier.SegmentFormat;
import dev.aver.verifier.Verifier;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is attacked is valid: else every attack would be found out. */
final class FixtureTest {
    @Test
    void honestReceiptsAreValid() throws Exception {
        assertThat(Fixture.oneSegment().segments()).hasSize(1);
        assertThat(Fixture.twoSegments().segments()).hasSize(2);
        for (Receipt receipt : new Receipt[] {Fixture.oneSegment(), Fixture.twoSegments()}) {
            AnyPolicy.verify(receipt);
            Receipt read = Receipt.decode(receipt.encode());
            AnyPolicy.verify(read);
            assertThat(read.encode()).isEqualTo(receipt.encode());
        }
    }

    @Test
    void aReceiptIsItsHeaderAndItsSegments() {
        Receipt receipt = Fixture.twoSegments();
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        parts.writeBytes(receipt.withSegments(List.of()).encodeHeader(2));
        for (Receipt.Segment segment : receipt.segments()) parts.writeBytes(SegmentFormat.encode(segment));
        assertThat(parts.toByteArray()).isEqualTo(receipt.encode());
    }

    @Test
    void noPolicyAdmitsThem() {
        Receipt receipt = Fixture.oneSegment();
        Verifier lenient = Verifier.with(Policy.standard().withMinBits(Policy.LEAST_BITS));
        InvalidReceiptException rejection = catchThrowableOfType(
                InvalidReceiptException.class,
                () -> lenient.verify(receipt, receipt.image().id()));
        assertThat(rejection.reason()).isEqualTo(Reason.SECURITY);
    }
}
