; EC225: two signatures, one thunk.
; builder: clang-22
target triple = "arm64ec-pc-windows-msvc"

%struct.p = type { double, double }

define %struct.p @floats(i32 %x) {
  ret %struct.p zeroinitializer
}
define [2 x i64] @integers(i32 %x) { ; expect-warning EC225 {{'floats' and 'integers'}}
  ret [2 x i64] zeroinitializer
}
define [2 x i64] @more_integers(i32 %x) { ; expect-warning EC225
  ret [2 x i64] zeroinitializer
}
define internal %struct.p @own(i32 %x) {
  ret %struct.p zeroinitializer
}
