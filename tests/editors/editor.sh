# shellcheck shell=sh disable=SC2154 # the test that sources this sets $here
# Sourced by the editor tests: a temporary home that goes with the test, and the counts.
# An editor here sees no file of the user's and leaves none behind.
root=$(cd "$here/../.." && pwd)
passed=0 failed=0 skipped=0

finish() {
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ]
    exit
}

skip() { # WHY
    echo "SKIP $(basename "$0"): $1"
    skipped=$((skipped + 1))
}

need() { # PROGRAM WHY
    command -v "$1" >/dev/null 2>&1 && return
    skip "$2"
    finish
}

need_server() {
    ARM64ECD=${ARM64ECD:-$root/out/arm64ecd}
    if [ ! -x "$ARM64ECD" ]; then
        echo "FAIL $(basename "$0"): $ARM64ECD is not there: run make first"
        failed=1
        finish
    fi
    ARM64ECD=$(cd "$(dirname "$ARM64ECD")" && pwd)/$(basename "$ARM64ECD")
    export ARM64ECD
}

expect() { # WHAT COMMAND...
    what=$1
    shift
    if "$@"; then
        echo "ok   $what"
        passed=$((passed + 1))
    else
        echo "FAIL $what"
        failed=$((failed + 1))
    fi
}

# Counts the lines that an editor wrote to $REPORT, and shows them; what it said itself only
# when something failed. An editor that died early reported less than expected: a failure.
count() { # STATUS CHECKS OUTPUT
    before=$failed
    cat "$REPORT"
    passed=$((passed + $(grep -c '^ok   ' "$REPORT"))) failed=$((failed + $(grep -c '^FAIL ' "$REPORT")))
    ran=$(wc -l <"$REPORT")
    if [ "$ran" -ne "$2" ]; then
        echo "FAIL $ran checks of $2 ran (the editor's exit status: $1)"
        failed=$((failed + 1))
    fi
    [ "$failed" -eq "$before" ] || { tr -d '\r' <"$3" | sed "s/^/  | /"; echo; }
    : >"$REPORT"
}

dir=$(mktemp -d "${TMPDIR:-/tmp}/arm64ecd-editor.XXXXXX")
trap 'rm -rf "$dir"' EXIT
trap 'exit 130' INT TERM
mkdir "$dir/home"
export REPORT="$dir/report"
: >"$REPORT"
export HOME="$dir/home" XDG_CONFIG_HOME="$dir/home/config" XDG_DATA_HOME="$dir/home/data" \
    XDG_STATE_HOME="$dir/home/state" XDG_CACHE_HOME="$dir/home/cache" XDG_RUNTIME_DIR="$dir/home"
