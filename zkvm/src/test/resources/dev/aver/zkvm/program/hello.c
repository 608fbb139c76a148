/* What picolibc's own linker script and start-up code make of a small program. */
#include <stdio.h>
#include <stdlib.h>

__thread int counter = 3;
static int *volatile heap;
static const char text[] = "data in text";

static int put(char c, FILE *file) {
    (void)file;
    return c;
}

static FILE out = FDEV_SETUP_STREAM(put, 0, 0, _FDEV_SETUP_WRITE);
FILE *const stdout = &out;

void _exit(int code) {
    register long a0 asm("a0") = code;
    register long a7 asm("a7") = 93;
    asm volatile("ecall" : : "r"(a0), "r"(a7));
    __builtin_unreachable();
}

int main(void) {
    heap = malloc(64);
    *heap = counter;
    printf("%s %d\n", text, *heap);
    return 0;
}
