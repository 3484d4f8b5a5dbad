; What LLVM's verifier says, at the value that it prints.
target triple = "arm64ec-pc-windows-msvc"

define i32 @f(i32 %n) {
entry:
  br label %next

next:
  %a = phi i32 [ %n, %next ] ; expect-error clang {{PHI node entries do not match predecessors}}
; ^^^^^^^^^^^^^^^^^^^^^^^^^^
  ret i32 %a
}
