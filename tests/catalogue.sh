#!/bin/sh
# The catalogue is whole: every code is listed once, explained, tested and emitted, no
# number comes back with another meaning, and README.md's table is what the program says.
#
#   catalogue.sh [OUT]           OUT: out; without OUT/arm64ecd the table is not looked at
#   catalogue.sh --update [OUT]  writes the table
set -u
update=
if [ "${1:-}" = --update ]; then
    update=yes
    shift
fi
out=${1:-out}
cd "$(dirname "$0")/.." || exit 2
catalogue=codegen/diagnostics.def
bad=0

fault()
{
    echo "$*"
    bad=1
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# One line a row: "code 501 disallowed-gpr", "text 501 operand", "retired 999".
sed -n \
    -e 's/^DIAG(\([0-9][0-9]*\), "\([^"]*\)".*/code \1 \2/p' \
    -e 's/^DIAG_TEXT(\([0-9][0-9]*\), \([a-z0-9_]*\), .*/text \1 \2/p' \
    -e 's/^DIAG_RETIRED(\([0-9][0-9]*\)).*/retired \1/p' $catalogue >"$scratch/rows"
codes=$(awk '$1 == "code" { print $2 }' "$scratch/rows")
[ -n "$codes" ] || fault "$catalogue: no codes found"
n_lines=$(grep -c '^DIAG' $catalogue)
[ "$n_lines" = "$(wc -l <"$scratch/rows")" ] || fault "$catalogue: a line that starts with DIAG has another form"

# Listed once, in order, with texts of the right form.
awk -v file=$catalogue '
    $1 == "code" || $1 == "retired" {
        if ($2 in seen) print file ": number " $2 " is taken twice"
        seen[$2] = 1
    }
    $1 == "code" {
        if ($2 <= last) print file ": EC" $2 " stands behind EC" last
        if ($3 in name) print file ": the name " $3 " is taken twice"
        if ($3 !~ /^[a-z0-9]+(-[a-z0-9]+)*$/) print file ": EC" $2 ": " $3 " is not in kebab-case"
        if (last && !texts) print file ": EC" last " has no DIAG_TEXT"
        last = $2; name[$3] = 1; texts = 0
    }
    $1 == "text" {
        if ($2 != last) print file ": the text " $3 " of EC" $2 " does not follow its code"
        if (($2, $3) in text) print file ": EC" $2 " has two texts " $3
        text[$2, $3] = 1; texts++
    }
    END { if (last && !texts) print file ": EC" last " has no DIAG_TEXT" }
' "$scratch/rows" >"$scratch/faults"
grep -n '^DIAG_TEXT(.*[.]")$' $catalogue | sed "s|^|$catalogue:|; s|\$| (ends with a full stop)|" >>"$scratch/faults"
awk -v file=$catalogue '/^DIAG_TEXT/ {
    for (highest = 9; highest >= 0 && !index($0, "{" highest "}"); highest--) {}
    for (i = 0; i < highest; i++)
        if (!index($0, "{" i "}")) print file ":" NR ": {" highest "} without {" i "}"
}' $catalogue >>"$scratch/faults"
[ ! -s "$scratch/faults" ] || fault "$(cat "$scratch/faults")"

# A number that was ever in use is still listed, or retired.
git log -p --format= -- $catalogue 2>"$scratch/git" |
    sed -n 's/^-DIAG\(_RETIRED\)\{0,1\}(\([0-9][0-9]*\)[,)].*/\2/p' | sort -u |
    while read -r number; do
        grep -q "^[cr][a-z]* $number\( \|\$\)" "$scratch/rows" ||
            echo "$catalogue: EC$number is gone; write DIAG_RETIRED($number)"
    done >"$scratch/gone"
[ ! -s "$scratch/gone" ] || fault "$(cat "$scratch/gone")"

# Explained, by one file each.
for file in codegen/explain/EC*; do
    number=$(basename "$file" | sed 's/^EC\([0-9]*\)[.].*/\1/')
    echo "$codes" | grep -qx "$number" || fault "$file: EC$number is not in $catalogue"
done

# What a .txt file names in place of an example: tests that exist and say the code.
recipe()
{
    tests=$(sed -n "s,^Shown by \(tests/[^ ]*\)[.]$,\1,p" "$1")
    [ -n "$tests" ] || fault "$1: names no test; write: Shown by tests/..."
    for test in $tests; do
        if [ ! -f "$test" ]; then
            fault "$1: $test does not exist"
        elif ! grep -q "$2" "$test"; then
            fault "$1: $test does not say $2"
        fi
    done
}

for number in $codes; do
    set -- codegen/explain/EC"$number".*
    if [ ! -f "$1" ]; then
        fault "EC$number is not explained: write codegen/explain/EC$number.c"
        continue
    fi
    [ $# = 1 ] || fault "EC$number is explained more than once: $*"
    case $1 in
    *.txt) recipe "$1" "EC$number" ;;
    *)
        grep -qE "expect-(error|warning|info|hint)(@[-+]?[0-9]+)? EC$number" "$1" ||
            fault "$1: does not expect EC$number"
        ;;
    esac
done

# Emitted: each text is said somewhere.
find codegen server -name '*.[ch]' ! -path 'codegen/explain/*' ! -path 'codegen/include/*' \
    -exec cat {} + | grep -oE '\bEC[0-9]+_[a-z0-9_]+' | sort -u >"$scratch/said"
awk '$1 == "text" { print "EC" $2 "_" $3 }' "$scratch/rows" | sort -u |
    comm -23 - "$scratch/said" | sed 's/$/ is not emitted anywhere in codegen or server/' >"$scratch/silent"
[ ! -s "$scratch/silent" ] || fault "$(cat "$scratch/silent")"

# The table in README.md is what `explain` says.
if [ "$update" ] && "$out/arm64ecd" explain --format=md >"$scratch/table"; then
    awk -v table="$scratch/table" '
        /<!-- catalogue:end -->/ { inside = 0 }
        !inside { print }
        /<!-- catalogue:begin -->/ {
            inside = 1
            while ((getline line <table) > 0) print line
        }' README.md >"$scratch/new" && cat "$scratch/new" >README.md
fi
if [ ! -x "$out/arm64ecd" ]; then
    echo "$out/arm64ecd is not built: the table of codes in README.md was not looked at"
else
    "$out/arm64ecd" explain --format=md >"$scratch/table" || fault "$out/arm64ecd explain --format=md fails"
    sed -n '/<!-- catalogue:begin -->/,/<!-- catalogue:end -->/p' README.md 2>&1 |
        sed '/<!-- catalogue:/d; /^$/d' >"$scratch/readme"
    [ -s "$scratch/readme" ] || fault "README.md: no table between catalogue:begin and catalogue:end"
    diff "$scratch/readme" "$scratch/table" >"$scratch/diff" ||
        fault "README.md: the table of codes is not what '$out/arm64ecd explain --format=md' says:
$(cat "$scratch/diff")"
fi
exit $bad
