/**
 * The operations over gRPC: its framing on HTTP/2 requests, status and error details, health and reflection. Messages
 * and method descriptions are grpc-java's; a call is blocking code on a virtual thread that pulls what it reads.
 */
@NullMarked
package dev.aver.server.gateway.grpc;

import org.jspecify.annotations.NullMarked;
