use core::panic::PanicInfo;

/// What a Rust program under an operating system reports for a panic.
const PANICKED: u32 = 101;

#[panic_handler]
fn panic(info: &PanicInfo<'_>) -> ! {
    crate::eprintln!("{info}");
    super::io::exit(PANICKED)
}
