// A repr(C) struct by value whose size or shape x64 code passes otherwise. Of 3,
// 5, 6 or 7 bytes: x64 passes a pointer, the Arm64EC thunk of LLVM before 23 the
// bytes (EC101 in C). Of one f32 or f64: x64 passes it in an integer register, and
// rustc's thunk, which takes it for the bare number, looks into an xmm register.
// Nobody warns, and the values are wrong.
//
// Pass a pointer, or pad the struct to 4 or 8 bytes; pass the number itself in
// place of a struct of one.
//
// Not flagged: sizes of 1, 2, 4, 8 and more than 8 bytes; functions that x64 code
// never meets; signatures with types of other files, which nobody can tell here.
//
// Source: rustc 1.96, its thunks against clang's code for x86_64;
// llvm/llvm-project#79067.
#[repr(C)]
pub struct Rgb {
    r: u8,
    g: u8,
    b: u8,
}

#[repr(C)]
pub struct Scale(f32);

#[no_mangle]
pub extern "C" fn mix(color: Rgb, amount: u32) -> u32 { // expect-warning EC413 {{'Rgb' (3 bytes)}}
    color.r as u32 * amount
}

#[no_mangle]
pub extern "C" fn zoom(scale: Scale) -> u32 { // expect-warning EC413 {{integer register}}
    scale.0 as u32
}
