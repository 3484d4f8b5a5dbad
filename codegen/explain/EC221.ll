; Most calling conventions of LLVM belong to one processor. For AArch64 LLVM
; knows fastcc, tailcc, swiftcc, preserve_*cc and a few more; with all others
; code generation ends in "unsupported calling convention", or in a crash.
;
; Use the C calling convention.
;
; Not flagged: conventions that AArch64 has, and win64cc, which is C's here.
;
; Source: LLVM 19.1.7 and 22.1.8, every convention tried.
target triple = "arm64ec-pc-windows-msvc"

declare x86_vectorcallcc float @dot(float)

define coldcc void @fail() { ; expect-error EC221 {{'coldcc' of 'fail'}}
  %a = call x86_vectorcallcc float @dot(float 1.0) ; expect-error EC221 {{'x86_vectorcallcc'}}
  ret void
}

define internal fastcc void @fine() {
  ret void
}
