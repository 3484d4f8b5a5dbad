; Comments suppress, and one that suppresses nothing is told.
target triple = "arm64ec-pc-windows-msvc"

; arm64ecd: allow(EC107) both sides are ours
define i128 @wide(i128 %x) {
  ret i128 %x
}

; expect-hint@+1 EC906
; arm64ecd: allow(EC107) nothing here
define void @plain() {
  ret void
}
