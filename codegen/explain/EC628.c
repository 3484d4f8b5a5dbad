// flags: clang --target=arm64ec-pc-windows-msvc -fplugin=./style.so
// The compile command has a flag that would run or load something (-fplugin,
// -Xclang -load, a compiler wrapper), read files outside of the project
// (@file), or lift one of the compiler's limits. Opening a folder must not run
// its code, so such flags are refused, and the file is analysed without them.
//
// Remove the flag from the compile command, or leave it there: the build is not
// affected, and the analysis misses only what the flag would have added.
//
// Said once for each flag.
int answer(void) // expect-warning@1 EC628 {{-fplugin=./style.so}}
{
    return 42;
}
