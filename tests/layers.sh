#!/bin/sh
# Who may include whom, and who may link whom: README "The map", as a check.
#
#   layers.sh OUT      OUT holds the built archives; without them only includes are looked at
set -u
out=${1:-out}
bad=0

# Prints "file:line: header" of the includes under $1 that match neither allowed pattern:
# $2 for "ours", $3 for <theirs>.
includes()
{
    find "$1" -name '*.[ch]' ! -path 'codegen/include/*' ! -path 'codegen/explain/*' -exec \
        sed -sn 's/^[ \t]*#[ \t]*include[ \t]*\(["<][^">]*\).*/\1/;T;=;F;p' {} + |
        paste - - - | awk -F'\t' -v ours="$2" -v theirs="$3" '
            { ok = substr($3, 1, 1) == "\"" ? substr($3, 2) ~ ours : substr($3, 2) ~ theirs
              if (!ok) print $2 ":" $1 ": may not include " $3 }'
}

# A rule: folder, its own headers, foreign headers, files of the folder that it is not about.
rule()
{
    found=$(includes "$1" "$2" "$3" | grep -vE "^($4):" || true)
    [ -z "$found" ] || { printf '%s\n' "$found"; bad=1; }
}

floor='std(arg|bool|def|int|io|lib|noreturn)|string|assert|limits|math|inttypes|ctype|errno|float|time|stdalign'
none='(^$)'
rule protocol/base '^protocol/base/' "^($floor)[.]h$" "$none"
rule protocol '^protocol/' "^($floor)[.]h$" 'protocol/(codec|rpc)[.]c'
rule protocol '^protocol/' "^($floor)[.]h$|^cjson/" "$none"
rule codegen '^(codegen|protocol/base)/|^out/explain[.]inc$' \
    "^($floor|fcntl|unistd|dirent|dlfcn|sys/(stat|types|mman))[.]h$|^(clang-c|llvm-c)/|^llvm/Config/llvm-config[.]h$" \
    'codegen/lower/probe_fork[.]c' # lowers in a fork: the one process codegen makes
rule server '^(server|codegen|protocol)/' "^($floor)[.]h$|^uv[.]h$" 'server/os_([a-z]+_)?(posix|linux|windows)[.][ch]'

# The archives: what each leaves undefined must not be defined by a floor above it.
symbols() { nm "$2" "$1" 2>/dev/null | awk 'NF { print $NF }' | sort -u; }
wall()
{
    if [ ! -f "$1" ] || [ ! -f "$2" ]; then
        return
    fi
    own=$(symbols "$1" --defined-only)
    found=$(symbols "$1" --undefined-only | comm -12 - "$(temporary "$2")" | grep -vxF -e "$own" -e "${3:-$own}" || true)
    # shellcheck disable=SC2059,SC2086 # one line a symbol
    [ -z "$found" ] || { printf "$1 needs a symbol of $2: %s\n" $found; bad=1; }
}
temporary() { symbols "$1" --defined-only >"$scratch/defined"; echo "$scratch/defined"; }

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
wall "$out/libprotocol.a" "$out/libcodegen.a"
wall "$out/libprotocol.a" "$out/libserver.a"
wall "$out/libcodegen.a" "$out/libserver.a" open # the C library's; os_posix.c stands in for it
exit $bad
