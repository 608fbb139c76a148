/**
 * What the server must not forget: one narrow interface, {@link dev.aver.server.store.Store}, its rows, and its
 * implementation on an embedded SQLite, {@link dev.aver.server.store.SqliteStore}. Every call that changes something is
 * one transaction, durable when it returns; jobs go forward only, which the database itself enforces.
 */
@NullMarked
package dev.aver.server.store;

import org.jspecify.annotations.NullMarked;
