/*
 * What has to happen before the program ends, set by the parts of the library that need it when they are first used: a
 * program without a journal or without stdio links neither.
 */
#ifndef AVER_EXIT_H
#define AVER_EXIT_H

#include <stdint.h>

/* Writes out what the console still buffers; NULL if nothing was printed. */
extern void (*aver_flush_console)(void);

/* Finishes the journal and returns the address of its SHA-256, 8-byte aligned; NULL if the journal is empty. */
extern const uint8_t *(*aver_finish_journal)(void);

#endif
