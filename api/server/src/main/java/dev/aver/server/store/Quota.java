package dev.aver.server.store;

/**
 * What an account may use.
 *
 * @param unfinishedJobs queued and running
 * @param cyclesADay executed on its behalf, by days of UTC
 * @param storedBytes inputs and receipts
 */
public record Quota(int unfinishedJobs, long cyclesADay, long storedBytes) {}
