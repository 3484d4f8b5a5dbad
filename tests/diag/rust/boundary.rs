// What the rules of the ABI say of Rust.
// builder: rustc-1.96
use std::ffi::{c_char, c_double, c_int};

#[repr(C)]
pub struct Three { a: i32, b: i32, c: i32 }
#[repr(C)]
pub struct Four { a: [f32; 4] }
#[repr(transparent)]
pub struct Handle(*mut u8);
#[repr(C)]
pub union Number { i: i64, f: f64 }
pub struct Loose { a: u8, b: u16 }
#[repr(C)]
pub struct Five([u8; 5]);

#[no_mangle]
pub extern "C" fn three(x: &Three) -> Three { loop {} } // expect-warning EC132 {{'three'}}
#[no_mangle]
pub extern "C" fn right(a: Four, b: Handle, c: Number, d: Option<&Three>, e: bool) -> Four { loop {} }
#[no_mangle]
pub extern "C" fn loose(a: Loose) {}
#[no_mangle]
pub extern "C" fn wide(a: u128) -> u128 { a } // expect-warning EC107 {{'wide'}}
extern "C" fn private(a: Five) {}
#[no_mangle]
pub extern "C" fn generic<T>(a: Five, b: T) {}
#[cfg(target_arch = "x86_64")]
#[no_mangle]
pub extern "C" fn guarded(a: Five) {}

extern "C" {
    fn five() -> Five;
    fn never(a: Five);
    fn printf(format: *const c_char, ...) -> c_int;
    fn record(format: *const c_char, ...) -> c_int;
    fn scaled(by: c_double, ...) -> c_int;
}

fn calls() {
    unsafe {
        five(); // expect-warning EC413 {{returning 'Five'}}
        printf(c"%d %d %d %d".as_ptr(), 1, 2, 3, 4);
        record(c"%d".as_ptr(), 1);
        record(c"%d %d %d %d".as_ptr(), 1, 2, 3, 4); // expect-hint EC103
        scaled(1.0, 2); // expect-hint EC134
    }
}
