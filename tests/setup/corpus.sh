#!/bin/sh
# Fetches a real input by the name of its package, without installing it, and prints the
# folder it lies in: out/corpora/NAME. A second call needs no network.
#
#   corpus.sh NAME        a Debian package (its files), or npm:NAME (needs npm)
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
