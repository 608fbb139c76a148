/* Text, initialised and zero data, thread-local storage, two system calls: every kind of segment that linkers emit. */
static volatile int zeros[100000];
static volatile int numbers[3] = {1, 2, 3};
__thread int local = 5;

__attribute__((noinline)) static long system_call(long number, long argument) {
    register long a0 asm("a0") = argument;
    register long a7 asm("a7") = number;
    asm volatile("ecall" : "+r"(a0) : "r"(a7) : "memory");
    return a0;
}

long answer(void) {
    return zeros[17] + numbers[2];
}

void _start(void) {
    system_call(93, answer());
    __builtin_trap();
}
