// builder: rustc-1.89
// #[link(kind = "raw-dylib")] makes the import library itself. For Arm64EC it was
// wrong before LLVM 18.1.2, and imports by ordinal were before rustc 1.91;
// import_name_type is for 32-bit x86 alone, and an error on every other target.
//
// Update rustc, or import by name.
//
// The first two are said only where the version is known: --builder=rustc-1.89,
// or the builder of the settings. Not flagged: raw-dylib with a newer rustc.
//
// Source: rustc's page of the target arm64ec-pc-windows-msvc; rust-lang/rust#145112.
#[link(name = "service", kind = "raw-dylib")]
extern "system" {
    #[link_ordinal(7)] // expect-warning EC422 {{by ordinal}}
    fn start();
}
