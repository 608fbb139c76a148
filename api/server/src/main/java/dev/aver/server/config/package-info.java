/** How a server is set up: one table of settings, and the places that their values come from. */
@NullMarked
package dev.aver.server.config;

import org.jspecify.annotations.NullMarked;
