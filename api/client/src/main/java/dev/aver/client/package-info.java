/**
 * A proving server's client. {@link dev.aver.client.AverClient} blocks, {@link dev.aver.client.AsyncClient} gives
 * futures; both repeat what may be repeated, as the server's hints say, and know the same calls.
 */
@NullMarked
package dev.aver.client;

import org.jspecify.annotations.NullMarked;
