package dev.aver.circuits.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.chips.ProgramChip;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.Poseidon2;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.testing.Assembler;
import dev.aver.zkvm.testing.Code;
import dev.aver.zkvm.testing.Programs;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ImageIdTest {
    /** From the definition: the columns interpolated, and evaluated at some of the coset's points. */
    @Test
    void extensionAgreesWithTheSamePolynomial() {
        Random random = new Random(3);
        for (int log = 0; log <= 7; log++) {
            int height = 1 << log;
            int[] coefficients = random.ints(height, 0, KoalaBear.P).toArray();
            int[] values = new int[height + 1];
            int root = KoalaBear.rootOfUnity(log);
            for (int i = 0; i < height; i++) values[1 + i] = evaluate(coefficients, KoalaBear.pow(root, i));
            int[] extended = new int[2 * height + 3];
            new LowDegreeExtension(log).extend(values, 1, extended, 3);
            int larger = KoalaBear.rootOfUnity(log + 1);
            for (int i = 0; i < 2 * height; i++) {
                int exponent = Integer.reverse(i) >>> (31 - log);
                int point = KoalaBear.mul(KoalaBear.GENERATOR, KoalaBear.pow(larger, exponent));
                assertThat(extended[3 + i]).isEqualTo(evaluate(coefficients, point));
            }
        }
    }

    private static int evaluate(int[] coefficients, int x) {
        int value = 0;
        for (int i = coefficients.length - 1; i >= 0; i--) {
            value = KoalaBear.add(KoalaBear.mul(value, x), coefficients[i]);
        }
        return value;
    }

    @Test
    void theCommitmentOpensToTheTablesOwnColumns() {
        ProgramTable table = ProgramTable.of(Programs.mixed(1, 64));
        ProgramCommitment commitment = ProgramCommitment.of(table);
        int log = ProgramChip.logHeight(table);
        assertThat(commitment.logHeight()).isEqualTo(log).isGreaterThan(6);
        int[] extended = ProgramCommitment.extend(ProgramChip.preprocessed(table), log);
        var tree = ProgramCommitment.tree(extended, log);
        assertThat(tree.cap()).isEqualTo(commitment.cap());
        var opening = tree.open(77);
        assertThat(opening.isIn(
                        commitment.cap(), dev.aver.circuits.hash.HashSuite.POSEIDON2, ProgramCommitment.shape(log), 77))
                .isTrue();
        for (int c = 0; c < 13; c++) assertThat(opening.rows()[c]).isEqualTo(extended[(c << (log + 1)) + 77]);
    }

    @Test
    void theIdIsOneSpongeOverTheImage() {
        Image image = Image.of(Programs.mixed(1, 64));
        int[] elements = new int[40 * 15];
        elements[0] = KoalaBear.of(Machine.VERSION);
        elements[1] = KoalaBear.of(image.commitment().logHeight());
        elements[2] = KoalaBear.of(image.entryRow());
        System.arraycopy(image.commitment().cap(), 0, elements, 3, 576);
        System.arraycopy(image.programHalf(), 0, elements, 579, 9);
        int[] state = new int[24];
        state[18] = KoalaBear.of(6);
        state[19] = KoalaBear.of(588);
        for (int i = 0; i < 40; i++) {
            System.arraycopy(elements, 15 * i, state, 0, 15);
            Poseidon2.KOALABEAR_24.permute(state);
        }
        assertThat(image.id().digest()).isEqualTo(Arrays.copyOf(state, 9));
        assertThat(ImageId.of(Programs.mixed(1, 64))).isEqualTo(image.id());
    }

    @Test
    void whatTheMachineSeesChangesTheId() throws Exception {
        Code code = new Code().at("_start").nops(2).exit(0);
        ImageId id = ImageId.of(Program.fromElf(code.elf().build()));
        // Symbols do not count.
        assertThat(ImageId.of(Program.fromElf(code.stripped().build()))).isEqualTo(id);
        Program entry = Program.fromElf(code.stripped().entry(Code.BASE + 4).build());
        Program data =
                Program.fromElf(code.stripped().data(0x20000, new byte[] {1}).build());
        Program moved = new Assembler().imm(Op.ADDI, 0, 0, 1).exit(0).build();
        Program code2 = new Assembler().imm(Op.ADDI, 0, 0, 2).exit(0).build();
        assertThat(new ImageId[] {id, ImageId.of(entry), ImageId.of(data), ImageId.of(moved), ImageId.of(code2)})
                .doesNotHaveDuplicates();
    }

    /** Pins the id: who changes it, on purpose or not, changes what every receipt says. */
    @Test
    void knownAnswer() {
        assertThat(ImageId.of(Programs.empty()).toString())
                .isEqualTo("910c2b68273615480656d371b9429c783507bc25f995c54f3131cc6ed0ee9655758d9d39");
    }

    @Test
    void textAndBytesLeadBack() {
        ImageId id = ImageId.of(Programs.empty());
        String text = id.toString();
        assertThat(text).hasSize(72).matches("[0-9a-f]*");
        assertThat(ImageId.parse(text)).contains(id);
        assertThat(ImageId.parse(text.toUpperCase(Locale.ROOT))).contains(id);
        assertThat(ImageId.of(id.bytes())).contains(id);
        assertThat(ImageId.parse(text.substring(1))).isEmpty();
        assertThat(ImageId.parse(text + "00")).isEmpty();
        assertThat(ImageId.parse("g" + text.substring(1))).isEmpty();
        assertThat(ImageId.parse("０" + text.substring(1))).isEmpty();
        // p itself is no element's canonical form.
        assertThat(ImageId.parse("0100007f" + text.substring(8))).isEmpty();
    }

    @Test
    void refusesImagesThatNoProgramHas() {
        Image image = Image.of(Programs.empty());
        ProgramCommitment commitment = image.commitment();
        int[] half = image.programHalf();
        assertThatThrownBy(() -> new Image(1 << commitment.logHeight(), commitment, half))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Image(-1, commitment, half)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Image(0, commitment, new int[8])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ProgramCommitment(5, commitment.cap()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ProgramCommitment(24, commitment.cap()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ProgramCommitment(6, new int[575])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ImageId(new int[10])).isInstanceOf(IllegalArgumentException.class);
    }
}
