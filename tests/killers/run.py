#!/usr/bin/env python3
"""Killers in C++, against clang's word: what it compiles gets no error of ours, and what
it fails on gets one. Each form of snippets.txt is tried with each killer.

    run.py [--all] [TEXT...]    only the forms that contain a TEXT

Without --all, two killers stand for all, which find their way by the same walk.
"""
import concurrent.futures
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
OUT = pathlib.Path(os.environ.get("OUT", HERE.parent.parent / "out"))
sys.path.insert(0, str(HERE.parent))
import versions  # noqa: E402

CLANG = os.environ.get("CLANGXX", f"clang++-{versions.LLVM}")
KILLERS = {  # a declaration of `kill`, and an int that needs it
    "EC102": ("struct Half3 { _Float16 x, y, z; }; Half3 kill();", "((int)kill().x)"),
    "EC111": ("int kill(__bf16);", "kill((__bf16)1.0f)"),
    "EC114": ("int __vectorcall kill(double);", "kill(1.0)"),
    "EC117": ("__SVInt8_t kill();", "((void)kill(), 1)"),
    "EC203": ('int kill() __asm__("#kill");', "kill()"),
}
FLAGS = ["-std=c++20", "-w", "-march=armv8.2-a+sve", "-fcxx-exceptions", "-fexceptions"]
QUICK = {"arm64ec-pc-windows-msvc": ["EC111", "EC114"],
         "arm64ec-w64-windows-gnu": ["EC111"]}
ALL = "--all" in sys.argv
WORDS = [word for word in sys.argv[1:] if word != "--all"]


def forms():
    """(text, notes) of each form; '%%' parts them, a line '% not X' is a note. What stands
    before '%--' becomes a header of the rest. '% needs ROW': of the version table."""
    for part in (HERE / "snippets.txt").read_text().split("\n%%\n"):
        text = "\n".join(l for l in part.splitlines() if not l.startswith("% ")).strip()
        notes = [l[2:] for l in part.splitlines() if l.startswith("% ")]
        if text:
            yield text, notes


def clang_fails(path, target):
    done = subprocess.run(
        [CLANG, "--target=" + target, *FLAGS, "-fno-crash-diagnostics", "-c", path,
         "-o", path + ".o"], capture_output=True, text=True)
    own = [l for l in done.stderr.splitlines() if ": error:" in l and "<unknown>" not in l
           and "fatal error" not in l and l.startswith(path)]
    if own and not any("vectorcall" in l or "ARM64EC" in l for l in own):
        return None  # no C++ at all, or not on this target
    return done.returncode != 0


def findings(files, target):
    """Codes of errors by file name, of all files together."""
    done = subprocess.run(
        [OUT / "arm64ecd", "check", "--format=json", *files, "--", "clang++",
         "--target=" + target, *FLAGS], capture_output=True, text=True)
    if done.returncode > 1:
        raise SystemExit(f"arm64ecd: {done.returncode}: {done.stderr}")
    codes = {}
    for finding in json.loads(done.stdout)["findings"]:
        # Without a code it is clang's own: -march is not passed on, so SVE is unknown.
        if finding["severity"] == "error" and finding["code"]:
            name = pathlib.Path(finding["file"]).name
            codes.setdefault(name, set()).add(finding["code"])
    return codes


def write(folder, target):
    """The files of one target, and how many forms are left out."""
    skipped = 0
    for number, (form, notes) in enumerate(forms()):
        if WORDS and not any(word in form for word in WORDS):
            continue
        for code, (declaration, use) in KILLERS.items():
            if code not in QUICK[target] and not ALL:
                continue
            old = [n[6:] for n in notes if n.startswith("needs ") and not versions.has(n[6:])]
            if old:
                print(f"SKIP {target} {code}: {versions.why(old[0])}: {form[:60]}")
            if old or f"not {code}" in notes or f"not {target[8:11]}" in notes:
                skipped += 1
                continue
            header, _, body = form.rpartition("%--\n")
            if header:
                name = f"{number}-{code}.hpp"
                (folder / name).write_text(
                    (declaration + "\n" + header).replace("KILL", use))
                text = f'#include "{name}"\n{body}\n'
            else:
                text = declaration + "\n" + body + "\n"
            (folder / f"{number}-{code}.cpp").write_text(text.replace("KILL", use))
    return skipped


def try_target(target):
    passed = failed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        skipped = write(folder, target)
        files = sorted(folder.glob("*.cpp"))
        codes = findings(files, target)
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            truths = pool.map(lambda path: clang_fails(str(path), target), files)
        truths = dict(zip(files, truths))
        for path, truth in truths.items():
            if "EC203" in path.name:  # it reads what nobody wrote: by chance it lives
                twin = path.with_name(path.name.replace("EC203", "EC111"))
                truth = truths[twin]
            code, ours = path.stem.split("-")[1], codes.get(path.name, set())
            if truth is not None and truth == (code in ours) and ours <= {code}:
                passed += 1
                continue
            failed += 1
            says = {None: "has no word", True: "fails", False: "compiles"}[truth]
            print(f"FAIL {target}: clang {says}, found {sorted(ours)}:\n"
                  + path.read_text())
    return passed, failed, skipped


def main():
    if not shutil.which(CLANG):
        print(f"SKIP killers: no {CLANG}\n0 passed, 0 failed, 1 skipped")
        return 0
    passed, failed, skipped = map(sum, zip(*map(try_target, QUICK)))
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
