// What differs between versions of LLVM and clang: the one table, read by the code, by
// `#if`, and by tests/versions.py. A row is the first major version that has something;
// what its name says is not so before it. Where the answer depends on who compiles the
// user's build, the code asks builder_llvm(); rows of libclang are about our own.
#pragma once

// --- What Arm64EC code of clang's is like --------------------------------------------

#define LLVM_ARM64EC             18 // entry and exit thunks at all: 18.1.0, llvm#79067
#define LLVM_POINTER_RECORDS     22 // records of pointers are lowered as pointers
#define LLVM_MCOUNT_ADDRESS      20 // mcount gets the address it was called from: llvm#121107
#define LLVM_VARIADIC_AGGREGATES 22 // lowered as x64 does, EC105, EC106: llvm#152411
#define LLVM_HALF                22 // thunks for halves, EC112: dies of one before
#define LLVM_ADDRESS             22 // rax after a hidden result, EC132: llvm#185452
#define LLVM_EXTERN_COMDAT       22 // available_externally code in a COMDAT; 19 dies of it
#define LLVM_TRAP                22 // ends in a trap where it ended in SIGSEGV, EC102
#define LLVM_VARIADIC_EXIT       23 // stack and numbers, EC103, EC134: llvm#208453
#define LLVM_AGGREGATES          23 // EC101, EC132, EC225: known of versions before it

// --- What libclang and the assembler tell --------------------------------------------

#define LLVM_ASM_CURSORS    21 // operands of assembly, also out of macros
#define LLVM_MEMBER_CURSORS 21 // members of instances of templates, offsets of bases
#define LLVM_IFUNC          22 // the attribute is known for Windows
#define LLVM_DEFER          22 // _Defer, -fdefer-ts
#define LLVM_NAMED_LOOPS    22 // `break name;`
#define LLVM_VIRTUAL_FILES  22 // files that are not on the disk are told apart
#define LLVM_ASM_PLACES     22 // columns of what an object format cannot express
#define LLVM_ASM_RECURSION  22 // symbols that are themselves: no error, but death later
#define LLVM_ASM_VARIABLES  22 // register variables that are refused for the register
