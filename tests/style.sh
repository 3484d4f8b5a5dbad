#!/bin/sh
# House style: words, lengths and blanks (style.py), headers that compile alone, no writable
# file-scope variable but the log's state and what a worker's open() may read.
#
#   style.sh OUT      OUT/obj holds the objects of a plain build
set -u
out=${1:-out}
llvm=${LLVM:-22}
bad=0
cd "$(dirname "$0")/.." || exit 2

python3 tests/style.py || bad=1

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
llvm_include=$(llvm-config-"$llvm" --includedir)
find protocol codegen server tests/unit -name '*.h' ! -path 'codegen/include/*' >"$scratch/headers"
while read -r header; do
    printf '#include "%s"\n' "$header" >"$scratch/alone.c"
    if ! gcc -std=gnu17 -D_GNU_SOURCE "-DLLVM_MAJOR=\"$llvm\"" -Wall -Wextra -fsyntax-only -I. -isystem "$llvm_include" \
        "$scratch/alone.c" 2>"$scratch/errors"; then
        echo "$header: does not compile alone:"
        head -n 3 "$scratch/errors"
        bad=1
    fi
done <"$scratch/headers"

objects=$(find "$out/obj/protocol" "$out/obj/codegen" "$out/obj/server" -name '*.o' 2>/dev/null)
if [ -z "$objects" ]; then
    echo "style: no objects in $out/obj; build first"
    exit 1
fi
# shellcheck disable=SC2086 # one object a word
writable=$(nm -A -f sysv $objects | tr -d ' ' | awk -F'|' '
    $7 ~ /^(\.data|\.bss|\.tdata|\.tbss|COM)/ && $7 !~ /^\.data\.rel\.ro/ && $4 == "OBJECT" {
        sub(/:/, ": writable variable ", $1); print $1 }' | grep -vE ' (log_state|readable)$' || true)
[ -z "$writable" ] || { printf '%s\n' "$writable"; bad=1; }
exit $bad
