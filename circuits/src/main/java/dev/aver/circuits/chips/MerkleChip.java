package dev.aver.circuits.chips;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.air.Expr;
import dev.aver.circuits.hash.Poseidon2;
import dev.aver.circuits.hash.Poseidon2Suite;
import dev.aver.circuits.memory.TouchedNodes;
import java.util.Arrays;

/**
 * The memory tree above the touched pages, before and after a segment: one row for each node.
 *
 * <p>A row takes its own node from the bus, and puts each touched child there for another row to take, a leaf for the
 * boundary table. An untouched child is the same before and after. The verifier puts the root there. So every node on
 * the bus has its true place: who takes (level, index) got there from the root, one child at a time, and there is no
 * other way, because levels only grow and no table has p rows to make a circle of.
 */
public final class MerkleChip {
    private static final int DIGEST = Poseidon2Suite.DIGEST;

    /** The table. */
    public final Air air;

    /** Distance from the root. */
    public final Column level;

    /** Place in the level, from the left. */
    public final Column index;

    /** Whether a page below the left child is touched. */
    public final Column left;

    /** Whether a page below the right child is touched. */
    public final Column right;

    /** Digests before: the node's, the left child's, the right child's. */
    public final Column[] before;

    /** Digests after, likewise. */
    public final Column[] after;

    /** Describes the table. */
    public MerkleChip() {
        AirBuilder b = new AirBuilder("merkle");
        level = b.column("level");
        index = b.column("index");
        left = b.bit("left touched");
        right = b.bit("right touched");
        before = b.columns("before", TouchedNodes.STRIDE);
        after = b.columns("after", TouchedNodes.STRIDE);
        // A node is here because a child is touched: 1 where at least one is, 0 in padding.
        Expr real = left.plus(right).minus(left.times(right));

        for (int i = 0; i < DIGEST; i++) {
            untouched(b, left, DIGEST + i);
            untouched(b, right, 2 * DIGEST + i);
        }
        b.receive(Bus.NODE, real, node(level, index, 0));
        Expr below = level.plus(1);
        b.send(Bus.NODE, left, node(below, index.times(2), DIGEST));
        b.send(Bus.NODE, right, node(below, index.times(2).plus(1), 2 * DIGEST));
        b.receive(Bus.DIGEST, real, compression(before));
        b.receive(Bus.DIGEST, real, compression(after));
        air = b.build();
    }

    private void untouched(AirBuilder b, Column touched, int at) {
        b.zero(
                "an untouched child is after what it was before: else memory would change that no page accounts for",
                touched.not().times(before[at].minus(after[at])));
    }

    /** A message about the node whose digests are at {@code at}. */
    private Expr[] node(Expr nodeLevel, Expr nodeIndex, int at) {
        Expr[] tuple = new Expr[Bus.NODE.width()];
        tuple[0] = nodeLevel;
        tuple[1] = nodeIndex;
        System.arraycopy(before, at, tuple, 2, DIGEST);
        System.arraycopy(after, at, tuple, 2 + DIGEST, DIGEST);
        return tuple;
    }

    /** That the node's digest is the suite's node over its children's: the tag keeps it from being a page's. */
    private static Expr[] compression(Column[] digests) {
        int width = Poseidon2.WIDTH;
        Expr[] tuple = new Expr[Bus.DIGEST.width()];
        Arrays.fill(tuple, Expr.ZERO);
        System.arraycopy(digests, DIGEST, tuple, 0, 2 * DIGEST);
        tuple[Poseidon2Suite.TAG_AT] = Expr.of(Poseidon2Suite.NODE_TAG);
        System.arraycopy(digests, 0, tuple, width, DIGEST);
        return tuple;
    }
}
