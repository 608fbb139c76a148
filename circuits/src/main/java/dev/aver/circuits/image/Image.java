package dev.aver.circuits.image;

import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.Poseidon2Sponge;
import dev.aver.circuits.hash.Poseidon2Suite;
import dev.aver.circuits.memory.MemoryTree;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.program.ProgramTable;
import java.util.Arrays;

/**
 * What an image id is the digest of. A verifier computes the id from the commitment that it verifies with: an id beside
 * it would be a free label.
 *
 * @param entryRow the program table's row where a run starts
 * @param commitment to the program table
 * @param programHalf root of the program half of memory at the start, 9 elements in Montgomery form
 */
public record Image(int entryRow, ProgramCommitment commitment, int[] programHalf) {
    /** @throws IllegalArgumentException if the entry is outside the table or the root is not 9 elements */
    public Image {
        if (entryRow >>> commitment.logHeight() != 0) throw new IllegalArgumentException("an entry outside the table");
        if (programHalf.length != Poseidon2Suite.DIGEST) throw new IllegalArgumentException("not a digest");
    }

    /** The image of a program. */
    public static Image of(Program program) {
        return of(ProgramTable.of(program), MemoryTree.of(program, new byte[0], new long[MemoryTree.SALT_WORDS]));
    }

    /**
     * The image of a program whose table and first memory are known.
     *
     * @param memory as a run starts with; the input does not matter
     */
    public static Image of(ProgramTable program, MemoryTree memory) {
        return new Image(program.entryRow(), ProgramCommitment.of(program), memory.programHalf());
    }

    /** The image id. */
    public ImageId id() {
        int cap = 3;
        int[] elements = new int[cap + ProgramCommitment.CAP_ELEMENTS + Poseidon2Suite.DIGEST];
        elements[0] = KoalaBear.of(Machine.VERSION);
        elements[1] = KoalaBear.of(commitment.logHeight());
        elements[2] = KoalaBear.of(entryRow);
        System.arraycopy(commitment.cap(), 0, elements, cap, ProgramCommitment.CAP_ELEMENTS);
        System.arraycopy(programHalf, 0, elements, cap + ProgramCommitment.CAP_ELEMENTS, Poseidon2Suite.DIGEST);
        return new ImageId(Poseidon2Sponge.digest(Poseidon2Suite.IMAGE_TAG, elements));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Image(int entry, ProgramCommitment table, int[] root)
                && entryRow == entry
                && commitment.equals(table)
                && Arrays.equals(programHalf, root);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * entryRow + commitment.hashCode()) + Arrays.hashCode(programHalf);
    }

    @Override
    public String toString() {
        return "Image[" + id() + "]";
    }
}
