#!/bin/sh
# Installs the Debian packages that a purpose needs, or says which are missing.
#
#   packages.sh [--install|--need] PURPOSE...    PURPOSE: build test check lint verify oracle bench
#
# Everything present: silent, in some milliseconds. --need installs nothing and fails when
# something is missing. No question is asked and nothing is read from standard input.
set -eu
exec </dev/null

llvm=${LLVM:-22}
mode=--install

packages_of()
{
    case $1 in
    build) echo "gcc libc6-dev make pkg-config llvm-$llvm-dev libclang-$llvm-dev \
                 libclang-common-$llvm-dev libuv1-dev libcjson-dev" ;;
    test) echo "python3 neovim vim clang-$llvm libclang-rt-$llvm-dev libunicorn2 \
               rustc-web cargo-web rust-web-src" ;;
    check) echo "python3 clang-format clang-$llvm clangd-$llvm binutils" ;;
    lint) echo "cppcheck shellcheck clang-$llvm clang-tidy-$llvm clang-tools-$llvm" ;;
    verify) echo "python3 clang-$llvm libunicorn-dev" ;;
    oracle) echo "python3 clang-$llvm xz-utils bzip2 libunicorn2" ;;
    bench) echo "python3 clangd-$llvm" ;;
    *) echo "packages.sh: unknown purpose '$1'" >&2; exit 2 ;;
    esac
}

fail()
{
    echo "set-up: $1" >&2
    exit 1
}

wanted=
for argument; do
    case $argument in
    --install | --need) mode=$argument ;;
    *) wanted="$wanted $(packages_of "$argument")" ;;
    esac
done
# shellcheck disable=SC2086 # one package a word, here and below
wanted=$(printf '%s\n' $wanted | sort -u)

command -v dpkg-query >/dev/null ||
    fail "only Debian is set up by this script; install by hand: $wanted"

# shellcheck disable=SC2086,SC2016 # ${...} is dpkg's
present=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $wanted 2>/dev/null |
    sed -n 's/^installed //p' | sort -u) || true
missing=$(printf '%s\n' "$wanted" | grep -vxF -e "$present" || true)
[ -n "$missing" ] || exit 0

# shellcheck disable=SC2086,SC2116
missing=$(echo $missing)
echo "set-up: missing packages: $missing" >&2
if [ "$mode" = --need ]; then
    echo "set-up: install them with" >&2
    echo "    sudo apt-get install --no-install-recommends $missing" >&2
    echo "or let 'make run' or 'make test' do it" >&2
    exit 1
fi

if [ "$(id -u)" = 0 ]; then
    root="env"
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    root="sudo -n env"
else
    fail "neither root nor 'sudo -n': install them by hand: apt-get install --no-install-recommends $missing"
fi

apt="$root DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300"
echo "set-up: installing them now (apt-get, without recommended packages)" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
$apt update >"$log" 2>&1 || { tail -n 5 "$log" >&2; fail "apt-get update failed; is the network there?"; }
for package in $missing; do
    apt-cache show "$package" >/dev/null 2>&1 || case $package in
    *-"$llvm"*) fail "apt does not know $package; it is in Debian 12's security archive and in LLVM's own for Debian: add one of them to the sources" ;;
    *) fail "apt does not know $package; this script knows Debian 12 and later" ;;
    esac
done
# shellcheck disable=SC2086,SC2116
$apt install --no-install-recommends $missing >"$log" 2>&1 ||
    { tail -n 15 "$log" >&2; fail "apt-get install failed"; }
echo "set-up: installed" >&2
