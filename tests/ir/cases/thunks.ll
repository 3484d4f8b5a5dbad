; needs: EXTERN_COMDAT
; Ways to need a thunk, and not to.
target triple = "arm64ec-pc-windows-msvc"

%struct.big = type { [5 x i64] }
%struct.hfa = type { double, double }

@pointer = global ptr @taken
@alias = alias i32 (i32), ptr @plain
@table = internal constant [2 x ptr] [ptr @local_taken, ptr null]

declare i32 @declared(i32, float)
declare i32 @never_called(i32)
declare dllimport void @imported(double)
declare void @"?method@@YAXH@Z"(i32)
declare void @variadic(ptr, ...)
declare %struct.hfa @returns_hfa([2 x double], float, i128)
declare void @sret_called(ptr sret(%struct.big) align 8, i32)
declare { i64, double } @pair(<4 x i32>, [3 x i8], { i8, i16 })
declare i32 @__CxxFrameHandler3(...)

define i32 @plain(i32 %x) {
  ret i32 %x
}

define internal i32 @taken(i32 %x) {
  ret i32 %x
}

define internal void @local_taken(ptr byval(%struct.big) %x) {
  ret void
}

define internal void @local() {
  ret void
}

define linkonce_odr void @once(i1 zeroext %b, i8 signext %c) {
  ret void
}

define available_externally void @elsewhere(float %x) {
  call void @imported(double 1.0)
  ret void
}

define void @patchable(i64 %x) hybrid_patchable {
  ret void
}


define void @""() {
  ret void
}

define void @dots(i32 %n, ...) {
  ret void
}

define void @member(ptr %this, ptr inreg sret(%struct.hfa) %r) {
  ret void
}

define void @calls(ptr %p) personality ptr @__CxxFrameHandler3 {
entry:
  %a = call i32 @declared(i32 1, float 2.0)
  %b = call i32 @alias(i32 1)
  call void @imported(double 1.0)
  call void @"?method@@YAXH@Z"(i32 1)
  call void (ptr, ...) @variadic(ptr null, i32 1, double 2.0)
  %c = call %struct.hfa @returns_hfa([2 x double] zeroinitializer, float 1.0, i128 1)
  %s = alloca %struct.big
  call void @sret_called(ptr sret(%struct.big) align 8 %s, i32 1)
  %d = call { i64, double } @pair(<4 x i32> poison, [3 x i8] poison, { i8, i16 } poison)
  call void @elsewhere(float 1.0)
  call void @patchable(i64 1)
  call void @local()
  %e = call i32 %p(i32 1)
  %f = call i64 @declared(ptr null)
  call void asm sideeffect "nop", ""()
  call void @llvm.donothing()
  %g = invoke i32 @declared(i32 3, float 4.0) to label %fine unwind label %bad

fine:
  ret void

bad:
  %cleanup = cleanuppad within none []
  cleanupret from %cleanup unwind to caller

unreached:
  call void @only_from_here(i16 1)
  ret void
}

declare void @only_from_here(i16)
declare void @llvm.donothing()
