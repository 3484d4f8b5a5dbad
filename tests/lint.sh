#!/bin/sh
# The slow analysers, each over all sources; arguments are the compiler flags.
#
# Each prints what it finds; a finding fails, one that is wrong is silenced at its line with
# the reason beside it.
set -u
cd "$(dirname "$0")/.." || exit 2
llvm=${LLVM:-22}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
sources=$(find protocol codegen server -name '*.c' ! -path 'codegen/include/*' ! -path 'codegen/explain/*')
llvm_lib=$(llvm-config-"$llvm" --libdir) || exit 2
llvm_bin=$(llvm-config-"$llvm" --bindir) || exit 2
set -- "$@" '-DBUILD_ID="00000000000000000000000000000000"' "-DLLVM_LIBDIR=\"$llvm_lib\"" "-DLLVM_BINDIR=\"$llvm_bin\""
failed=0

verdict()
{
    grep -E '^[^ ]+:[0-9]+(:[0-9]+)?: (warning|error|note: .*SC[0-9]+)' "$scratch/log" |
        grep -v '^/usr/' | sort -u >"$scratch/found"
    if [ -s "$scratch/found" ]; then
        cat "$scratch/found"
        echo "FAIL  $1"
        failed=$((failed + 1))
    else
        echo "ok    $1"
    fi
}

# gcc 12's analyser is for C; one process a file, all processors.
printf '%s\n' "$sources" | xargs -P "$(nproc)" -I{} gcc "$@" -O1 -fanalyzer -c {} \
    -o "$scratch/object.o" >"$scratch/log" 2>&1
verdict "gcc -fanalyzer"

printf '%s\n' "$sources" | xargs -P "$(nproc)" -I{} "clang-$llvm" "$@" --analyze \
    -Xclang -analyzer-output=text {} -o "$scratch/plist" >"$scratch/log" 2>&1
verdict "clang --analyze (scan-build's checks)"

cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr -I. \
    --suppress=missingIncludeSystem \
    --suppress=unknownEvaluationOrder --suppress=internalAstError --template='{file}:{line}: warning: {message} [{id}]' \
    protocol codegen server -i codegen/include -i codegen/explain >"$scratch/log" 2>&1
verdict "cppcheck"

# Not ours: a Str has no NUL, a switch over our enums no default, zero is a value of each.
checks='-*,bugprone-*,cert-*,misc-include-cleaner,-bugprone-easily-swappable-parameters'
for check in bugprone-assignment-in-if-condition bugprone-narrowing-conversions cert-err33-c \
    cert-dcl37-c bugprone-reserved-identifier bugprone-multi-level-implicit-pointer-conversion \
    bugprone-casting-through-void bugprone-macro-parentheses bugprone-not-null-terminated-result \
    bugprone-invalid-enum-default-initialization bugprone-switch-missing-default-case \
    bugprone-branch-clone bugprone-inc-dec-in-conditions; do
    checks="$checks,-$check"
done
printf '%s\n' "$sources" | xargs -P "$(nproc)" -I{} "clang-tidy-$llvm" --quiet --checks="$checks" \
    --config='{CheckOptions: {misc-include-cleaner.MissingIncludes: false,
    misc-include-cleaner.IgnoreHeaders: server/server.h}}' {} \
    -- "$@" >"$scratch/log" 2>/dev/null
verdict "clang-tidy, with include hygiene"

find . -name '*.sh' ! -path './out/*' ! -path '*/node_modules/*' -exec shellcheck -f gcc {} + >"$scratch/log" 2>&1
shellcheck -f gcc .ci/run >>"$scratch/log" 2>&1
verdict "shellcheck"
[ "$failed" = 0 ]
