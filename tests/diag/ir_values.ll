; Values across the boundary, as clang -O0 writes them and as people do.
; needs: HALF
target triple = "arm64ec-pc-windows-msvc"

%struct.rgb = type { i8, i8, i8 }
%struct.abc = type { i32, i32, i32 }
%struct.big = type { [5 x i64] }
%struct.hfa = type { float, float }

; --- EC101: a record of three bytes in an integer

define dso_local void @set(i64 %0) { ; expect-warning EC101 {{'%struct.rgb' (3 bytes)}}
;                          ^^^^^^
  %2 = alloca %struct.rgb, align 1
  %3 = trunc i64 %0 to i24
  store i24 %3, ptr %2, align 1
  ret void
}

define dso_local i24 @get() { ; expect-warning EC101 {{returning '%struct.rgb'}}
  %1 = alloca %struct.rgb, align 1
  %2 = alloca i24, align 4
  call void @llvm.memcpy.p0.p0.i64(ptr align 4 %2, ptr align 1 %1, i64 3, i1 false)
  %3 = load i24, ptr %2, align 4
  ret i24 %3
}

declare void @paint(i64) ; expect-note {{'paint' is declared here}}
declare i24 @pick()

define void @calls() {
  %1 = alloca %struct.rgb, align 1
  %2 = alloca i64, align 8
  call void @llvm.memcpy.p0.p0.i64(ptr align 8 %2, ptr align 1 %1, i64 3, i1 false)
  %3 = load i64, ptr %2, align 8
  call void @paint(i64 %3) ; expect-warning EC101 {{passing '%struct.rgb'}}
;           ^^^^^^
  %4 = call i24 @pick() ; expect-warning EC101 {{returning '%struct.rgb'}}
  store i24 %4, ptr %1, align 1
  call void @set(i64 %3)
  ret void
}

; not: integers of that size, internal functions, records of four bytes and eight
define i24 @bit_int(i24 %x) {
  ret i24 %x
}
define void @plain(i64 %0) {
  ret void
}
define internal void @own(i64 %0) {
  %2 = alloca %struct.rgb, align 1
  %3 = trunc i64 %0 to i24
  store i24 %3, ptr %2, align 1
  ret void
}

; --- EC132: twelve bytes returned in two registers

define [2 x i64] @three(i32 %x) { ; expect-warning EC132 {{up to 4 bytes}}
  %2 = alloca %struct.abc, align 4
  %3 = alloca [2 x i64], align 8
  call void @llvm.memcpy.p0.p0.i64(ptr align 8 %3, ptr align 4 %2, i64 12, i1 false)
  %4 = load [2 x i64], ptr %3, align 8
  ret [2 x i64] %4
}
define [2 x i64] @four() {
  ret [2 x i64] zeroinitializer
}

; --- EC107 EC108 EC109 EC112 EC135 EC220

define i128 @wide(i128 %x) { ; expect-warning EC107
  ret i128 %x
}
define <4 x float> @vector(<4 x float> %x, i32 %n) { ; expect-warning EC108
  ret <4 x float> %x
}
define void @vectors(<8 x float> %x) { ; expect-warning EC109 {{'<8 x float>' (32 bytes)}}
  ret void
}
define half @halves(half %x) { ; expect-info EC112
  ret half %x
}
define void @eight(<2 x float> %x) { ; expect-warning EC135
  ret void
}
declare void @temporaries([3 x double], <4 x float>)
; not: EC136, whose alignment IR does not say
define void @aligned() {
  call void @temporaries([3 x double] zeroinitializer, <4 x float> poison)
  ret void
}
define void @odd(i65 %x, ptr %p) { ; expect-warning EC220 {{'i65'}}
  ret void
}

; not: what both sides pass alike
define %struct.hfa @hfa([2 x float] %x, i128 %y, ptr %z, i1 zeroext %b) {
  ret %struct.hfa zeroinitializer
}
define void @memory(ptr sret(%struct.big) align 8 %0, ptr byval(%struct.big) %1) {
  ret void
}
define internal i128 @wide_own(i128 %x) {
  ret i128 %x
}
define i72 @even(i72 %x, i256 %y) {
  ret i72 %x
}
define void @uses() {
  %1 = call i128 @wide_own(i128 1)
  ret void
}

declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)
