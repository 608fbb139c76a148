package dev.aver.zkvm.record;

/**
 * The instruction that ended the run.
 *
 * @param row its row in the program table
 * @param clk its cycle within the segment
 * @param number a7
 * @param numberTime time of a7's previous access
 * @param code a0, all 64 bits; the exit code is the low 32
 * @param codeTime time of a0's previous access
 * @param digestAddress a1 for halt; 0 for exit, which reads neither a1 nor memory
 * @param digestAddressTime time of a1's previous access; 0 for exit
 * @param digest the four words of the journal's digest; empty for exit
 * @param digestTimes times of the words' previous accesses
 */
public record HaltEvent(
        int row,
        int clk,
        long number,
        int numberTime,
        long code,
        int codeTime,
        long digestAddress,
        int digestAddressTime,
        long[] digest,
        int[] digestTimes) {}
