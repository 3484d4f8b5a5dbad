#!/bin/sh
# Our own declarations of the C runtime and Windows: each header alone and all together, in
# C and C++, in both environments, and the data layout that Arm64EC shares with x64.
set -u
llvm=${LLVM:-22}
clang=${CLANG:-clang-$llvm}
cd "$(dirname "$0")/../.." || exit 2
include=codegen/include
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0
failed=0
skipped=0

if ! command -v "$clang" >"$scratch/where" 2>&1; then
    echo "SKIP  headers: $clang is not installed"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
fi

# Warnings inside of the headers count too: they must not be excused as a system's.
parse()
{
    name=$1
    shift
    if "$clang" -nostdlibinc -I "$include" -I "$include/spelled" -Wall -Wextra -Werror \
        -fsyntax-only "$@" >"$scratch/errors" 2>&1; then
        passed=$((passed + 1))
    else
        echo "FAIL  $name"
        head -n 4 "$scratch/errors"
        failed=$((failed + 1))
    fi
}

headers()
{
    (cd "$include" && find . -name '*.h' ! -path './gnu/*' | sed 's,^[.]/,,;s,^spelled/,,' | sort -u)
    case $1 in
    *gnu) (cd "$include/gnu" && find . -name '*.h' | sed 's,^[.]/,,' | sort) ;;
    esac
}

# <tgmath.h> of clang needs C, and <complex.h> is C's.
is_c_only() { [ "$1" = complex.h ]; }

for target in arm64ec-pc-windows-msvc arm64ec-w64-windows-gnu; do
    set -- --target=$target
    case $target in
    *gnu) set -- "$@" -I "$include/gnu" ;;
    esac
    for header in $(headers $target); do
        printf '#include <%s>\nint one = 1;\n' "$header" >"$scratch/alone.c"
        cp "$scratch/alone.c" "$scratch/alone.cpp"
        parse "$target C17 <$header>" "$@" -std=c17 "$scratch/alone.c"
        # C++ differs by language, hardly by environment.
        is_c_only "$header" || [ "$target" = arm64ec-w64-windows-gnu ] ||
            parse "$target C++17 <$header>" "$@" -std=c++17 "$scratch/alone.cpp"
    done

    compilers='stdarg.h stddef.h stdint.h limits.h float.h stdbool.h iso646.h arm_neon.h arm_acle.h intrin.h'
    for order in '' -r; do
        { headers $target; printf '%s\n' $compilers; } | sort -u $order |
            sed 's/.*/#include <&>/' >"$scratch/all.h"
        printf '#include "all.h"\n#include <tgmath.h>\n' >"$scratch/all.c"
        printf '#include "all.h"\n#include <stdatomic.h>\n#include <tgmath.h>\n' >"$scratch/atomic.c"
        parse "$target C99 all$order" "$@" -std=c99 "$scratch/all.c"
        parse "$target C11 all$order" "$@" -std=c11 "$scratch/atomic.c"
        parse "$target C17 all$order" "$@" -std=c17 "$scratch/atomic.c"
        sed '/complex/d' "$scratch/all.h" >"$scratch/all.cpp"
        parse "$target C++14 all$order" "$@" -std=c++14 "$scratch/all.cpp"
        parse "$target C++17 all$order" "$@" -std=c++17 "$scratch/all.cpp"
        parse "$target C++20 all$order" "$@" -std=c++20 "$scratch/all.cpp"
    done
    parse "$target layout" "$@" -std=c17 tests/headers/layout.c
    parse "$target use" "$@" -std=c17 tests/headers/use.c
    parse "$target use, wide" "$@" -std=c17 -DUNICODE -D_UNICODE tests/headers/use.c
    parse "$target use, C++" "$@" -std=c++17 -x c++ tests/headers/use.c
done

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
