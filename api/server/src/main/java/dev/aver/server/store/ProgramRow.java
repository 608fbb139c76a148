package dev.aver.server.store;

import dev.aver.server.service.RegisteredProgram;

/**
 * A program and where its file is.
 *
 * @param blob the file's
 */
public record ProgramRow(RegisteredProgram program, String blob) {}
