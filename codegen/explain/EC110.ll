; LLVM's Arm64EC thunks have no floating-point type of more than 64 bits: fp128,
; x86_fp80 or ppc_fp128 as a parameter or result aborts code generation ("Only
; 16, 32, and 64 bit floating points are supported for ARM64EC thunks"). That
; holds for every definition that x64 code can reach, for calls of what is only
; declared, and for calls through pointers. In Rust it is f128.
;
; Pass a pointer to the value, or an array or structure of one: those are moved
; as bytes.
;
; Not flagged: internal functions whose address nobody takes, arrays and
; structures of such values, values inside a function.
;
; Source: LLVM 19.1.7 and 22.1.8, tried; llvm#94434.
target triple = "arm64ec-pc-windows-msvc"

declare void @measure(fp128)

define void @run(fp128 %x, ptr %p) { ; expect-error EC110 {{'fp128' in the signature of 'run'}}
  call void @measure(fp128 %x) ; expect-error EC110 {{'measure'}}
  call void %p(fp128 %x) ; expect-error EC110 {{indirect}}
  %y = call fp128 @half(fp128 %x)
  call void @in_memory([1 x fp128] poison)
  ret void
}

define internal fp128 @half(fp128 %x) {
  ret fp128 %x
}

declare void @in_memory([1 x fp128])
