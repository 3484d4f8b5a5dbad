// Calling conventions, naked functions, floats that no thunk carries.
pub unsafe extern "sysv64" fn a() {} // expect-error EC411 {{"sysv64"}}
type B = extern "fastcall-unwind" fn(); // expect-warning EC411 {{"fastcall-unwind"}}
unsafe extern "vectorcall" { // expect-error EC411 {{use "C"}}
    fn c();
}
pub extern "C" fn d() {}
pub extern "system" fn e(callback: extern "C-unwind" fn()) {}
#[cfg(target_arch = "x86_64")]
pub unsafe extern "win64" fn f() {}
#[naked] // expect-error EC409 {{'g'}}
pub unsafe extern "C" fn g() { core::arch::naked_asm!("ret") }
#[cfg(not(target_arch = "arm64ec"))]
#[unsafe(naked)]
pub unsafe extern "C" fn h() { core::arch::naked_asm!("ret") }
pub extern "C" fn i(x: f128) -> f128 { x } // expect-error EC412 {{'i'}} expect-error EC412 {{'i'}}
fn j(x: f128, y: &f128, z: [f128; 2]) {}
pub fn k(x: &f128, y: *const f128, z: f16) {}
#[link(name = "x", kind = "raw-dylib", import_name_type = "undecorated")] // expect-warning EC422 {{only supported on x86}}
extern "C" { fn l(); static M: u32; }
const TEXT: &str = "extern \"win64\" fn";
macro_rules! n { () => { extern "win64" fn o() {} } }
