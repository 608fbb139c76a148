/*
 * The machine's system calls (docs/protocol.md, "System interface"). Programs use aver_io.h and the C library instead:
 * bytes written to the journal behind the library's back are not in the digest that it reports.
 */
#ifndef AVER_ECALL_H
#define AVER_ECALL_H

#include <stddef.h>
#include <stdint.h>

enum { AVER_FD_STDOUT = 1, AVER_FD_STDERR = 2, AVER_FD_JOURNAL = 3 };

enum { AVER_SYS_WRITE = 64, AVER_SYS_EXIT = 93, AVER_SYS_HALT = 0x1000 };

/* Returns what the machine leaves in a0; it keeps every other register. */
static inline long aver_ecall(long number, long arg0, long arg1, long arg2) {
    register long a7 __asm__("a7") = number;
    register long a0 __asm__("a0") = arg0;
    register long a1 __asm__("a1") = arg1;
    register long a2 __asm__("a2") = arg2;
    __asm__ volatile("ecall" : "+r"(a0) : "r"(a7), "r"(a1), "r"(a2) : "memory");
    return a0;
}

/*
 * Writes all of the bytes. The machine takes them in one call; user-mode qemu, where fd is a file, may take fewer or
 * none, and then the rest is dropped, as the machine's host does with what it cannot deliver.
 */
static inline void aver_write_all(int fd, const void *data, size_t size) {
    const char *next = (const char *)data;
    while (size > 0) {
        long taken = aver_ecall(AVER_SYS_WRITE, fd, (long)next, (long)size);
        if (taken <= 0) return;
        next += taken;
        size -= (size_t)taken;
    }
}

#endif
