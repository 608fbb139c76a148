package dev.aver.circuits.chips;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.air.Expr;
import java.util.List;

/**
 * Reads registers again that have rested so long that the 16-bit check of their next access would fail. No instruction:
 * it fetches nothing and leaves the machine where it is.
 *
 * <p>Its time belongs to no cycle, so the prover chooses it; two things are proven about it. It is later than the
 * access before, by less than 2^24: else a refresh could take a value back in time. And it is below 2^24, as all other
 * times are: else a chain of refreshes could go round the field, and a value would be read before it is written.
 */
public final class RefreshChip {
    /** The table. */
    public final Air air;

    /** 1 in rows that count. */
    public final Column real;

    /** Index in the register file. */
    public final Column register;

    /** What it holds and keeps, four limbs. */
    public final Column[] value;

    /** Time of its previous access. */
    public final Column before;

    /** When it is refreshed. */
    public final Column time;

    /** Bits 16 to 23 of the time since then, less one. */
    public final Column restHigh;

    /** Bits 16 to 23 of the time. */
    public final Column timeHigh;

    /** Describes the table. */
    public RefreshChip() {
        AirBuilder b = new AirBuilder("refresh");
        real = b.bit("real");
        register = b.column("register");
        value = b.columns("value", Limbs.COUNT);
        before = b.column("before");
        time = b.column("time");
        restHigh = b.column("rest high");
        timeHigh = b.column("time high");
        b.exchange(
                "register",
                Bus.MEMORY,
                real,
                List.of(Expr.ONE, register, value[0], value[1], value[2], value[3], before),
                List.of(Expr.ONE, register, value[0], value[1], value[2], value[3], time));
        Expr rest = time.minus(before).minus(1);
        b.lookup(Bus.RANGE, real, rest.minus(restHigh.times(Limbs.BASE)));
        b.lookup(Bus.RANGE, real, time.minus(timeHigh.times(Limbs.BASE)));
        b.lookup(Bus.BYTE_PAIR, real, restHigh, timeHigh);
        air = b.build();
    }
}
