/**
 * Who may ask: API keys, {@link dev.aver.server.keys.Keys}. A key is 256 random bits, shown once; the store has its
 * hash.
 */
@NullMarked
package dev.aver.server.keys;

import org.jspecify.annotations.NullMarked;
