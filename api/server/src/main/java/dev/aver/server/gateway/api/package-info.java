/**
 * The service in the contract's words: every call of {@code aver.v1} as an
 * {@link dev.aver.server.gateway.api.Operation} on its messages, said once. gRPC and REST offer these operations, and
 * nothing else.
 */
@NullMarked
package dev.aver.server.gateway.api;

import org.jspecify.annotations.NullMarked;
