#!/usr/bin/env python3
"""Applies the fixes of `check --format=json` and compares with NAME.expected."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROGRAM = os.environ.get("ARM64ECD", str(HERE.parent.parent / "out" / "arm64ecd"))
CLANG = shutil.which("clang-22")
HEADERS = HERE.parent.parent / "codegen/include"
TARGET = "--target=arm64ec-pc-windows-msvc"


def flags_of(path):
    """The first line may say "// flags: FLAG..."; the target is among them."""
    first = path.read_text(errors="replace").split("\n", 1)[0]
    return first.removeprefix("// flags:").split() if first.startswith("// flags:") else [TARGET]


def builder_of(path):
    """"// builder: NAME" on the second line."""
    lines = path.read_text(errors="replace").split("\n", 2)
    return lines[1].removeprefix("// builder: ") if lines[1].startswith("// builder: ") else ""


def own_headers(path):
    """What clang needs to compile for Arm64EC: of cl's <intrin.h> for builder MSVC, too."""
    extra = ["-isystem", HEADERS / "msvc"] if builder_of(path).startswith("msvc") else []
    return [*extra, "-isystem", HEADERS]


def findings(path):
    done = subprocess.run(
        [PROGRAM, "check", "--no-cache", "--headers=builtin", "--format=json", str(path),
         *([f"--builder={builder_of(path)}"] if builder_of(path) else []),
         "--", *flags_of(path)],
        capture_output=True, timeout=60, check=False)
    return json.loads(done.stdout)["findings"]


def offset(lines, place):
    return sum(len(line) for line in lines[:place["line"] - 1]) + place["column"] - 1


def errors_elsewhere(path):
    """How many errors clang has for x64 and for ARM64; a guard's edit changes neither."""
    counts = []
    for arch in ("x86_64", "aarch64"):
        flags = [flag.replace("arm64ec", arch) for flag in flags_of(path)]
        done = subprocess.run(
            [CLANG, *flags, "-isystem", HEADERS, "-ferror-limit=0", "-c", "-o", "other.obj", path.name],
            cwd=path.parent, capture_output=True, text=True, timeout=60, check=False)
        counts.append(done.stderr.count(" error: "))
    return counts


def apply(text, fixes):
    lines = text.splitlines(keepends=True)
    edits = {}
    for fix in fixes:
        for edit in fix["edits"]:
            span = edit["range"]
            edits[offset(lines, span["start"]), offset(lines, span["end"])] = edit["text"]
    for (start, end), new in sorted(edits.items(), reverse=True):
        text = text[:start] + new.encode() + text[end:]
    return text


def run(path, update):
    """What is wrong with the fixes of one file; None if nothing is."""
    before = [f for f in findings(path) if f["fixes"]]
    if path.stem.endswith("_not"):
        return f"has fixes: {[f['code'] for f in before]}" if before else None
    if not before:
        return "no finding has a fix"
    fixed = apply(path.read_bytes(), [fix for f in before for fix in f["fixes"]])
    expected = path.with_suffix(".expected")
    if update:
        expected.write_bytes(fixed)
    if expected.read_bytes() != fixed:
        return f"became\n{fixed.decode()}"
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        copy.write_bytes(fixed)
        left = {f["code"] for f in findings(copy)} & {f["code"] for f in before}
        if left:
            return f"still reported: {', '.join(sorted(left))}"
        if CLANG:
            done = subprocess.run([CLANG, *flags_of(path), *own_headers(path), "-c", copy.name, "-o", "fixed.obj"], cwd=folder,
                                  capture_output=True, text=True, timeout=60, check=False)
            if done.returncode:
                return f"clang refuses it: {done.stderr}"
            if path.name.startswith("arch_"):
                after = errors_elsewhere(copy)
                copy.write_bytes(path.read_bytes())
                if errors_elsewhere(copy) != after:
                    return f"x64 and ARM64 have {errors_elsewhere(copy)} errors, and {after} with the fixes"
    return None


def main():
    update = "--update" in sys.argv
    passed = failed = 0
    for path in sorted(p for p in HERE.iterdir() if p.suffix in (".c", ".cpp")):
        wrong = run(path, update)
        if wrong:
            failed += 1
            print(f"FAIL  {path.name}: {wrong}")
        else:
            passed += 1
    print(f"{passed} passed, {failed} failed, {0 if CLANG else 1} skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
