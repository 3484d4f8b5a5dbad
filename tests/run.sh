#!/bin/sh
# Runs every test runner and sums what they say; the last line is
# "N passed, N failed, N skipped".
#
#   run.sh OUT [quick]      OUT: out, out/llvm-19, or out/sanitize
#                           quick: what hangs on LLVM's version, and takes seconds
#
# A runner is OUT/unit-*tests, tests/*/run.py or tests/*/run.sh, or a script of tests/editors.
# It ends with a line of that form; one that does not counts as a failure.
set -u
cd "$(dirname "$0")/.." || exit 2
OUT=${1:-out}
export OUT
passed=0
failed=0
skipped=0
log=$OUT/test.log
quick=${2:-}

case $OUT in
*sanitize*)
    # LLVM keeps much to the end, on purpose; leaks are looked for in our own programs.
    export ASAN_OPTIONS="exitcode=99:detect_leaks=1:detect_stack_use_after_return=1:${ASAN_OPTIONS:-}"
    export UBSAN_OPTIONS="print_stacktrace=1:halt_on_error=1:${UBSAN_OPTIONS:-}"
    export LSAN_OPTIONS="suppressions=$PWD/tests/lsan.supp:print_suppressions=0:${LSAN_OPTIONS:-}"
    export TEST_PATIENCE_S=90
    ;;
esac

runner()
{
    name=$1
    shift
    started=$(date +%s)
    "$@" </dev/null >"$log" 2>&1
    status=$?
    closing=$(tail -n 1 "$log")
    if echo "$closing" | grep -qE '^[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped$'; then
        sed '$d' "$log"
        # shellcheck disable=SC2046 # three numbers
        set -- $(echo "$closing" | tr -dc '0-9 ')
        [ "$status" = 0 ] || [ "$2" != 0 ] || set -- "$1" 1 "$3"
    else
        cat "$log"
        echo "FAIL  $name: ended with status $status and no count"
        set -- 0 1 0
    fi
    printf '%-10s %5d ok %5d bad %5d left out   %3d s\n' "$name" "$1" "$2" "$3" \
        $(($(date +%s) - started))
    passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
}

runner unit "$OUT/unit-tests"
[ ! -x "$OUT/unit-llvm-tests" ] || runner unit-llvm "$OUT/unit-llvm-tests"
for file in tests/*/run.py tests/*/run.sh; do
    case $quick:$file in
    *:tests/bench/* | *:tests/verify/* | *:tests/chaos/*) ;; # targets of their own
    quick:tests/cache/* | quick:tests/crash/* | quick:tests/hostile/* | quick:tests/input/* | \
        quick:tests/load/* | quick:tests/observe/* | quick:tests/oracle/* | quick:tests/headers/* | \
        quick:tests/cargo/* | quick:tests/rust/*) ;;
    *) [ ! -f "$file" ] || runner "$(basename "$(dirname "$file")")" "$file" ;;
    esac
done
# A slice: make verify is the whole.
runner verify tests/verify/run.py --slice 9 --random 40 --mutants 40
if [ "$OUT" = out ]; then
    for editor in nvim vim vscode; do
        [ ! -f "tests/editors/$editor.sh" ] || runner "$editor" sh "tests/editors/$editor.sh"
    done
fi

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" != 0 ]
