#!/bin/sh
# The Neovim plugin in a real, headless Neovim.   usage: [ARM64ECD=PROGRAM] tests/editors/nvim.sh
# shellcheck disable=SC1091,SC2154 # editor.sh sets $dir and $root
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/editor.sh"

need nvim "Neovim is not installed"
need_server

cat >"$dir/first file.c" <<'C'
// Astral text before the finding: bytes, UTF-16 units and characters differ.

void f(void) { /* 𝛼𝛽 */ __asm__("mov x13, x0"); }
C
cat >"$dir/second.cpp" <<'C'
namespace n { void g() { __asm__("add x9, x13, x0"); } }
C
touch "$dir/compile_flags.txt" # one root for both files

# The user's own file: what the README says, nothing else.
cat >"$dir/init.lua" <<LUA
vim.opt.runtimepath:append("$root/editors/nvim")
vim.g.arm64ecd_cmd = vim.env.ARM64ECD
LUA

SOURCE="$dir/first file.c" SECOND="$dir/second.cpp" \
    timeout 120 nvim --headless -n -i NONE -u "$dir/init.lua" -c "luafile $here/nvim.lua" -c "qall!" \
    >"$dir/nvim.out" 2>&1 </dev/null
count $? 14 "$dir/nvim.out"

# Without the program: one line that says what is missing and what to do.
cat >"$dir/missing.lua" <<LUA
vim.opt.runtimepath:append("$root/editors/nvim")
vim.g.arm64ecd_cmd = "no-such-arm64ecd"
LUA
timeout 20 nvim --headless -n -i NONE -u "$dir/missing.lua" "$dir/second.cpp" -c qall \
    >"$dir/missing.out" 2>&1 </dev/null
expect "nvim: a missing program is named with the remedy" \
    grep -q "no-such-arm64ecd is not in PATH: install arm64ecd or set g:arm64ecd_cmd" "$dir/missing.out"

# The newer ways to start, on stand-ins for the functions that this Neovim may not have.
timeout 20 nvim --headless -n -i NONE -u NONE -c "set rtp+=$root/editors/nvim" \
    -c "luafile $here/nvim_versions.lua" -c "qall!" "$dir/first file.c" \
    >"$dir/versions.out" 2>&1 </dev/null
count $? 5 "$dir/versions.out"

finish
