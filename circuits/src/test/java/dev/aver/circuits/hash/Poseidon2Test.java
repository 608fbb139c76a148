package dev.aver.circuits.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.testing.Polynomial;
import dev.aver.circuits.testing.Samples;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The permutation. Known answers of the published instance are Plonky3's (koala-bear/src/poseidon2.rs) or were
 * recomputed from its constants; those of our own instance come from a program of a few lines of Python that also
 * reproduces the published ones.
 */
class Poseidon2Test {
    private static final Poseidon2 OURS = Poseidon2.KOALABEAR_24;
    private static final Poseidon2 PUBLISHED = new Poseidon2(8, 23);

    private static int[] permuted(Poseidon2 instance, int... canonical) {
        int[] state = Arrays.stream(canonical).map(KoalaBear::of).toArray();
        instance.permute(state);
        return Arrays.stream(state).map(KoalaBear::canonical).toArray();
    }

    private static int[] counting(int width) {
        return IntStream.range(0, width).toArray();
    }

    /** Another project shipped one exponent with another's round numbers: nobody may change these without noticing. */
    @Test
    void theInstanceHasTheRoundsItShould() {
        assertThat(Poseidon2.WIDTH).isEqualTo(24);
        assertThat(OURS.fullRounds()).isEqualTo(10);
        assertThat(OURS.partialRounds()).isEqualTo(28);
    }

    @Test
    void cubingIsAPermutationOfTheField() {
        assertThat(BigInteger.valueOf(KoalaBear.P - 1).gcd(BigInteger.valueOf(3)))
                .isEqualTo(BigInteger.ONE);
    }

    @Test
    void constantsComeFromTheGenerator() {
        // The published instance of width 16: 64 constants of full rounds, 20 of partial ones, 64 of full rounds.
        Grain grain = new Grain(16, 8, 20);
        int[] constants = IntStream.generate(grain::next)
                .limit(148)
                .map(KoalaBear::canonical)
                .toArray();
        assertThat(Arrays.copyOf(constants, 4)).containsExactly(0x7ee56a48, 0x11367045, 0x12e41941, 0x7ebbc12b);
        assertThat(constants[64]).isEqualTo(0x54dfeb5d);
        assertThat(constants[147]).isEqualTo(0x3466c7ca);
    }

    @Test
    void allConstantsOfTheInstanceArePinned() throws NoSuchAlgorithmException {
        ByteBuffer bytes = ByteBuffer.allocate(4 * (10 * 24 + 28)).order(ByteOrder.LITTLE_ENDIAN);
        for (int round = 0; round < 5; round++) putExternal(bytes, round);
        for (int round = 0; round < 28; round++) bytes.putInt(KoalaBear.canonical(OURS.internalConstant(round)));
        for (int round = 5; round < 10; round++) putExternal(bytes, round);
        assertThat(bytes.getInt(0)).isEqualTo(2103980752);
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array())))
                .isEqualTo("07f220e24a77c22832c602c99cd04f98fa37c74406d781d135e846a338f12377");
    }

    private static void putExternal(ByteBuffer bytes, int round) {
        for (int i = 0; i < 24; i++) bytes.putInt(KoalaBear.canonical(OURS.externalConstant(round, i)));
    }

    @Test
    void instancesShareNoConstants() {
        assertThat(OURS.externalConstant(0, 0)).isNotEqualTo(PUBLISHED.externalConstant(0, 0));
        assertThat(OURS.internalConstant(0)).isNotEqualTo(PUBLISHED.internalConstant(0));
    }

    @Test
    void givesThePublishedAnswers() {
        assertThat(permuted(
                        PUBLISHED,
                        886409618,
                        1327899896,
                        1902407911,
                        591953491,
                        648428576,
                        1844789031,
                        1198336108,
                        355597330,
                        1799586834,
                        59617783,
                        790334801,
                        1968791836,
                        559272107,
                        31054313,
                        1042221543,
                        474748436,
                        135686258,
                        263665994,
                        1962340735,
                        1741539604,
                        2026927696,
                        449439011,
                        1131357108,
                        50869465))
                .containsExactly(
                        382801106,
                        82839311,
                        1503190615,
                        1987418517,
                        854076995,
                        1862291425,
                        262755189,
                        1050814217,
                        722724562,
                        741265943,
                        1026879332,
                        754316749,
                        1966025564,
                        1518878196,
                        502200188,
                        1368172258,
                        845459257,
                        1711434837,
                        724453836,
                        171032289,
                        655223446,
                        1098636135,
                        407832555,
                        1707498914);
        assertThat(permuted(PUBLISHED, new int[24]))
                .containsExactly(
                        1918697942,
                        2025897067,
                        904050874,
                        1093610768,
                        214053233,
                        1029880100,
                        2130076554,
                        348914674,
                        1690826780,
                        1746457725,
                        397349473,
                        1037728683,
                        217139752,
                        1271784670,
                        1515047731,
                        784532753,
                        1019638077,
                        322148854,
                        291094520,
                        370500222,
                        899996969,
                        2115305425,
                        979986821,
                        471585472);
        assertThat(permuted(PUBLISHED, counting(24)))
                .containsExactly(
                        723511737,
                        87131171,
                        587052829,
                        1323145575,
                        949917837,
                        2060493993,
                        234724110,
                        834906887,
                        306751607,
                        1771020267,
                        329216878,
                        823818173,
                        765507096,
                        1447982946,
                        605505945,
                        247386051,
                        1223069940,
                        354661286,
                        233493652,
                        2075130821,
                        1961191294,
                        313483662,
                        1701936810,
                        1815724394);
    }

    @Test
    void givesOurInstancesAnswers() {
        assertThat(permuted(OURS, new int[24]))
                .containsExactly(
                        1522658060,
                        2023075869,
                        1518481958,
                        485657507,
                        866481299,
                        62481028,
                        1097979988,
                        456456052,
                        1222616155,
                        2099481190,
                        17287321,
                        528311524,
                        1511272417,
                        1034738511,
                        489891030,
                        1005344694,
                        1933516572,
                        639693089,
                        1662949063,
                        1965450571,
                        1593795569,
                        2085021412,
                        1827933658,
                        887088809);
        assertThat(permuted(OURS, counting(24)))
                .containsExactly(
                        1549489697,
                        1392605834,
                        1810402354,
                        396684556,
                        2114900155,
                        1594056404,
                        2113835086,
                        1819941981,
                        1267699917,
                        1032990564,
                        439806331,
                        1132260377,
                        1890048801,
                        1545226055,
                        410878207,
                        1907561472,
                        1233175177,
                        711369091,
                        283716184,
                        1348012719,
                        877267519,
                        1449249645,
                        98983143,
                        517562531);
    }

    @Test
    void isWhatThePaperSays() {
        SplittableRandom source = new SplittableRandom(24);
        for (int i = 0; i < 50; i++) {
            int[] state = i == 0 ? extreme() : Samples.array(source, 24);
            long[] canonical =
                    Arrays.stream(state).mapToLong(KoalaBear::canonical).toArray();
            OURS.permute(state);
            assertThat(Arrays.stream(state).mapToLong(KoalaBear::canonical))
                    .as("state %d", i)
                    .containsExactly(boxed(ReferencePoseidon2.permute(OURS, canonical)));
        }
    }

    private static int[] extreme() {
        int[] state = new int[24];
        Arrays.fill(state, KoalaBear.P - 1);
        return state;
    }

    private static Long[] boxed(long[] values) {
        return LongStream.of(values).boxed().toArray(Long[]::new);
    }

    @Test
    void theDiagonalIsThePublishedOne() {
        BigInteger p = BigInteger.valueOf(KoalaBear.P);
        BigInteger half = BigInteger.TWO.modInverse(p);
        int[] powers = {1, 8, 2, 3, 4, 5, 6, 24, -8, -3, -4, -5, -6, -7, -9, -24};
        int[] places = {3, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23};
        for (int i = 0; i < powers.length; i++) {
            BigInteger expected = half.modPow(BigInteger.valueOf(Math.abs(powers[i])), p);
            if (powers[i] < 0) expected = p.subtract(expected);
            assertThat(KoalaBear.canonical(OURS.diagonal(places[i]))).isEqualTo(expected.intValueExact());
        }
        assertThat(IntStream.of(0, 1, 2, 4, 5, 7, 8).map(i -> KoalaBear.canonical(OURS.diagonal(i))))
                .containsExactly(KoalaBear.P - 2, 1, 2, 3, 4, KoalaBear.P - 3, KoalaBear.P - 4);
        assertThat(KoalaBear.twice(OURS.diagonal(6))).isEqualTo(KoalaBear.neg(KoalaBear.ONE));
    }

    /** Every square submatrix is invertible. */
    @Test
    void theBlockMatrixIsMds() {
        long[][] m4 = ReferencePoseidon2.blockMatrix();
        for (int rows = 1; rows < 16; rows++) {
            for (int columns = 1; columns < 16; columns++) {
                if (Integer.bitCount(rows) != Integer.bitCount(columns)) continue;
                long[][] minor = minor(m4, bits(rows), bits(columns));
                assertThat(Matrices.determinant(minor))
                        .as("rows %d, columns %d", rows, columns)
                        .isNotZero();
            }
        }
    }

    private static int[] bits(int set) {
        return IntStream.range(0, 4).filter(i -> (set >> i & 1) != 0).toArray();
    }

    private static long[][] minor(long[][] matrix, int[] rows, int[] columns) {
        return Arrays.stream(rows)
                .mapToObj(row -> Arrays.stream(columns)
                        .mapToLong(column -> matrix[row][column])
                        .toArray())
                .toArray(long[][]::new);
    }

    @Test
    void bothLayersAreInvertible() {
        assertThat(Matrices.determinant(ReferencePoseidon2.externalMatrix(24))).isNotZero();
        assertThat(Matrices.determinant(ReferencePoseidon2.internalMatrix(OURS)))
                .isNotZero();
    }

    /**
     * What the paper demands of M_I so that no subspace trail with inactive S-boxes goes on for ever: the
     * characteristic polynomials of M_I, M_I^2, … are irreducible, so none of these leaves a proper subspace invariant.
     * The authors' script checks 2t powers.
     */
    @Test
    void noPowerOfTheInternalMatrixHasAnInvariantSubspace() {
        long[][] internal = ReferencePoseidon2.internalMatrix(OURS);
        long[][] power = internal;
        for (int exponent = 1; exponent <= 48; exponent++) {
            Polynomial characteristic = Matrices.characteristicPolynomial(power);
            assertThat(characteristic.isIrreducible()).as("M_I^%d", exponent).isTrue();
            power = Matrices.times(power, internal);
        }
    }

    /**
     * The check above is able to fail: with equal entries on the diagonal, differences of two elements are invariant.
     */
    @Test
    void aCarelessInternalMatrixHasOne() {
        long[][] careless = ReferencePoseidon2.internalMatrix(OURS);
        careless[5][5] = careless[4][4];
        assertThat(Matrices.characteristicPolynomial(careless).isIrreducible()).isFalse();
    }

    @Test
    void changesEveryElementWhenOneChanges() {
        int[] before = permuted(OURS, new int[24]);
        for (int i = 0; i < 24; i++) {
            int[] input = new int[24];
            input[i] = 1;
            int[] after = permuted(OURS, input);
            for (int j = 0; j < 24; j++)
                assertThat(after[j]).as("%d to %d", i, j).isNotEqualTo(before[j]);
        }
    }

    @Test
    void refusesAStateOfAnotherWidth() {
        assertThatThrownBy(() -> OURS.permute(new int[16])).isInstanceOf(AssertionError.class);
    }
}
