/*
 * picolibc's stdout and stderr on the machine's console. Both are line-buffered: a line costs one system call, and a
 * trap loses at most the line being written.
 */
#include <stdio.h>

#include "aver_ecall.h"
#include "aver_exit.h"

#define BUFFER_SIZE 256

struct console {
    FILE file;  /* first, so that a FILE pointer is a console pointer */
    int fd;
    int used;
    char buffer[BUFFER_SIZE];
};

static int console_flush(FILE *file) {
    struct console *console = (struct console *)file;
    aver_write_all(console->fd, console->buffer, console->used);
    console->used = 0;
    return 0;
}

static void flush_both(void);

static int console_put(char c, FILE *file) {
    struct console *console = (struct console *)file;
    aver_flush_console = flush_both;
    console->buffer[console->used++] = c;
    if (c == '\n' || console->used == BUFFER_SIZE) console_flush(file);
    return (unsigned char)c;
}

#define CONSOLE(fd) {FDEV_SETUP_STREAM(console_put, NULL, console_flush, _FDEV_SETUP_WRITE), fd, 0, {0}}

static struct console out = CONSOLE(AVER_FD_STDOUT);
static struct console err = CONSOLE(AVER_FD_STDERR);

static void flush_both(void) {
    console_flush(&out.file);
    console_flush(&err.file);
}

FILE *const stdout = &out.file;
FILE *const stderr = &err.file;
