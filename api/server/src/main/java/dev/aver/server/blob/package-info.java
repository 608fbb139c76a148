/**
 * Files of the server's own: programs, inputs, receipts, profiles, each written once under a random id, whole or not at
 * all, and private ones encrypted. {@link dev.aver.server.blob.BlobStore} is the directory,
 * {@link dev.aver.server.blob.BlobCipher} the encryption.
 */
@NullMarked
package dev.aver.server.blob;

import org.jspecify.annotations.NullMarked;
