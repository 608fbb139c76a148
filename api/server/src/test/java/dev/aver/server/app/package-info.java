/** A whole server, with its settings, before a service that keeps everything in memory. */
@NullMarked
package dev.aver.server.app;

import org.jspecify.annotations.NullMarked;
