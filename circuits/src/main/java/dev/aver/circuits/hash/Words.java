package dev.aver.circuits.hash;

/** 32-bit words as bytes, little-endian. */
final class Words {
    private Words() {}

    static void put(int word, byte[] bytes, int at) {
        for (int i = 0; i < 4; i++) bytes[at + i] = (byte) (word >>> (8 * i));
    }

    static int get(byte[] bytes, int at) {
        int word = 0;
        for (int i = 3; i >= 0; i--) word = (word << 8) | (bytes[at + i] & 0xff);
        return word;
    }
}
