#!/bin/sh
# What `make run` shows: the check of a real file. gemmlowp is a matrix library whose AArch64
# kernels are inline assembly, written for all 32 vector registers; Arm64EC has 16 of them.
#
#   show.sh PROGRAM
set -eu
exec </dev/null
cd "$(dirname "$0")/../.."
shown=32

top=$PWD
program=$top/$1
log=$top/out/run.txt
cd "$(tests/setup/corpus.sh libgemmlowp-dev)/usr/include"
file=gemmlowp/internal/kernel_neon.h
set -- -x c++ --target=arm64ec-pc-windows-msvc -DGEMMLOWP_NEON -DGEMMLOWP_NEON_64
colour=never
[ ! -t 1 ] || colour=always

echo
echo "In ${PWD#"$top"/}, $(wc -l <"$file") lines:"
echo "\$ arm64ecd check $file -- $*"
status=0
"$program" check --color="$colour" "$file" -- "$@" >"$log" 2>&1 || status=$?
if [ "$status" != 1 ] || ! grep -q EC502 "$log"; then
    tail -n 20 "$log"
    echo "run: expected findings (EC502) and exit status 1, got status $status" >&2
    exit 1
fi

lines=$(wc -l <"$log")
head -n "$shown" "$log"
[ "$lines" -le "$shown" ] || echo "   ... $((lines - shown - 1)) more lines in out/run.txt"
tail -n 1 "$log"
echo
grep -oE '\[EC[0-9]+\]' "$log" | sort | uniq -c | while read -r count code; do
    code=$(echo "$code" | tr -d '[]')
    printf '%5d x %s\n' "$count" "$("$program" explain "$code" | head -n 1)"
done
echo
echo "Next: 'out/arm64ecd explain EC502' tells why and what to do; 'make install PREFIX=\$HOME/.local'"
echo "puts it into place, and editors/ has the plug-ins for VS Code, Neovim and Vim."
