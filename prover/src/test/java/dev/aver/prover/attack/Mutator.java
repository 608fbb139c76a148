package dev.aver.prover.attack;

import dev.aver.circuits.field.KoalaBear;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages receipts: by bits and bytes, or field by field, as somebody would who knows the format. */
final class Mutator {
    /** What numbers are off by, or are, where something goes wrong. */
    private static final int[] NUMBERS = {
        0,
        1,
        2,
        5,
        6,
        7,
        22,
        23,
        24,
        31,
        32,
        63,
        64,
        127,
        128,
        255,
        256,
        1023,
        1024,
        65535,
        1 << 22,
        KoalaBear.P - 1,
        KoalaBear.P,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        -1
    };

    private final Random random;
    private final byte[] receipt;
    private final List<Layout.Field> fields;

    /** Fields before the first proof: most of what can be wrong about them is found while reading. */
    private final List<Layout.Field> head;

    Mutator(Random random, byte[] receipt, Layout layout) {
        this.random = random;
        this.receipt = receipt;
        fields = layout.fields();
        int proof = layout.find("main cap").from();
        head = fields.stream().filter(field -> field.from() < proof).toList();
    }

    /** A damaged copy; in rare cases the damage is none. */
    byte[] next() {
        return switch (random.nextInt(10)) {
            case 0 -> noise();
            case 1 -> flipped(receipt.length);
            case 2 -> flipped(head.getLast().end());
            case 3, 4 -> number(head);
            case 5 -> number(fields);
            case 6 -> swapped();
            case 7 -> cut();
            case 8 -> inserted();
            default -> overwritten();
        };
    }

    /** Random bytes, perhaps behind an honest beginning. */
    private byte[] noise() {
        byte[] bytes = new byte[random.nextInt(1 << 13)];
        random.nextBytes(bytes);
        int honest = Math.min(
                bytes.length,
                random.nextBoolean() ? 0 : random.nextInt(head.getLast().end()));
        System.arraycopy(receipt, 0, bytes, 0, honest);
        return bytes;
    }

    private byte[] flipped(int length) {
        byte[] bytes = receipt.clone();
        for (int i = random.nextInt(8); i >= 0; i--) bytes[random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
        return bytes;
    }

    /** A number or an element that is another: an extreme, or the old one and a little. */
    private byte[] number(List<Layout.Field> among) {
        byte[] bytes = receipt.clone();
        Layout.Field field = among.get(random.nextInt(among.size()));
        int size = Math.min(4, field.length());
        int at = field.from() + size * random.nextInt(field.length() / size);
        ByteBuffer number = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        number.put(0, bytes, at, size);
        int extreme = NUMBERS[random.nextInt(NUMBERS.length)];
        switch (random.nextInt(3)) {
            case 0 -> number.putInt(0, extreme);
            case 1 -> number.putInt(0, number.getInt(0) + extreme);
            default -> number.putInt(0, random.nextInt());
        }
        number.get(0, bytes, at, size);
        return bytes;
    }

    /** Two equally long fields, such as two queries' rows, change places, or one becomes the other. */
    private byte[] swapped() {
        byte[] bytes = receipt.clone();
        Layout.Field one = fields.get(random.nextInt(fields.size()));
        List<Layout.Field> alike =
                fields.stream().filter(f -> f.length() == one.length()).toList();
        Layout.Field other = alike.get(random.nextInt(alike.size()));
        System.arraycopy(receipt, other.from(), bytes, one.from(), one.length());
        if (random.nextBoolean()) System.arraycopy(receipt, one.from(), bytes, other.from(), one.length());
        return bytes;
    }

    /** A field, or any range, is left out. */
    private byte[] cut() {
        Layout.Field field = fields.get(random.nextInt(fields.size()));
        boolean whole = random.nextBoolean();
        int from = whole ? field.from() : random.nextInt(receipt.length);
        int to = whole ? field.end() : from + random.nextInt(receipt.length - from + 1);
        byte[] bytes = Arrays.copyOf(receipt, receipt.length - (to - from));
        System.arraycopy(receipt, to, bytes, from, receipt.length - to);
        return bytes;
    }

    /** A field comes twice. */
    private byte[] inserted() {
        List<Layout.Field> among = random.nextBoolean() ? head : fields;
        Layout.Field field = among.get(random.nextInt(among.size()));
        byte[] bytes = Arrays.copyOf(receipt, receipt.length + field.length());
        System.arraycopy(receipt, field.from(), bytes, field.end(), receipt.length - field.from());
        return bytes;
    }

    /** Zeros, ones or random bytes over a range. */
    private byte[] overwritten() {
        byte[] bytes = receipt.clone();
        int from = random.nextInt(receipt.length);
        int to = Math.min(receipt.length, from + 1 + random.nextInt(64));
        int kind = random.nextInt(3);
        for (int i = from; i < to; i++) bytes[i] = (byte) (kind == 0 ? 0 : kind == 1 ? -1 : random.nextInt());
        return bytes;
    }
}
