package dev.aver.circuits.air;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ListingTest {
    @Test
    void showsEverything() {
        AirBuilder b = new AirBuilder("sample");
        Column key = b.preprocessed("a key");
        Column real = b.bit("is real");
        Column count = b.column("count");
        Column x = b.column("x");
        b.first("it starts at two", x.minus(2));
        b.transition("it doubles", x.next().minus(x.times(2)));
        b.last("it ends with minus one, of all things", x.plus(1));
        b.exchange(
                "state",
                Bus.STATE,
                real,
                List.of(x.times(3), Expr.ONE, Expr.ZERO),
                List.of(x.times(3), Expr.ONE.plus(real), Expr.ZERO.minus(x.minus(5))));
        b.lookup(Bus.RANGE, real, x.minus(count.plus(real)));
        b.answer(Bus.RANGE, count, key);
        b.vouch(x, "it is known");
        assertThat(Listing.of(b.build())).isEqualTo("""
                table sample: 3 columns, 4 messages in 2 permutation columns, 6 constraints; 15 cells a row

                preprocessed columns
                    0  a key

                columns
                    0  is real
                    1  count
                    2  x

                messages
                    0  take STATE(x * 3, 1, 0) if is_real
                    1  give STATE(x * 3, 1 + is_real, -(x - 5)) if is_real
                    2  look up RANGE(x - (count + is_real)) if is_real
                    3  answer RANGE(a_key), count times

                constraints
                    0  is real is 0 or 1
                       is_real * (is_real - 1) = 0
                    1  it starts at two (first row)
                       x - 2 = 0
                    2  it doubles (every row but the last)
                       x' - x * 2 = 0
                    3  it ends with minus one, of all things (last row)
                       x + 1 = 0
                    4  an idle state keeps element 0 of STATE: else padding could act
                       (1 - is_real) * (x * 3 - x * 3) = 0
                    5  an idle state keeps element 2 of STATE: else padding could act
                       (1 - is_real) * (-(x - 5)) = 0

                vouched for
                       x: it is known
                """);
    }

    /** Without names for what is shared, the text of this expression would have 2^40 terms. */
    @Test
    void isAsLongAsTheGraph() {
        AirBuilder b = new AirBuilder("deep");
        Expr sum = b.column("x").plus(b.column("y")).plus(b.column("z"));
        for (int i = 0; i < 40; i++) sum = sum.plus(sum);
        b.zero("deep", sum);
        b.lookup(Bus.RANGE, Expr.ONE, sum);
        String listing = Listing.of(b.build());
        assertThat(listing).hasSizeLessThan(4000).contains("t2 = t1 + t1");
    }
}
