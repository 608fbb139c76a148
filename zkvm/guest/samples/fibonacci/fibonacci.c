/*
 * The n-th Fibonacci number modulo 2^64.
 *
 * Input: n (u64); none at all means n = 250,000. Journal: n (u64), F(n) mod 2^64 (u64).
 */
#include "sample.h"

#define DEFAULT_N 250000

int main(void) {
    struct reader in = open_input();
    uint64_t n = in.left == 0 ? DEFAULT_N : take_u64(&in);
    expect_end(&in);

    uint64_t current = 0, next = 1;
    for (uint64_t i = 0; i < n; i++) {
        uint64_t sum = current + next;
        current = next;
        next = sum;
    }

    printf("F(%lu) mod 2^64 = %lu\n", n, current);
    write_output((const uint8_t *)&n, sizeof n);
    write_output((const uint8_t *)&current, sizeof current);
    return 0;
}
