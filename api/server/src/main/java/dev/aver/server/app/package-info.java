/** The server in one piece: settings, what does the work, the gateway before it, metrics, and how it ends. */
@NullMarked
package dev.aver.server.app;

import org.jspecify.annotations.NullMarked;
