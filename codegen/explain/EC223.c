// flags: clang --target=arm64ec-pc-windows-msvc -mllvm -arm64ec-generate-thunks=false
// The compile command switches a part of LLVM's Arm64EC lowering off. Both flags
// exist for LLVM's own tests:
//
//     -mllvm -arm64ec-generate-thunks=false
//         no thunks, and no '#' in front of names
//     -mllvm -arm64ec-lower-direct-to-indirect=false
//         no exit thunks for direct calls
//
// An object without them does not link with others, or not with x64 functions
// that it calls.
//
// Remove the flag from the command of this file. 'thunks' and 'abi' tell what such
// an object has; without any thunks, nothing else of the ABI is found in it.
//
// Seen with LLVM 22.1.
int answer(void) // expect-warning@1 EC223 {{-arm64ec-generate-thunks=false}}
{
    return 42;
}
