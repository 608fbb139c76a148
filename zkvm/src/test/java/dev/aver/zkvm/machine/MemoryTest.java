package dev.aver.zkvm.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aver.zkvm.program.MemoryMap;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MemoryTest {
    private static final long BASE = 0x1000;

    private final List<Integer> touched = new ArrayList<>();
    private final Memory memory = new Memory((id, page) -> {}, 1000, (id, page) -> touched.add(id));

    private static long load(Memory memory, long address, int size) {
        return switch (size) {
            case 1 -> memory.load8(address);
            case 2 -> memory.load16(address);
            case 4 -> memory.load32(address);
            default -> memory.load64(address);
        };
    }

    private static void store(Memory memory, long address, long value, int size) {
        switch (size) {
            case 1 -> memory.store8(address, value);
            case 2 -> memory.store16(address, value);
            case 4 -> memory.store32(address, value);
            default -> memory.store64(address, value);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void behavesLikeAnArrayOfBytes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] model = new byte[4 * MemoryMap.PAGE_SIZE];
        long misaligned = 0;
        int[] crossings = new int[4];
        for (int i = 0; i < 20_000; i++) {
            int size = 1 << random.nextInt(4);
            int at = random.nextInt(model.length - size + 1);
            misaligned += at % size == 0 ? 0 : 1;
            boolean isStore = random.nextBoolean();
            if (at % 8 + size > 8) {
                crossings[(isStore ? 2 : 0) + (size == 8 ? 1 : 0)]++;
            }
            if (isStore) {
                long value = random.nextLong();
                store(memory, BASE + at, value, size);
                for (int k = 0; k < size; k++) {
                    model[at + k] = (byte) (value >>> (8 * k));
                }
            } else {
                long expected = 0;
                for (int k = 0; k < size; k++) {
                    expected |= (model[at + k] & 0xffL) << (8 * k);
                }
                assertThat(load(memory, BASE + at, size))
                        .as("seed %d, load %d at %d", seed, size, at)
                        .isEqualTo(expected);
            }
        }
        assertThat(memory.misaligned()).isEqualTo(misaligned);
        assertThat(new int[] {
                    memory.crossLoad(), memory.crossLoadDouble(), memory.crossStore(), memory.crossStoreDouble()
                })
                .isEqualTo(crossings);
        byte[] seen = new byte[model.length];
        assertThat(memory.peek(BASE, seen, 0, seen.length)).isTrue();
        assertThat(seen).isEqualTo(model);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void trapsOutsideOfWhatIsMapped(int size) {
        for (long address : new long[] {
            0,
            BASE - 1,
            BASE - size,
            MemoryMap.SALT_START,
            MemoryMap.SALT_START - size + 1,
            MemoryMap.ADDRESS_END - size,
            MemoryMap.ADDRESS_END - 1,
            MemoryMap.ADDRESS_END,
            MemoryMap.ADDRESS_END + BASE,
            Long.MIN_VALUE,
            Long.MIN_VALUE + BASE,
            Long.MAX_VALUE,
            -1,
            -size
        }) {
            assertThatThrownBy(() -> load(memory, address, size))
                    .as("load %d at %x", size, address)
                    .isInstanceOfSatisfying(TrapException.class, trap -> {
                        assertThat(trap.trapCause()).isEqualTo(TrapCause.LOAD_ACCESS);
                        assertThat(trap.value()).isEqualTo(address);
                    });
            assertThatThrownBy(() -> store(memory, address, 1, size))
                    .as("store %d at %x", size, address)
                    .isInstanceOfSatisfying(
                            TrapException.class,
                            trap -> assertThat(trap.trapCause()).isEqualTo(TrapCause.STORE_ACCESS));
        }
        assertThat(touched).isEmpty();
        store(memory, BASE, -1, size);
        store(memory, MemoryMap.SALT_START - size, -1, size);
        assertThat(touched).containsExactly((int) (BASE >> MemoryMap.PAGE_BITS), MemoryMap.REGISTER_PAGE - 2);
    }

    @Test
    void tellsEachPageOncePerSegment() {
        memory.load8(0x2000);
        memory.store64(0x2008, 1);
        memory.load64(0x2000 + MemoryMap.PAGE_SIZE - 4); // crosses into the next page
        assertThat(touched).containsExactly(0x2000 / MemoryMap.PAGE_SIZE, 0x2000 / MemoryMap.PAGE_SIZE + 1);
        memory.beginSegment();
        assertThat(memory.touchedCount()).isZero();
        assertThat(memory.load64(0x2008)).isEqualTo(1);
        assertThat(touched).hasSize(3);
        assertThat(memory.pageCount()).isEqualTo(2);
    }

    @Test
    void peekTouchesNothing() {
        byte[] bytes = new byte[16];
        assertThat(memory.peek(0x5000, bytes, 0, 16)).isTrue();
        assertThat(memory.peek(0xff8, bytes, 0, 16)).isFalse();
        assertThat(touched).isEmpty();
        assertThat(memory.pageCount()).isZero();
    }

    @Test
    void limitLeavesNoHalfStoreBehind() {
        Memory small = new Memory((id, page) -> {}, 1, (id, page) -> {});
        long last = BASE + MemoryMap.PAGE_SIZE - 4;
        small.store32(last, 7);
        assertThatThrownBy(() -> small.store64(last, -1)).isInstanceOf(LimitException.class);
        assertThat(small.load32(last)).isEqualTo(7);
    }

    @Test
    void inputLiesBehindItsLength() {
        byte[] input = new byte[2 * MemoryMap.PAGE_SIZE];
        for (int i = 0; i < input.length; i++) {
            input[i] = (byte) (i * 7 + 1);
        }
        Memory m = new Memory(
                Memory.initial(dev.aver.zkvm.testing.Programs.empty().image(), input), 1000, (id, page) -> {});
        assertThat(m.load64(MemoryMap.INPUT_START)).isEqualTo(input.length);
        for (int i = 0; i < input.length; i++) {
            assertThat(m.load8(MemoryMap.INPUT_DATA + i)).isEqualTo(input[i] & 0xff);
        }
        assertThat(m.load8(MemoryMap.INPUT_DATA + input.length)).isZero();
    }
}
