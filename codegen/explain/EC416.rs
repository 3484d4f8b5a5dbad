// The target's architecture comes to a build script as a string, in
// CARGO_CFG_TARGET_ARCH and TARGET, and no compiler looks at it. On Arm64EC it is
// "arm64ec", and the triple "arm64ec-pc-windows-msvc" contains "arm", but not
// "aarch64". cfg! and std::env::consts::ARCH tell of the host.
//
// Ask for "arm64ec" where "aarch64" is asked for, or where "x86_64" is, by what
// the branch does: assembly and compilers' flags go with aarch64, libraries and
// folders of DLLs with x86_64.
//
// Not flagged: conditions that ask for another system, too; a match without an
// aarch64 arm; a file that knows "arm64ec".
//
// Source: cmake-rs#280, compiler-builtins#580, cc-rs#1511.
fn main() {
    let arch = std::env::var("CARGO_CFG_TARGET_ARCH").unwrap();
    match arch.as_str() {
        "x86_64" => println!("cargo:rustc-cfg=wide"),
        "aarch64" => println!("cargo:rustc-cfg=neon"),
        _ => panic!("unknown architecture"), // expect-warning EC416 {{default case}}
    }
}
