// Windows' metadata has an integer where C has a union: LARGE_INTEGER is i64 in
// windows-sys. An x64 caller passes both alike, but the thunks have different
// names ("i8" and "m8"), and MSVC's linker says LNK4279 when it meets both.
//
// Nothing is wrong at run time. Declare the union where the linker's warning
// counts.
//
// Not flagged: pointers to it; other functions.
//
// Source: microsoft/win32metadata#2111.
#[link(name = "kernel32")]
extern "system" {
    fn SetFilePointerEx(file: isize, to: i64, new: *mut i64, how: u32) -> i32; // expect-info EC424
}
