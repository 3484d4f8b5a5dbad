; flags: clang
; RUN: llc -mtriple=aarch64-linux-gnu < %s | FileCheck %s
; expect-nothing
; A module for another target is read, and not judged.
target triple = "x86_64-unknown-linux-gnu"

define i128 @wide(i128 %x) {
  ret i128 %x
}
