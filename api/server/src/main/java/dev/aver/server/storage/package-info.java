/**
 * What the database and the blobs have in common: how storage fails, {@link dev.aver.server.storage.StorageException},
 * and how much room is left.
 */
@NullMarked
package dev.aver.server.storage;

import org.jspecify.annotations.NullMarked;
