/**
 * What anyone runs to check a receipt: the claim it makes, the policy it is held to, and
 * {@link dev.aver.verifier.InvalidReceiptException}, the only thing a rejected receipt ever throws.
 */
@NullMarked
package dev.aver.verifier;

import org.jspecify.annotations.NullMarked;
