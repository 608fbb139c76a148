/**
 * What the tests here share: sample values with the edges first, and plain polynomial arithmetic over K as an oracle,
 * which uses nothing of the code that it judges.
 */
@NullMarked
package dev.aver.circuits.testing;

import org.jspecify.annotations.NullMarked;
