/*
 * What the samples share: reading an input that nobody vouches for, and the exit codes by which they refuse it.
 */
#ifndef SAMPLE_H
#define SAMPLE_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aver_io.h"

enum {
    EXIT_MALFORMED = 2,  /* the input does not have the sample's format */
    EXIT_REJECTED = 3,   /* it does, but what it claims is false */
};

__attribute__((noreturn)) static inline void refuse(int code, const char *why) {
    fputs(why, stderr);
    fputc('\n', stderr);
    exit(code);
}

/* The part of the input that has not been read yet. */
struct reader {
    const uint8_t *next;
    size_t left;
};

static inline struct reader open_input(void) {
    struct reader in;
    read_input(&in.next, &in.left);
    return in;
}

static inline const uint8_t *take(struct reader *in, size_t size) {
    if (size > in->left) refuse(EXIT_MALFORMED, "the input ends too early");
    const uint8_t *bytes = in->next;
    in->next += size;
    in->left -= size;
    return bytes;
}

/* Integers are little-endian, as the machine is. */
static inline uint32_t take_u32(struct reader *in) {
    uint32_t value;
    memcpy(&value, take(in, sizeof value), sizeof value);
    return value;
}

static inline uint64_t take_u64(struct reader *in) {
    uint64_t value;
    memcpy(&value, take(in, sizeof value), sizeof value);
    return value;
}

static inline void expect_end(const struct reader *in) {
    if (in->left != 0) refuse(EXIT_MALFORMED, "the input has bytes left over");
}

static inline void print_hex(const char *label, const uint8_t *bytes, size_t size) {
    fputs(label, stdout);
    for (size_t i = 0; i < size; i++) printf("%02x", bytes[i]);
    putchar('\n');
}

#endif
