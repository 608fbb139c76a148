/*
 * Entry point of a C program. The machine starts with every register zero and with the whole image in memory, .bss
 * included (user-mode qemu does the same), so there is nothing to copy or to clear.
 */
    .section .text.start, "ax", @progbits
    .globl _start
    .type _start, @function
_start:
    .option push
    .option norelax
    la      gp, __global_pointer$
    .option pop
    la      sp, __stack_top
    la      tp, __tls_base

    la      s0, __preinit_array_start
    la      s1, __preinit_array_end
    call    call_each
    la      s0, __init_array_start
    la      s1, __init_array_end
    call    call_each

    li      a0, 0
    li      a1, 0
    call    main
    call    exit                    /* runs atexit handlers and destructors, then _exit; does not return */
    .size _start, . - _start

/* Calls the functions whose addresses are the words from s0 up to s1. */
    .type call_each, @function
call_each:
    mv      s2, ra
1:  bgeu    s0, s1, 2f
    ld      t0, 0(s0)
    addi    s0, s0, 8
    jalr    t0
    j       1b
2:  jr      s2
    .size call_each, . - call_each
