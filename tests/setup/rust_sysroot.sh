#!/bin/sh
# Makes a standard library of Rust for arm64ec-pc-windows-msvc that `cargo check` can use,
# from the sources that Debian packages, and prints its folder.
#
#   rust_sysroot.sh [FOLDER]      FOLDER: of all sysroots, out/rust-sysroot
#
# Nobody packages one, and there is no network. Metadata alone: no linker, half a minute.
# It belongs to one rustc, so its name has the hash of `rustc -vV`; a second call finds it.
# Exit status 77 and a reason where rustc or its sources are not installed.
set -eu
exec </dev/null

here=$(cd "$(dirname "$0")/../.." && pwd)
folder=${1:-$here/out/rust-sysroot} # of every build of ours
rustc=${RUSTC:-/usr/bin/rustc}
library=${RUST_LIBRARY:-/usr/lib/rustlib/src/rust/library}
vendor=$library/vendor
target=arm64ec-pc-windows-msvc
export RUSTC_BOOTSTRAP=1

skip()
{
    echo "rust_sysroot.sh: $1" >&2
    exit 77
}

[ -x "$rustc" ] || skip "no $rustc; install rustc-web"
[ -d "$library/core" ] || skip "no $library; install rust-web-src"
version=$("$rustc" -vV)
sysroot=$folder/$(printf '%s' "$version" | sha256sum | cut -c1-16)
if [ -f "$sysroot/complete" ]; then
    echo "$sysroot"
    exit 0
fi
echo "rust_sysroot.sh: building the standard library for $target, once" >&2
rm -rf "$sysroot"
rlibs=$sysroot/lib/rustlib/$target/lib
mkdir -p "$rlibs"

# crate NAME EDITION SOURCE [--cfg ...] [--extern ...]
crate()
{
    name=$1 edition=$2 source=$3
    shift 3
    "$rustc" --crate-name "$name" --edition="$edition" --crate-type rlib --emit=metadata \
        --target $target -C metadata=ec0 -C extra-filename=-ec0 --out-dir "$rlibs" \
        -L dependency="$rlibs" --sysroot "$sysroot" -Z force-unstable-if-unmarked \
        -Z always-encode-mir --cap-lints allow "$@" "$source"
}

# with NAME...: --extern of each, by its own name; FROM=NAME under another
with()
{
    for name; do
        echo "--extern ${name%=*}=$rlibs/lib${name#*=}-ec0.rmeta"
    done
}

features()
{
    for feature; do
        printf -- '--cfg feature="%s"\n' "$feature"
    done
}

# shellcheck disable=SC2046 # lists of words
{
    base=$(with core=core compiler_builtins=compiler_builtins)
    alloc="$base $(with alloc=alloc)"
    facade="$(with core=rustc_std_workspace_core compiler_builtins=compiler_builtins)"
    facades="$facade $(with alloc=alloc core=rustc_std_workspace_core) \
        $(with rustc_std_workspace_alloc=rustc_std_workspace_alloc) \
        $(with rustc_std_workspace_core=rustc_std_workspace_core)"
    std="$alloc $(with std=std)"

    # shellcheck disable=SC2086
    build()
    {
        crate core 2024 "$library/core/src/lib.rs"
        crate compiler_builtins 2024 \
            "$library/compiler-builtins/compiler-builtins/src/lib.rs" \
            $(features compiler-builtins unmangled-names) $(with core=core)
        crate alloc 2024 "$library/alloc/src/lib.rs" $base
        crate rustc_std_workspace_core 2024 "$library/rustc-std-workspace-core/lib.rs" $base
        crate rustc_std_workspace_alloc 2024 \
            "$library/rustc-std-workspace-alloc/lib.rs" $alloc
        crate cfg_if 2018 "$(echo "$vendor"/cfg-if-1.*/src/lib.rs)" \
            $(features rustc-dep-of-std) $facade
        crate unwind 2024 "$library/unwind/src/lib.rs" $base $(with cfg_if=cfg_if)
        crate panic_abort 2024 "$library/panic_abort/src/lib.rs" $alloc -C panic=abort
        crate panic_unwind 2024 "$library/panic_unwind/src/lib.rs" $alloc \
            $(with unwind=unwind)
        crate rustc_demangle 2018 "$(echo "$vendor"/rustc-demangle-*/src/lib.rs)" \
            $(features rustc-dep-of-std core) $facade
        crate hashbrown 2024 "$(echo "$vendor"/hashbrown-*/src/lib.rs)" \
            $(features rustc-dep-of-std nightly alloc core rustc-internal-api) $facades
        crate std_detect 2024 "$library/std_detect/src/lib.rs" $alloc
        crate windows_link 2024 "$library/windows_link/src/lib.rs" $base
        STD_ENV_ARCH=arm64ec crate std 2024 "$library/std/src/lib.rs" $alloc \
            $(features panic-unwind panic_unwind) --cfg backtrace_in_libstd \
            $(with cfg_if=cfg_if unwind=unwind panic_abort=panic_abort \
                panic_unwind=panic_unwind rustc_demangle=rustc_demangle \
                hashbrown=hashbrown std_detect=std_detect windows_link=windows_link)
        # For `cargo check --all-targets` and procedural macros.
        crate rustc_literal_escaper 2021 \
            "$(echo "$vendor"/rustc-literal-escaper-*/src/lib.rs)" \
            $(features rustc-dep-of-std) $(with core=rustc_std_workspace_core std=std)
        crate proc_macro 2024 "$library/proc_macro/src/lib.rs" $std \
            $(with rustc_literal_escaper=rustc_literal_escaper)
        crate rustc_std_workspace_std 2024 "$library/rustc-std-workspace-std/lib.rs" $std
        crate getopts 2018 "$(echo "$vendor"/getopts-*/src/lib.rs)" \
            $(features rustc-dep-of-std) \
            $(with core=rustc_std_workspace_core std=rustc_std_workspace_std)
        crate test 2024 "$library/test/src/lib.rs" $std $(with getopts=getopts)
    }
    build >&2
}
touch "$sysroot/complete"
echo "$sysroot"
