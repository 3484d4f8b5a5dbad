; Variadic calls, mismatched types, aliases, names, conventions.
target triple = "arm64ec-pc-windows-msvc"

declare void @trace(ptr, ...)
declare i32 @printf(ptr, ...)
declare void @"#decorated"()
declare dllimport void @"#imported"()
declare void @takes(i32, double)
declare preserve_mostcc void @keeps()

@other = alias void (), ptr @own

define void @variadic() {
  call void (ptr, ...) @trace(ptr null, i32 1, i32 2, i32 3, i32 4) ; expect-hint EC103
  call void (ptr, ...) @trace(ptr null, i32 1, i32 2, i32 3)
  %1 = call i32 (ptr, ...) @printf(ptr null, i32 1, i32 2, i32 3, i32 4)
  ret void
}

declare void @level(double, ...)
define void @fixed() {
  call void (double, ...) @level(double 1.0, i32 1) ; expect-hint EC134
  ret void
}

define void @gather(ptr sret([40 x i8]) %0, i32 %n, ...) { ; expect-warning EC104
  ret void
}

define void @own() {
  call void @other() ; expect-hint EC217 {{'other' is an alias}}
  call void @"#decorated"() ; expect-error EC203 {{'#decorated'}}
;           ^^^^^^^^^^^^^
  call void @"#imported"()
  ret void
}

define void @mismatch() {
  call void @takes(double 1.0, i32 2) ; expect-warning EC119
  call void @takes(i32 1, double 2.0)
  ret void
}

define preserve_allcc void @promise() { ; expect-warning EC116 {{'preserve_allcc'}}
  call preserve_mostcc void @keeps() ; expect-warning EC116 {{'preserve_mostcc'}}
  call fastcc void @fast()
  ret void
}

define internal fastcc void @fast() {
  ret void
}
define win64cc void @plain() {
  ret void
}
