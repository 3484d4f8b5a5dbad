; needs: HALF
target triple = "arm64ec-pc-windows-msvc"

declare [2 x double] @returns_hfa([2 x double], half, i128)

define half @calls(half %x) {
  %a = call [2 x double] @returns_hfa([2 x double] zeroinitializer, half %x, i128 1)
  ret half %x
}
