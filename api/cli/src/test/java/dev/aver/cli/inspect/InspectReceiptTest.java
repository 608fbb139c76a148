package dev.aver.cli.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.cli.CliTestBase;
import org.junit.jupiter.api.Test;

final class InspectReceiptTest extends CliTestBase {
    @Test
    void bytesThatAreNoReceiptAreRejectedWithTheReason() throws Exception {
        Result result = aver("inspect", write("receipt", "AVER".getBytes(UTF_8)));
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("is not a receipt");
    }

    @Test
    void theCircuitIsListed() {
        Result one = aver("inspect", "--circuit", "HALT");
        assertThat(one.status()).isZero();
        assertThat(one.out()).startsWith("table halt:").contains("columns");
        Result all = aver("inspect", "--circuit");
        assertThat(all.out()).contains("table halt:", "table add:", "table program:");
        Result none = aver("inspect", "--circuit", "nothing");
        assertThat(none.status()).isEqualTo(120);
        assertThat(none.err()).contains("halt");
        assertThat(aver("inspect").status()).isEqualTo(120);
    }
}
