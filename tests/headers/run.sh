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
    (cd "$include" && find . -name '*.h' ! -path './gnu/*' ! -path './msvc/*' | sed 's,^[.]/,,;s,^spelled/,,' | sort -u)
    case $1 in
    *gnu) (cd "$include/gnu" && find . -name '*.h' | sed 's,^[.]/,,' | sort) ;;
    esac
}

# C++'s names for C's headers: <cstdio> and the like.
wrappers()
{
    (cd "$include" && find . -maxdepth 1 -name 'c*' ! -name '*.*' | sed 's,^[.]/,,' | sort "$@")
}

# <tgmath.h> of clang needs C, and <complex.h> is C's.
is_c_only() { [ "$1" = complex.h ]; }

# What they are for: std's names, with C++'s overloads.
cat >"$scratch/std.h" <<'END'
template <class A, class B> struct Same { static const bool is = false; };
template <class A> struct Same<A, A> { static const bool is = true; };
#define RESULT(type, call) static_assert(Same<type, decltype(call)>::is, #call)
RESULT(float, std::sqrt(1.0f));
RESULT(double, std::sqrt(1.0));
RESULT(double, std::sqrt(1));
RESULT(long double, std::sqrt(1.0L));
RESULT(float, std::pow(1.0f, 2.0f));
RESULT(double, std::pow(1.0f, 2));
RESULT(double, std::pow(2, 3));
RESULT(long double, std::pow(2.0L, 3.0f));
RESULT(float, std::fma(1.0f, 2.0f, 3.0f));
RESULT(double, std::fma(1.0f, 2, 3.0f));
RESULT(float, std::ldexp(1.0f, 2));
RESULT(double, std::ldexp(1, 2));
RESULT(long, std::lround(1.5f));
RESULT(long long, std::llrint(1));
RESULT(bool, std::isnan(1.0f));
RESULT(bool, std::isfinite(1));
RESULT(bool, isless(1.0, 2.0f));
RESULT(int, std::fpclassify(0.0));
RESULT(int, std::abs(-1));
RESULT(long, std::abs(-1L));
RESULT(long long, std::abs(-1LL));
RESULT(float, std::abs(-1.0f));
RESULT(double, std::abs(-1.0));
RESULT(std::div_t, std::div(7, 2));
RESULT(std::ldiv_t, std::div(7L, 2L));
RESULT(std::lldiv_t, std::div(7LL, 2LL));
RESULT(std::size_t, sizeof(int));
static_assert(Same<std::nullptr_t, decltype(nullptr)>::is, "nullptr");
static_assert(alignof(std::max_align_t) >= alignof(double), "max_align_t");
static_assert(sizeof(std::int_least64_t) == 8 && sizeof(std::uintptr_t) == 8, "integers");
#if __cplusplus >= 201703L
RESULT(double, std::hypot(1.0f, 2, 3.0f));
constexpr std::byte bits = (std::byte{1} << 4 | std::byte{3}) & ~std::byte{1};
static_assert(std::to_integer<int>(bits) == 18, "byte");
static_assert(sizeof(std::timespec) == 16, "timespec");
#endif
int use(std::FILE *file, const char *text, ...);
int use(std::FILE *file, const char *text, ...)
{
    std::va_list list;
    va_start(list, text);
    int length = std::vfprintf(file, text, list);
    va_end(list);
    std::jmp_buf back;
    if (setjmp(back) != 0)
        std::longjmp(back, errno);
    char *copy = static_cast<char *>(std::malloc(std::strlen(text) + 1));
    assert(copy != nullptr);
    std::memcpy(copy, text, std::strlen(text) + 1);
    if (std::isalpha(*copy) && std::iswalpha(L'a') && std::wcslen(L"a") == 1)
        std::printf("%s %" PRId64 " %f\n", copy, std::int64_t(std::time(nullptr)),
                    std::modf(2.5, new double));
    std::free(copy);
    std::mbstate_t state = std::mbstate_t();
    char16_t wide;
    std::signal(SIGINT, SIG_DFL);
    std::fesetround(FE_UPWARD);
    float whole;
    int quotient;
    return length + int(std::mbrtoc16(&wide, text, 1, &state) + std::imaxabs(INTMAX_C(-1))) + CHAR_BIT +
           DBL_DIG + (std::localeconv() != nullptr) + int(std::modf(2.5f, &whole)) +
           int(std::remquo(2, 1.5f, &quotient)) + int(std::strtoll(text, nullptr, 0));
}
END

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
    for header in $(wrappers); do
        printf '#include <%s>\nint one = 1;\n' "$header" >"$scratch/alone.cpp"
        cp "$scratch/alone.cpp" "$scratch/alone.c"
        parse "$target C++11 <$header>" "$@" -std=c++11 "$scratch/alone.cpp"
        parse "$target C++20 <$header>" "$@" -std=c++20 "$scratch/alone.cpp"
        # It says no more than C's header there.
        parse "$target C17 <$header>" "$@" -std=c17 "$scratch/alone.c"
    done
    # Before C's headers, after them, and alone.
    cp "$scratch/all.cpp" "$scratch/c.h"
    wrappers | sed 's/.*/#include <&>/' >"$scratch/forth.h"
    wrappers -r | sed 's/.*/#include <&>/' >"$scratch/back.h"
    for order in forth back 'c forth' 'c back' 'forth c' 'back c'; do
        printf '#include "%s.h"\n' $order std >"$scratch/both.cpp"
        for standard in c++11 c++14 c++17 c++20; do
            parse "$target $standard all of C++, $order" "$@" -std=$standard "$scratch/both.cpp"
        done
    done
    parse "$target layout" "$@" -std=c17 tests/headers/layout.c
    parse "$target use" "$@" -std=c17 tests/headers/use.c
    parse "$target use, wide" "$@" -std=c17 -DUNICODE -D_UNICODE tests/headers/use.c
    parse "$target use, C++" "$@" -std=c++17 -x c++ tests/headers/use.c
done

# Of builder MSVC alone: before the others, and not for who brings his own.
set -- --target=arm64ec-pc-windows-msvc -I "$include/msvc"
for standard in c99 c11 c17; do
    parse "MSVC $standard soft intrinsics" "$@" -std=$standard tests/headers/soft.c
done
for standard in c++14 c++17 c++20; do
    parse "MSVC $standard soft intrinsics" "$@" -std=$standard -x c++ tests/headers/soft.c
done
parse "MSVC by windows.h" "$@" -std=c17 -include windows.h -include winnt.h tests/headers/soft.c
printf '#define _DISABLE_SOFTINTRIN_ 1\n#include <windows.h>\n#include <intrin.h>\nint __m128, _mm_add_ps;\n' >"$scratch/none.c"
parse "MSVC without soft intrinsics" "$@" -std=c17 "$scratch/none.c"

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
