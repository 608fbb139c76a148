/**
 * The prover's kernels on vectors, with the JDK's incubating Vector API.
 *
 * <p>Nothing outside this package names {@code jdk.incubator.vector}, and a class of this package is loaded only where
 * that module is present. Every kernel gives the same elements as its scalar counterpart, for any number of lanes.
 */
@NullMarked
package dev.aver.prover.backend.simd;

import org.jspecify.annotations.NullMarked;
