#!/bin/sh
# The Vim files in a real, headless Vim.   usage: [ARM64ECD=PROGRAM] tests/editors/vim.sh
# shellcheck disable=SC1091,SC2154 # editor.sh sets $dir and $root
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/editor.sh"

need vim "Vim is not installed"
if ! vim --version | grep -q '+job'; then
    skip "this Vim has no +job: vim-tiny is not enough, install the package vim"
    finish
fi
need_server

cat >"$dir/first file.c" <<'C'
// The path has a blank in it: makeprg and errorformat must cope

void f(void) { __asm__("mov x13, x0"); }
C
echo 'int answer(void) { return 42; }' >"$dir/clean.c"

# The user's own file: what the README says, nothing else.
cat >"$dir/vimrc" <<VIM
set nocompatible
set runtimepath^=$root/editors/vim
let g:arm64ecd_cmd = \$ARM64ECD
filetype plugin on
VIM

SOURCE="$dir/first file.c" CLEAN="$dir/clean.c" \
    timeout 120 vim -es -N -i NONE -n -u "$dir/vimrc" --cmd 'set loadplugins' \
    -c 'runtime! plugin/arm64ecd.vim' -S "$here/vim.vim" >"$dir/vim.out" 2>&1 </dev/null
count $? 12 "$dir/vim.out"
finish
