; What LLVM's reader says, at its place.
target triple = "arm64ec-pc-windows-msvc"

define i32 @f(i32 %n) {
  %a = add i32 %n, %missing ; expect-error clang {{use of undefined value '%missing'}}
;                  ^^^^^^^^
  ret i32 %a
}
