//! The machine's system calls (docs/protocol.md, "System interface").

use core::arch::asm;

pub const STDOUT: usize = 1;
pub const STDERR: usize = 2;
pub const JOURNAL: usize = 3;

const WRITE: usize = 64;
const EXIT: usize = 93;
const HALT: usize = 0x1000;

/// A SHA-256 digest where the halt call wants it.
#[repr(C, align(8))]
pub struct Digest(pub [u8; 32]);

/// Writes all of `data`. The machine takes it in one call; user-mode qemu, where `fd` is a file, may take less or
/// nothing, and then the rest is dropped, as the machine's host does with what it cannot deliver.
pub fn write(fd: usize, mut data: &[u8]) {
    while !data.is_empty() {
        // SAFETY: the call reads `data` and writes nothing.
        let taken = unsafe { ecall(WRITE, fd, data.as_ptr().addr(), data.len()) }.cast_signed();
        if taken <= 0 {
            return;
        }
        data = data.get(taken.cast_unsigned()..).unwrap_or_default();
    }
}

/// Ends a program whose journal has this digest. User-mode qemu does not know the halt call and returns from it, as it
/// does not know journals: there the plain exit follows.
pub fn halt(code: u32, journal: &Digest) -> ! {
    // SAFETY: the call reads `journal`, which is aligned, and touches no other memory.
    unsafe { ecall(HALT, code as usize, core::ptr::from_ref(journal).expose_provenance(), 0) };
    exit(code)
}

/// Ends a program that has written no journal.
pub fn exit(code: u32) -> ! {
    // SAFETY: the call does not return.
    unsafe { asm!("ecall", in("a7") EXIT, in("a0") code as usize, options(noreturn, nostack)) }
}

/// Returns what the machine leaves in a0; it keeps every other register.
unsafe fn ecall(number: usize, arg0: usize, arg1: usize, arg2: usize) -> usize {
    let result;
    // SAFETY: the caller vouches for what the call does to memory.
    unsafe {
        asm!("ecall", in("a7") number, inlateout("a0") arg0 => result, in("a1") arg1, in("a2") arg2, options(nostack));
    }
    result
}
