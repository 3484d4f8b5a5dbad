; A function that is called and not defined here gets a guest exit thunk, which
; ends in a call that must be a tail call. Where the result needs more than
; eight registers of a kind, LLVM returns it in memory, cannot make that call,
; and aborts: "failed to perform tail call elimination on a call site marked
; musttail". clang never writes such a result; other frontends and people do.
;
; Return it through an sret pointer, as clang does.
;
; Not flagged: definitions, calls through pointers, results of up to eight
; registers such as [8 x i64].
;
; Source: LLVM 19.1.7 and 22.1.8, tried.
target triple = "arm64ec-pc-windows-msvc"

declare [10 x i64] @matrix()
declare [9 x i8] @name()
declare [8 x i64] @fits()

define void @run(ptr %p) {
  %a = call [10 x i64] @matrix() ; expect-error EC218 {{'[10 x i64]'}}
  %b = call [9 x i8] @name() ; expect-error EC218 {{'[9 x i8]'}}
  %c = call [8 x i64] @fits()
  %d = call [10 x i64] %p()
  ret void
}
