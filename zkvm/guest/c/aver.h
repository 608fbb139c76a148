/*
 * What an Aver program can ask of its machine beyond the Ethereum zkVM standard (aver_io.h, zkvm_accelerators.h).
 */
#ifndef AVER_H
#define AVER_H

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Marks the start and the end of a region that `aver run --profile` shows by name. Regions nest and end in the reverse
 * order of their starts; name is a NUL-terminated string in memory that does not change while the program runs.
 *
 * Both are HINT instructions that the RISC-V manual designates for custom use (SLTI with rd = x0): begin is
 * `slti x0, rs1, 1` with the name's address in rs1, end is `slti x0, x0, 2`. They cost one instruction (begin also loads
 * the address), change no state, do nothing on any other RISC-V implementation, and are proved as the no-ops they are.
 * Always inlined, without optimisation too: a region ends with the call that it began in.
 */
__attribute__((always_inline)) static inline void aver_region_begin(const char *name) {
    __asm__ volatile("slti x0, %0, 1" : : "r"(name) : "memory");
}

__attribute__((always_inline)) static inline void aver_region_end(void) {
    __asm__ volatile("slti x0, x0, 2" : : : "memory");
}

#ifdef __cplusplus
}
#endif

#endif
