package dev.aver.verifier.pcs;

/**
 * A committed matrix: columns of equal length, each standing for the polynomial that takes these values on the subgroup
 * of 2^logHeight elements.
 *
 * @param logHeight the logarithm of the trace's number of rows (the codewords are longer), from
 *     {@link Parameters#MIN_LOG_HEIGHT} to {@link Parameters#maxLogHeight}
 * @param width the number of columns, at least 1
 * @param next whether it is opened in the next row too: at ζ·g beside ζ, g being the generator of that subgroup
 */
public record OpenedMatrix(int logHeight, int width, boolean next) {
    /** The number of points at which each column is opened. */
    public int points() {
        return next ? 2 : 1;
    }
}
