package dev.aver.server.service;

import java.time.Instant;

/**
 * A program that jobs can name. Programs are public to all keys of a server: they are registered by content.
 *
 * @param id lower-case hexadecimal SHA-256 of the ELF file
 * @param imageId what receipts of it say, in hexadecimal
 * @param name the name that the first to register it gave it, or empty
 * @param bytes the file's size
 * @param registered when
 */
public record RegisteredProgram(String id, String imageId, String name, long bytes, Instant registered) {}
