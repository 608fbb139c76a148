/**
 * The rules of docs/architecture.md that a machine can check: which module may depend on which, which package knows
 * which, nothing ambient, and a page of introduction with null annotations in every package.
 */
@NullMarked
package dev.aver.tests.architecture;

import org.jspecify.annotations.NullMarked;
