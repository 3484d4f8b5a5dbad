#!/usr/bin/env python3
"""How many EC3xx findings does a million lines of real code get that are not true?

    quiet.py                 all code bases; goes on where it was stopped
    quiet.py --package NAME  these
    quiet.py --hints         prints what is whispered, too

Every file is checked by itself, for each builder. A warning or error that true.tsv does not know
counts as false until somebody has judged it; each is printed with its line.
"""

import argparse
import csv
import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from table import (BUILDERS, HERE, OUT, PATIENCE_S, SERVER, Unfetched, findings_of, lines_of,
                   package_folder, stopped_files)  # fmt: skip

SUFFIXES = {".c", ".h", ".cc", ".cpp", ".cxx", ".hh", ".hpp", ".hxx", ".inl"}
BATCH_FILES = 40
JOBS = 2
LINES_MIN = 1_000_000  # with less it proves nothing
LINES_A_FALSE = 20_000  # one false finding in so many lines is allowed
SPOKEN = ("error", "warning")


@dataclass(frozen=True)
class Code:
    package: str
    include: tuple = (".",)  # folders of headers, in the package
    flags: tuple = ()
    only: tuple = (".",)  # folders that are read


CODE = (
    Code("npm:better-sqlite3", ("deps/sqlite3",), ("-DSQLITE_OS_OTHER=1", "-DSQLITE_THREADSAFE=0"),
         ("deps/sqlite3",)),
    Code("src:zlib"),
    Code("src:lua5.4", ("src",)),
    Code("src:libpng1.6"),
    Code("src:openssl", ("include", "."), (), ("crypto", "ssl", "include", "providers", "apps")),
    Code("src:botan", ("src/lib",)),
    Code("src:mbedtls", ("include", "library")),
    Code("src:gsl"),
    Code("src:harfbuzz", ("src",)),
    Code("src:libwebsockets", ("include",)),
    Code("src:assimp", ("include", "code", "contrib", "contrib/rapidjson/include",
                        "contrib/gtest/include", "contrib/gtest")),
    Code("src:flac", ("include", "src/libFLAC/include")),
    Code("src:wavpack", ("include",)),
    Code("src:libgd2", ("src",)),
    Code("src:dav1d", (".", "include")),
    Code("src:xz-utils", ("src/common", "src/liblzma/api", "src/liblzma/common")),
    Code("src:brotli", ("c/include",)),
    Code("src:ode", ("include", "ou/include")),
    Code("src:capnproto", ("src",)),
    Code("src:leveldb", ("include", ".")),
    Code("src:libgcrypt20", ("src", "cipher", "mpi")),
    Code("src:wolfssl", (".",), (), ("src", "wolfssl", "wolfcrypt/src")),
    Code("src:nettle"),
    Code("src:libsoxr", ("src",)),
    Code("src:libde265", (".", "libde265")),
    Code("src:openjpeg2", ("src/lib/openjp2",), (), ("src",)),
    Code("src:speex", ("include", "libspeex")),
    Code("src:duktape", ("src-input",), (), ("src-input", "config", "extras")),
    Code("src:angelscript", ("angelscript/include", "angelscript/source"), (),
         ("angelscript", "add_on")),
    Code("src:libffi", ("include", "src/x86"), (), ("src", "include")),
    Code("src:zeromq3", ("include", "src")),
    Code("src:bullet", ("src",), (), ("src", "Extras")),
    Code("libopencv-core-dev", ("usr/include/opencv4",)),
    Code("libcgal-dev", ("usr/include",), (), ("usr/include/CGAL",)),
)  # fmt: skip


def build():
    """What the program is: another one has other findings."""
    digest = hashlib.sha256(SERVER.read_bytes())
    for module in sorted(SERVER.parent.glob("pipeline-*.so")):
        digest.update(module.read_bytes())
    return digest.hexdigest()[:16]


def batches(code, folder):
    files = []
    for only in code.only:
        files += [f for f in (folder / only).rglob("*") if f.suffix in SUFFIXES and f.is_file()]
    files = sorted(set(files))
    return [files[i : i + BATCH_FILES] for i in range(0, len(files), BATCH_FILES)]


def run_files(code, folder, builder, files):
    """The findings of some files; one that gives no answer in time is left out, and told."""
    name, triple, _ = BUILDERS[builder]
    flags = [f"-I{folder / i}" for i in code.include]
    command = [SERVER, "check", "--no-cache", "--headers=builtin", "--format=json", "-j", "1",
               "--fail-on=never", f"--builder={name}", *files,
               "--", f"--target={triple}", *flags, *code.flags]  # fmt: skip
    try:
        done = subprocess.run(["nice", *command], capture_output=True, check=False,
                              timeout=PATIENCE_S * max(1, len(files) / 4))  # fmt: skip
        if not stopped_files(done.stdout):
            return findings_of(done.stdout), []
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        pass
    if len(files) == 1:
        return [], [str(files[0])]
    found, silent = [], []
    for half in (files[: len(files) // 2], files[len(files) // 2 :]):
        more, unanswered = run_files(code, folder, builder, half)
        found += more
        silent += unanswered
    return found, silent


def run_batch(job):
    """One batch, from the file of an earlier run where there is one."""
    code, folder, builder, files, program = job
    said = repr((program, builder, code, [str(f) for f in files]))
    kept = OUT / "quiet" / (hashlib.sha256(said.encode()).hexdigest()[:20] + ".json")
    if kept.is_file():
        return json.loads(kept.read_text())
    found, unanswered = run_files(code, folder, builder, files)
    result = {
        "findings": [[str(f.place.file), f.place.line, f.code, f.severity, f.message]
                     for f in found],
        "unanswered": unanswered,
        "lines": sum(len(lines_of(f)) for f in files),
    }  # fmt: skip
    if unanswered:
        return result  # another run may have more time
    kept.parent.mkdir(parents=True, exist_ok=True)
    scratch = kept.with_suffix(f".{os.getpid()}.{id(files)}")
    scratch.write_text(json.dumps(result))
    scratch.rename(kept)
    return result


def judged(path=HERE / "true.tsv"):
    """{(package, file, text of the line)}: a finding there is true."""
    with open(path, newline="") as file:
        return {(row[0], row[1], row[2])
                for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
                if row and row[0] != "package"}  # fmt: skip


def text_at(file, line):
    lines = lines_of(Path(file))
    return " ".join(lines[line - 1].split())[:70].strip() if line <= len(lines) else ""


def run_code(code, builders, program, pool):
    """({(file, line): [findings by builder]}, lines read by all builders, unanswered files)"""
    folder = package_folder(code.package)
    jobs = [(code, folder, builder, files, program)
            for builder in builders for files in batches(code, folder)]  # fmt: skip
    places, lines, unanswered = {}, 0, set()
    for job, result in zip(jobs, pool.map(run_batch, jobs)):
        lines += result["lines"] if job[2] == builders[0] else 0
        unanswered.update(result["unanswered"])
        for file, line, number, severity, message in result["findings"]:
            if not file.startswith(str(folder.resolve()) + "/"):
                continue  # a header of ours, or of the compiler
            places.setdefault((file, line), {})[job[2]] = (number, severity, message)
    return places, lines, unanswered


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--package", nargs="*", default=[])
    parser.add_argument("--builder", nargs="*", default=list(BUILDERS))
    parser.add_argument("--hints", action="store_true")
    options = parser.parse_args()
    known, program = judged(), build()
    total = Counter()
    with ThreadPoolExecutor(JOBS) as pool:
        for code in CODE:
            if options.package and code.package not in options.package:
                continue
            try:
                places, lines, unanswered = run_code(code, options.builder, program, pool)
            except Unfetched:
                print(f"SKIP  {code.package}: cannot be fetched", flush=True)
                continue
            folder = str(package_folder(code.package).resolve()) + "/"
            count = Counter(lines=lines, unanswered=len(unanswered))
            for (file, line), said in sorted(places.items()):
                name, text = file[len(folder) :], text_at(file, line)
                spoken = any(severity in SPOKEN for _, severity, _ in said.values())
                is_true = (code.package, name, text) in known
                count["true" if is_true and spoken else "false" if spoken else "hint"] += 1
                if (spoken and not is_true) or (options.hints and not spoken):
                    number, severity, message = next(iter(said.values()))
                    print("\t".join((code.package, name, text, str(line), ",".join(sorted(said)),
                                     number, severity, message)))  # fmt: skip
            for file in sorted(unanswered):
                print(f"NO ANSWER {file}")
            print(f"{code.package:<22} {count['lines']:>8} lines {count['true']:>4} true"
                  f" {count['false']:>4} false or not judged {count['hint']:>4} hints", flush=True)
            total.update(count)
    rate = total["false"] * LINES_A_FALSE / max(1, total["lines"])
    print(f"quiet: {total['lines']} lines, {total['true']} true, {total['false']} false,"
          f" {rate:.2f} in {LINES_A_FALSE} lines, {total['hint']} hints,"
          f" {total['unanswered']} files without an answer")  # fmt: skip
    enough = options.package or total["lines"] >= LINES_MIN
    return 0 if rate <= 1 and enough and not total["unanswered"] else 1


if __name__ == "__main__":
    sys.exit(main())
