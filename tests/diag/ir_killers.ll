; What LLVM dies of, in as many ways as a signature is used; nothing is told twice.
; needs: HALF
target triple = "arm64ec-pc-windows-msvc"

declare [3 x i8] @three()
declare <4 x i1> @bits()
declare { half, half, half } @halves()
declare [3 x half] @homogeneous()
declare bfloat @brain(bfloat)
declare void @scalable(<vscale x 4 x i32>)
declare ppc_fp128 @power()

define void @calls(ptr %p) {
  %1 = call [3 x i8] @three() ; expect-error EC102 {{'[3 x i8]' (3 bytes)}}
  %2 = call [3 x i8] @three()
  %3 = call <4 x i1> @bits() ; expect-error EC102 {{'<4 x i1>' (4 bits)}} expect-warning EC135
  %4 = call { half, half, half } @halves() ; expect-error EC102 {{(6 bytes)}}
  %5 = call [3 x half] @homogeneous()
  %6 = call [5 x i8] %p() ; expect-error EC102 {{'[5 x i8]'}}
  %7 = call bfloat @brain(bfloat 0.0) ; expect-error EC111 {{'brain'}}
  call void @scalable(<vscale x 4 x i32> zeroinitializer) ; expect-error EC117
  %8 = call ppc_fp128 @power() ; expect-error EC110 {{'ppc_fp128'}}
  ret void
}

define bfloat @brain_here(bfloat %x) { ; expect-error EC111
  ret bfloat %x
}

; not: definitions of what only calls die of; internal ones; what is in memory
define [3 x i8] @three_here() {
  ret [3 x i8] zeroinitializer
}
define internal fp128 @own(fp128 %x) {
  ret fp128 %x
}
define void @in_memory([2 x fp128] %x, [4 x bfloat] %y, ptr %z) {
  ret void
}
define void @uses_own() {
  %1 = call fp128 @own(fp128 0xL00000000000000000000000000000000)
  %2 = call [3 x i8] @three_here()
  ret void
}
