/**
 * The verifier against a second one: {@code tests/second-verifier}, in another language, written from docs/protocol.md.
 */
@NullMarked
package dev.aver.tests.verification;

import org.jspecify.annotations.NullMarked;
