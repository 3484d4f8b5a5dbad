; LLVM's Arm64EC pass returns a small aggregate as an integer of its size. An
; aggregate of no size would be an integer of no bits, and LLVM dies (SIGTRAP).
;
; Return void.
;
; Not flagged: parameters of no size, which are dropped; definitions.
;
; Source: LLVM 19.1.7 and 22.1.8, tried.
target triple = "arm64ec-pc-windows-msvc"

declare {} @nothing()
declare void @take({})

define void @run(ptr %p) {
  %a = call {} @nothing() ; expect-error EC219 {{'{}'}}
  %b = call [0 x i32] %p() ; expect-error EC219 {{'[0 x i32]'}}
  call void @take({} undef)
  ret void
}
