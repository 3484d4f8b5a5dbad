#!/bin/sh
# Runs fuzzers for some seconds each, on what they have learnt before and their seeds.
#
#   fuzz.sh SECONDS FUZZER...      a FUZZER is out/fuzz/fuzz-NAME
#
# Seeds lie in tests/fuzz/NAME/, words in tests/fuzz/NAME.dict.
#
# A finding stays in out/fuzz/NAME.crash-* and is shown by running the fuzzer on it.
set -u
seconds=$1
shift
passed=0
failed=0
[ $# -gt 0 ] || { echo "no fuzzers in tests/fuzz"; exit 1; }
for fuzzer; do
    name=${fuzzer##*/fuzz-}
    folder=$(dirname "$fuzzer")
    mkdir -p "$folder/learnt-$name"
    more=
    [ ! -d "tests/fuzz/$name" ] || more=tests/fuzz/$name
    [ ! -f "tests/fuzz/$name.dict" ] || more="$more -dict=tests/fuzz/$name.dict"
    # shellcheck disable=SC2086 # none, one or two words
    if "$fuzzer" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
        -artifact_prefix="$folder/$name." "$folder/learnt-$name" $more \
        >"$folder/$name.log" 2>&1 </dev/null; then
        echo "ok    $name: $(sed -n 's/^stat::number_of_executed_units: //p' "$folder/$name.log") runs"
        passed=$((passed + 1))
    else
        tail -n 40 "$folder/$name.log"
        echo "FAIL  $name"
        failed=$((failed + 1))
    fi
done
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" = 0 ]
