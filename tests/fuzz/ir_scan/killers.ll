; a test
target datalayout = "e-m:w-p:64:64-i32:32-i64:64-i128:128-n32:64-S128-Fn32"
target triple = "arm64ec-pc-windows-msvc"

%struct.RGB = type { i8, i8, i8 }

declare fp128 @ld(i32)
declare [10 x i64] @big(ptr)
declare {} @nothing()
declare [3 x i8] @three()
declare void @"#e"()
declare i32 @printf(ptr, ...)

define void @set(i64 %0) {
  %2 = alloca %struct.RGB, align 1
  %3 = trunc i64 %0 to i24
  store i24 %3, ptr %2, align 1
  ret void
}

define i128 @wide(i128 %x, ptr %f) {
entry:
  %a = call fp128 @ld(i32 1)
  %b = call [10 x i64] @big(ptr null)
  %c = call {} @nothing()
  %d = call [3 x i8] @three()
  call void @"#e"()
  %e = call i32 (ptr, ...) @printf(ptr null, i32 1, double 2.0)
  %g = call double %f(float 1.0)
  br label %exit

exit:
  ret i128 %x
}

define coldcc void @cold() {
  ret void
}
