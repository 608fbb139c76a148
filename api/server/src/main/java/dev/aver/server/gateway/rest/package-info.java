/**
 * The operations over HTTP and JSON: one table of routes, protobuf's JSON form of the same messages, bytes as bodies,
 * events as server-sent events, and errors as problem documents. The OpenAPI document is made from the table and the
 * contract.
 */
@NullMarked
package dev.aver.server.gateway.rest;

import org.jspecify.annotations.NullMarked;
