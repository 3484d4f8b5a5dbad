// The calling convention does not exist on Arm64EC. rustc ends with error E0570
// for win64, sysv64, vectorcall, efiapi, thiscall and aapcs, and warns of stdcall,
// fastcall and cdecl, which will be errors.
//
// Use extern "system" for functions of Windows and extern "C" for others: on
// Arm64EC both mean the one convention that there is, and the thunks translate
// it for x64 code.
//
// Not flagged: what any condition keeps away from arm64ec.
//
// Source: rustc 1.95, 1.96; rust-lang/rust#137018.
pub type Callback = unsafe extern "win64" fn(u32) -> u32; // expect-error EC411 {{"win64"}}

extern "stdcall" { // expect-warning EC411 {{use "system"}}
    pub fn GetTickCount() -> u32;
}
