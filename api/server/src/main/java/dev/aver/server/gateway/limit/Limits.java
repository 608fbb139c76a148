package dev.aver.server.gateway.limit;

/**
 * How much at once, and how often.
 *
 * @param connections open connections
 * @param requests requests in work, without those that wait
 * @param waits requests that wait for a job or watch it
 * @param perAccount of the two before, for one account each
 * @param accountRate requests of one account in a second
 * @param accountBurst and at once
 * @param addressRate requests from one address in a second
 * @param addressBurst and at once
 */
public record Limits(
        int connections,
        int requests,
        int waits,
        int perAccount,
        double accountRate,
        double accountBurst,
        double addressRate,
        double addressBurst) {}
