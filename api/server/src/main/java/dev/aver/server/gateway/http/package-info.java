/** The HTTP server under both transports: one port, TLS, connections, and which request goes where. */
@NullMarked
package dev.aver.server.gateway.http;

import org.jspecify.annotations.NullMarked;
