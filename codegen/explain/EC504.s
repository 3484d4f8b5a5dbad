// C code for Arm64EC calls '#foo', never 'foo'. A function of that name alone is
// x64's name: the linker finds it through a guest exit thunk, so that every call
// takes the slow way through the call checker, or does not find it at all.
//
// Name it "#foo", and let the plain name be an alias of it, as compilers do:
//
//     .weak_anti_dep foo
//     foo = "#foo"
//
// A source that is built for ARM64 as well does so behind the preprocessor's
// guard: #if defined(__arm64ec__) || defined(_M_ARM64EC).
//
// Not flagged: local labels, data, thunks, names that are an alias of a decorated
// one.
//
// Source: seen with lld 22.1.8; "Understanding Arm64EC ABI and assembly code" of
// Microsoft; boost.context and psm, whose ARM64 sources differ only in this.
    .globl foo
    .p2align 2
foo: // expect-warning EC504 {{'#foo'}}
    add w0, w0, #1
    ret
