/*
 * memcpy, memmove and memset by words; the C library's, built for size, go byte by byte. Stores are aligned. Loads are
 * aligned too where source and destination agree modulo 8; otherwise they cross words, which the machine does in one
 * instruction all the same (and counts as misaligned accesses).
 */

/* void *memmove(void *to, const void *from, size_t n) */
    .section .text.memmove, "ax", @progbits
    .globl memmove
    .type memmove, @function
memmove:
    sub     t0, a0, a1
    bltu    t0, a2, backward        /* from < to < from + n: copying upwards would overwrite the source */
    tail    memcpy                  /* copying upwards, word loads precede the stores that may overlap them */
backward:
    add     t1, a0, a2
    add     a1, a1, a2
    li      t0, 16
    bltu    a2, t0, 4f
1:  andi    t0, t1, 7
    beqz    t0, 2f
    addi    a1, a1, -1
    lbu     t2, 0(a1)
    addi    t1, t1, -1
    sb      t2, 0(t1)
    addi    a2, a2, -1
    j       1b
2:  li      t0, 8
3:  bltu    a2, t0, 4f
    addi    a1, a1, -8
    ld      t2, 0(a1)
    addi    t1, t1, -8
    sd      t2, 0(t1)
    addi    a2, a2, -8
    j       3b
4:  beqz    a2, 5f
    addi    a1, a1, -1
    lbu     t2, 0(a1)
    addi    t1, t1, -1
    sb      t2, 0(t1)
    addi    a2, a2, -1
    j       4b
5:  ret
    .size memmove, . - memmove

/* void *memcpy(void *to, const void *from, size_t n) */
    .section .text.memcpy, "ax", @progbits
    .globl memcpy
    .type memcpy, @function
memcpy:
    mv      t1, a0
    li      t0, 16
    bltu    a2, t0, 6f
1:  andi    t0, t1, 7
    beqz    t0, 2f
    lbu     t2, 0(a1)
    addi    a1, a1, 1
    sb      t2, 0(t1)
    addi    t1, t1, 1
    addi    a2, a2, -1
    j       1b
2:  li      t0, 32
3:  bltu    a2, t0, 4f
    ld      t2, 0(a1)
    ld      t3, 8(a1)
    ld      t4, 16(a1)
    ld      t5, 24(a1)
    sd      t2, 0(t1)
    sd      t3, 8(t1)
    sd      t4, 16(t1)
    sd      t5, 24(t1)
    addi    a1, a1, 32
    addi    t1, t1, 32
    addi    a2, a2, -32
    j       3b
4:  li      t0, 8
5:  bltu    a2, t0, 6f
    ld      t2, 0(a1)
    addi    a1, a1, 8
    sd      t2, 0(t1)
    addi    t1, t1, 8
    addi    a2, a2, -8
    j       5b
6:  beqz    a2, 7f
    lbu     t2, 0(a1)
    addi    a1, a1, 1
    sb      t2, 0(t1)
    addi    t1, t1, 1
    addi    a2, a2, -1
    j       6b
7:  ret
    .size memcpy, . - memcpy

/* void *memset(void *to, int byte, size_t n) */
    .section .text.memset, "ax", @progbits
    .globl memset
    .type memset, @function
memset:
    mv      t1, a0
    li      t0, 16
    bltu    a2, t0, 6f
    andi    a1, a1, 0xff            /* the byte, eight times */
    slli    t2, a1, 8
    or      a1, a1, t2
    slli    t2, a1, 16
    or      a1, a1, t2
    slli    t2, a1, 32
    or      a1, a1, t2
1:  andi    t0, t1, 7
    beqz    t0, 2f
    sb      a1, 0(t1)
    addi    t1, t1, 1
    addi    a2, a2, -1
    j       1b
2:  li      t0, 32
3:  bltu    a2, t0, 4f
    sd      a1, 0(t1)
    sd      a1, 8(t1)
    sd      a1, 16(t1)
    sd      a1, 24(t1)
    addi    t1, t1, 32
    addi    a2, a2, -32
    j       3b
4:  li      t0, 8
5:  bltu    a2, t0, 6f
    sd      a1, 0(t1)
    addi    t1, t1, 8
    addi    a2, a2, -8
    j       5b
6:  beqz    a2, 7f
    sb      a1, 0(t1)
    addi    t1, t1, 1
    addi    a2, a2, -1
    j       6b
7:  ret
    .size memset, . - memset
