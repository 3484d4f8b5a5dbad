#!/bin/sh
# Fetches a real input by the name of its package, without installing it, and prints the
# folder it lies in: out/corpora/NAME. A second call needs no network.
#
#   corpus.sh NAME        a Debian package (its files), src:NAME (the upstream source of a
#                         Debian source package), npm:NAME (needs npm), or llvm-tests
set -eu
exec </dev/null
name=${1:?usage: corpus.sh NAME}
cd "$(dirname "$0")/../.."
folder=$PWD/out/corpora/$(printf '%s' "$name" | tr ':@/' '---')

fail()
{
    echo "corpus: cannot fetch $name: $1" >&2
    exit 1
}

if [ ! -f "$folder/.complete" ]; then
    rm -rf "$folder"
    mkdir -p "$folder"
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    case $name in
    npm:*)
        command -v npm >/dev/null || fail "npm is not installed"
        (cd "$scratch" && npm pack --silent --ignore-scripts "${name#npm:}") >"$scratch/log" 2>&1 ||
            fail "npm pack: $(tail -n 1 "$scratch/log")"
        tar -xzf "$scratch"/*.tgz -C "$folder" --strip-components=1
        ;;
    llvm-tests)
        # LLVM's own tests of AArch64, out of its newest source archive (197 MB).
        apt=$PWD/out/corpora/.apt-sid
        mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
        chmod 755 "$scratch"
        echo "deb-src ${DEBIAN_MIRROR:-http://deb.debian.org/debian} sid main" >"$apt/sources.list"
        set -- -q -o Dir::Etc::sourcelist="$apt/sources.list" -o Dir::Etc::sourceparts=- \
            -o Dir::State::lists="$apt/lists" -o Dir::Cache="$apt/cache"
        apt-get "$@" update >"$scratch/log" 2>&1 || fail "apt-get update: $(tail -n 1 "$scratch/log")"
        (cd "$scratch" && apt-get "$@" source --tar-only llvm-toolchain-22) >"$scratch/log" 2>&1 ||
            fail "apt-get source: $(tail -n 1 "$scratch/log")"
        tar -xJf "$scratch"/*.orig.tar.xz -C "$folder" --strip-components=1 --wildcards \
            '*/llvm/test/CodeGen/AArch64/*' || fail "tar cannot unpack it"
        ;;
    src:*)
        # The system's own list of sources stays as it is: apt works in folders of ours.
        apt=$PWD/out/corpora/.apt
        mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
        chmod 755 "$scratch"
        echo "deb-src ${DEBIAN_MIRROR:-http://deb.debian.org/debian} bookworm main" >"$apt/sources.list"
        set -- -q -o Dir::Etc::sourcelist="$apt/sources.list" -o Dir::Etc::sourceparts=- \
            -o Dir::State::lists="$apt/lists" -o Dir::Cache="$apt/cache"
        if [ ! -f "$apt/.complete" ]; then
            apt-get "$@" update >"$scratch/log" 2>&1 ||
                fail "apt-get update: $(tail -n 1 "$scratch/log")"
            touch "$apt/.complete"
        fi
        (cd "$scratch" && apt-get "$@" source --download-only "${name#src:}") >"$scratch/log" 2>&1 ||
            fail "apt-get source: $(tail -n 1 "$scratch/log")"
        for archive in "$scratch"/*.orig.tar.*; do
            case $archive in *.asc | *.sig) continue ;; esac
            tar -xf "$archive" -C "$folder" --strip-components=1 ||
                fail "tar cannot unpack $(basename "$archive")"
        done
        ;;
    *)
        # Fetching as root into a root-only folder makes apt warn about its sandbox user.
        chmod 755 "$scratch"
        (cd "$scratch" && apt-get -q download "$name") >"$scratch/log" 2>&1 ||
            { [ "$(id -u)" = 0 ] && apt-get -q update >/dev/null 2>&1 &&
                (cd "$scratch" && apt-get -q download "$name") >"$scratch/log" 2>&1; } ||
            fail "apt-get download: $(tail -n 1 "$scratch/log")"
        dpkg-deb -x "$scratch"/*.deb "$folder"
        ;;
    esac
    touch "$folder/.complete"
fi
echo "$folder"
