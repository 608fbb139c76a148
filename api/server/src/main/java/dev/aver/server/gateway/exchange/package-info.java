/**
 * One HTTP request and its response as plain blocking input and output, for code on virtual threads. Both directions
 * are bounded: nothing is read that no one asked for, and a write returns when the network has taken it.
 */
@NullMarked
package dev.aver.server.gateway.exchange;

import org.jspecify.annotations.NullMarked;
