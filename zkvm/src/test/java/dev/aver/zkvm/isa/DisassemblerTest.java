package dev.aver.zkvm.isa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisassemblerTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0x0ff0000f | fence iorw,iorw",
                "0x8330000f | fence.tso",
                "0x0000100f | fence.i",
                "0x00000073 | ecall",
                "0x06c5a52f | amoadd.w.aqrl a0,a2,(a1)",
                "0x1405352f | lr.d.aq a0,(a0)",
                "0xff058067 | jalr zero,-16(a1)",
                "0x010000ef | jal ra,0x10010",
                "0xfeb50ee3 | beq a0,a1,0xfffc",
                "0xfffff537 | lui a0,0xfffff",
                "0xffc52503 | lw a0,-4(a0)",
                "0xfeb52e23 | sw a1,-4(a0)",
                "0x03f51513 | slli a0,a0,0x3f",
                "0xfff00513 | addi a0,zero,-1",
                "0x02b55533 | divu a0,a0,a1",
                "0x0001     | c.addi zero,0",
                "0x6005     | c.lui zero,0x1",
                "0x7ffd     | c.lui t6,0xfffff",
                "0x7179     | c.addi16sp sp,-48",
                "0x1ffc     | c.addi4spn a5,sp,1020",
                "0xdffd     | c.beqz a5,0xfffe",
                "0xbffd     | c.j 0xfffe",
                "0xfffe     | c.sdsp t6,504(sp)",
                "0x5ffc     | c.lw a5,124(a5)",
                "0x9f82     | c.jalr t6",
                "0x9002     | c.ebreak",
                "0x8f9d     | c.sub a5,a5",
                "0x93fd     | c.srli a5,0x3f",
            })
    void printsAsObjdumpDoes(String word, String text) {
        Instruction instruction =
                Objects.requireNonNull(Decoder.decode(Long.decode(word).intValue()));
        assertThat(Disassembler.format(instruction, 0x10000)).isEqualTo(text);
    }
}
