; A call with a "ptrauth" operand bundle authenticates its target (arm64e).
; Arm64EC calls go through the checker of Windows, and LLVM has no instruction
; for both: "Cannot select: AArch64ISD::AUTH_CALL".
;
; Call without the bundle.
;
; Source: LLVM 19.1.7 and 22.1.8, tried.
target triple = "arm64ec-pc-windows-msvc"

define void @run(ptr %p) {
  call void %p() [ "ptrauth"(i32 0, i64 42) ] ; expect-error EC222 {{authenticated}}
  ret void
}
