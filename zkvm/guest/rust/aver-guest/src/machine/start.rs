//! Entry point. The machine starts with every register zero and with the whole image in memory, `.bss` included
//! (user-mode qemu does the same), so there is nothing to copy or to clear. The symbols are from `aver.ld`.

use core::arch::global_asm;

global_asm!(
    ".pushsection .text.start, \"ax\", @progbits",
    ".globl _start",
    ".type _start, @function",
    "_start:",
    ".option push",
    ".option norelax",
    "la gp, __global_pointer$",
    ".option pop",
    "la sp, __stack_top",
    "la tp, __tls_base", // for C code linked into the program; Rust without std has no thread-local data
    "call {start}",
    ".size _start, . - _start",
    ".popsection",
    start = sym start,
);

unsafe extern "C" {
    safe fn aver_guest_main();
}

extern "C" fn start() -> ! {
    aver_guest_main();
    super::io::exit(0)
}

/// Names the program's main function: `entry!(main);` for an `fn main()`. When it returns, the program ends with exit
/// code 0.
#[macro_export]
macro_rules! entry {
    ($main:path) => {
        #[unsafe(no_mangle)]
        extern "C" fn aver_guest_main() {
            let main: fn() = $main;
            main();
        }
    };
}
