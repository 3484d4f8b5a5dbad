#!/bin/sh
# `make check`: every check of the source text, one line each.
#
#   check.sh OUT [compiled]      compiled: both compilers have just run without a warning
set -u
out=${1:-out}
cd "$(dirname "$0")/.." || exit 2
passed=0
failed=0
skipped=0

check()
{
    name=$1
    shift
    if "$@" >"$out/check.log" 2>&1; then
        echo "ok    $name"
        passed=$((passed + 1))
    else
        cat "$out/check.log"
        echo "FAIL  $name"
        failed=$((failed + 1))
    fi
}

# Names the files that the formatter would change.
misformatted()
{
    found=$(find protocol codegen server tests/unit tests/fuzz -name '*.[ch]' \
        ! -path 'codegen/include/*' ! -path 'codegen/explain/*' | sort |
        while read -r file; do
            "$1" "$file" | cmp -s - "$file" || echo "$file: run $1 -i $file"
        done)
    [ -z "$found" ] || { printf '%s\n' "$found"; return 1; }
}

# Another version formats differently, so only 14 may judge.
format()
{
    for program in clang-format-14 clang-format; do
        if "$program" --version 2>/dev/null | grep -q 'version 14\.'; then
            check "format" misformatted "$program"
            return
        fi
    done
    echo "SKIP  format: clang-format 14 is not installed"
    skipped=$((skipped + 1))
}

# Tables that a script makes from clang 22 and its headers: whether they are current.
tables()
{
    if ! command -v clang-22 >/dev/null || ! command -v llvm-nm-22 >/dev/null; then
        echo "SKIP  tables: clang 22 is not installed"
        skipped=$((skipped + 1))
        return
    fi
    for script in codegen/arch/tokens.py codegen/arch/worlds.py codegen/arch/softintrin.py; do
        check "$script" python3 "$script" --check
    done
}

if [ "${2:-}" = compiled ]; then
    echo "ok    gcc and clang: no warnings"
    passed=$((passed + 1))
fi
format
check "layers" tests/layers.sh "$out"
check "style" tests/style.sh "$out"
tables
[ ! -f tests/catalogue.sh ] || check "catalogue" sh tests/catalogue.sh "$out"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
