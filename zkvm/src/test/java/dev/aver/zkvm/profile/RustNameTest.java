package dev.aver.zkvm.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RustNameTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "_ZN4core3fmt5write17h73f0a1b53b590d61E | core::fmt::write",
                "_ZN4core3fmt3num3imp52_$LT$impl$u20$core..fmt..Display$u20$for$u20$u32$GT$3fmt17h58b8fa220dd6d38aE"
                        + " | core::fmt::num::imp::<impl core::fmt::Display for u32>::fmt",
                "_ZN5alloc11collections5btree3map25IntoIter$LT$K$C$V$C$A$GT$10dying_next17h5424c4203719a3a4E"
                        + " | alloc::collections::btree::map::IntoIter<K,V,A>::dying_next",
                "_ZN3foo17$u7b$$u7b$closure17h0123456789abcdefE | foo::{{closure"
            })
    void legacyManglingIsUndone(String symbol, String name) {
        assertThat(RustName.readable(symbol)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "main",
                "_ZN3foo3barEv",
                "_ZN",
                "_ZN9",
                "_ZN99999999999foo17h0123456789abcdefE",
                "_ZN17h0123456789abcdefE",
                "_ZN3foo17h0123456789abcdeg",
                "_ZN0E",
                "_RNvC5crate4main"
            })
    void otherNamesStand(String symbol) {
        assertThat(RustName.readable(symbol)).isEqualTo(symbol);
    }
}
