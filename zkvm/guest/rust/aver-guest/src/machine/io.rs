//! Input, journal and end of the program.

use core::{cell::RefCell, ptr, slice};

use super::{
    ecall::{self, Digest},
    one_hart::OneHart,
};
use crate::Sha256;

const INPUT_LENGTH: usize = 0x8000_0000;
const INPUT_DATA: usize = INPUT_LENGTH + 8;
/// The input half's last page is the host's.
const INPUT_END: usize = 0x1_0000_0000 - 512;

/// The hash of what was written to the journal; none before the first write.
static JOURNAL: OneHart<Option<Sha256>> = OneHart(RefCell::new(None));

/// The program's private input, in place. Always the same bytes.
///
/// # Panics
/// If the input's length, which the prover chooses, is more than the input half of memory holds.
#[must_use]
pub fn read_input() -> &'static [u8] {
    // SAFETY: the input half is mapped from its first word on. Volatile: nothing in the program writes this word.
    let length = unsafe { ptr::with_exposed_provenance::<usize>(INPUT_LENGTH).read_volatile() };
    // A program that trusted the length could be led around the address space.
    assert!(length <= INPUT_END - INPUT_DATA, "an input length of {length}");
    // SAFETY: these bytes are mapped and belong to no other object.
    unsafe { slice::from_raw_parts(ptr::with_exposed_provenance(INPUT_DATA), length) }
}

/// Appends `data` to the journal, the program's public output, which the proof covers.
pub fn write_output(data: &[u8]) {
    JOURNAL.0.borrow_mut().get_or_insert_default().update(data);
    ecall::write(ecall::JOURNAL, data);
}

/// Ends the program. What was written to the journal stays part of the result, whatever the code.
pub fn exit(code: u32) -> ! {
    match JOURNAL.0.borrow_mut().take() {
        Some(hash) => ecall::halt(code, &Digest(hash.finish())),
        None => ecall::exit(code),
    }
}
