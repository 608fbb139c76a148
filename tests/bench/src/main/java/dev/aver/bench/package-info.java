/**
 * JMH benchmarks of parts and of the whole: how fast, never whether right. {@code tests/bench/run} starts them from the
 * root of the repository; figures worth keeping go into docs/performance.md with the command that repeats them.
 */
@NullMarked
package dev.aver.bench;

import org.jspecify.annotations.NullMarked;
