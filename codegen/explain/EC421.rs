// builder: rustc-1.86
// rustc of the first half of 2025 decorates a static of another crate or DLL as
// if it were a function: the linker looks for "#COUNT", and no static has such a
// name ("unresolved external symbol").
//
// Update rustc; 1.90 and newer leave statics alone.
//
// Said only where the version is known: --builder=rustc-1.86, or the builder
// of the settings. Not flagged: functions; statics of this crate.
//
// Source: rust-lang/rust#138541, #142742, #143253; in which releases exactly was
// not tried.
extern "C" {
    static COUNT: u32; // expect-warning EC421 {{'#COUNT'}}
}
