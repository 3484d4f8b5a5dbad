#!/usr/bin/env python3
"""Rust: tokens against rustc's own lexer, files of Cargo's; README.md beside it says how.

    run.py [--full]      --full: all files of the Rust source tree, else every tenth
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
OUT = ROOT / os.environ.get("OUT", "out")
DRIVER = OUT / "rust-driver"
RUSTC = Path("/usr/bin/rustc")
EQUAL_MIN = 0.997
PATIENCE_S = 600

# What rustc_lexer asks of crates that are not in the source package. The standard library
# knows the same properties of characters; of emoji these two blocks are enough.
STUBS = {
    "memchr": """pub fn memchr(n: u8, h: &[u8]) -> Option<usize> { h.iter().position(|&b| b == n) }""",
    "unicode_ident": """
pub const UNICODE_VERSION: (u8, u8, u8) = (0, 0, 0);
pub fn is_xid_start(c: char) -> bool { c.is_alphabetic() }
pub fn is_xid_continue(c: char) -> bool { c.is_alphanumeric() || c == '_' || ('\\u{300}'..='\\u{36f}').contains(&c) }
""",
    "unicode_properties": """
pub const UNICODE_VERSION: (u64, u64, u64) = (0, 0, 0);
pub trait UnicodeEmoji { fn is_emoji_char(self) -> bool; }
impl UnicodeEmoji for char {
    fn is_emoji_char(self) -> bool { matches!(self as u32, 0x1F000..=0x1FAFF | 0x2600..=0x27BF) }
}
""",
}


def source_tree():
    """The folder of the source of this very rustc; None: it is not installed."""
    if not RUSTC.exists():
        return None
    said = subprocess.run([RUSTC, "-vV"], capture_output=True, text=True, check=True).stdout
    version = re.search(r"release: ([0-9.]+)", said)[1]
    tree = Path(f"/usr/src/rustc-{version}")
    return tree if (tree / "compiler/rustc_lexer/src/lib.rs").exists() else None


def rustc(folder, *arguments):
    subprocess.run(
        [RUSTC, "--edition", "2024", "-O", "-L", folder, *arguments], cwd=folder, check=True,
        env={**os.environ, "RUSTC_BOOTSTRAP": "1"}, timeout=PATIENCE_S)


def build_oracle(tree, folder):
    for name, text in STUBS.items():
        (folder / f"{name}.rs").write_text(text)
        rustc(folder, "--crate-type", "rlib", f"{name}.rs")
    externs = [word for name in STUBS for word in ("--extern", f"{name}=lib{name}.rlib")]
    rustc(folder, "--crate-type", "rlib", "--crate-name", "rustc_lexer", *externs,
          str(tree / "compiler/rustc_lexer/src/lib.rs"))
    rustc(folder, "--extern", "rustc_lexer=librustc_lexer.rlib", str(HERE / "lexer.rs"), "-o", "oracle")
    return folder / "oracle"


def hashes(program, arguments, paths):
    done = subprocess.run([program, *arguments], input="\n".join(paths), capture_output=True, text=True,
                          check=True, timeout=PATIENCE_S)
    return set(done.stdout.split("\n"))


def known_differences():
    lines = (HERE / "lexer-differences.txt").read_text().split("\n")
    return {line.split("  ")[0] for line in lines if line and not line.startswith("#")}


def compare_lexers(tree, is_full):
    paths = sorted(str(path) for path in tree.rglob("*.rs"))[:: 1 if is_full else 10]
    with tempfile.TemporaryDirectory() as folder:
        oracle = build_oracle(tree, Path(folder))
        theirs = hashes(oracle, [], paths)
        ours = hashes(DRIVER, ["--hash"], paths)
    different = sorted(line.split(" ")[0] for line in theirs - ours)
    equal = 1 - len(different) / len(paths)
    new = [path for path in different if str(Path(path).relative_to(tree)) not in known_differences()]
    print(f"lexer: {len(paths)} files, {len(different)} differ, equal {equal:.4f}")
    for path in new:
        print(f"FAIL  {path}: other tokens than rustc's lexer has, and not in lexer-differences.txt")
    return equal >= EQUAL_MIN and not new


# --- Files of Cargo's ---

EXPECTATION = re.compile(r"expect-(error|warning|info|hint) (EC\d+)(?: \{\{(.*?)\}\})?")


def expectations(folder):
    """(file, line, severity, code, text) for each comment; a file without one must say expect-nothing."""
    for path in sorted(file for file in folder.rglob("*") if file.is_file()):
        text = path.read_text()
        found = [(path, number, *match.groups()) for number, line in enumerate(text.split("\n"), 1)
                 for match in EXPECTATION.finditer(line)]
        assert found or "expect-nothing" in text, f"{path}: expects nothing and does not say so"
        yield from found


def check_crate(folder):
    done = subprocess.run([OUT / "arm64ecd", "check", "--no-cache", "--format=json", folder], cwd=ROOT,
                          capture_output=True, text=True, timeout=PATIENCE_S)
    found = [(Path(f["file"]), f["range"]["start"]["line"], f["severity"], f["code"], f["message"])
             for f in json.loads(done.stdout)["findings"]]
    faults = []
    for path, line, severity, code, text in expectations(folder):
        fit = [f for f in found if f[:4] == (path, line, severity, code) and (text or "") in f[4]]
        if fit:
            found.remove(fit[0])
        else:
            faults.append(f"{path}:{line}: missing {severity} {code} {text or ''}")
    faults += [f"{path}:{line}: unexpected {severity} {code}: {message}"
               for path, line, severity, code, message in found]
    for fault in faults:
        print(f"FAIL  {fault}")
    return not faults


def main():
    if not DRIVER.exists():
        print(f"rust: {DRIVER} is not built\n0 passed, 1 failed, 0 skipped")
        return 1
    results = [check_crate(folder) for folder in sorted((HERE / "cargo").iterdir())]
    skipped = 0
    tree = source_tree()
    if tree:
        results.append(compare_lexers(tree, "--full" in sys.argv))
    else:
        print("SKIP  lexer: rustc-web and rust-web-src are not installed")
        skipped = 1
    others = {"fixes.py": HERE, "hostile.py": HERE, "gates.py": ROOT / "out/corpora/rust", "commits.py": ROOT / "out/corpora/rust-1.63", "thunks.py": RUSTC}
    for name, needed in others.items():
        if not needed.exists():
            print(f"SKIP  {name}: {needed} is not there; started by itself it fetches what it can")
            skipped += 1
            continue
        done = subprocess.run([HERE / name], capture_output=True, text=True, timeout=PATIENCE_S)
        print("\n".join(done.stdout.split("\n")[:-2]))
        results.append(done.returncode == 0)
    print(f"{sum(results)} passed, {len(results) - sum(results)} failed, {skipped} skipped")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
