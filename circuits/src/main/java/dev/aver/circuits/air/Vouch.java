package dev.aver.circuits.air;

/**
 * A claim of a table's author that an audit cannot derive, with the reason to believe it: that an expression is in the
 * range in which its place in a message needs it.
 *
 * @param expr what stands in the message
 * @param reason a sentence that a reviewer can check
 */
public record Vouch(Expr expr, String reason) {}
