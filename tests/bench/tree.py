"""A tree of 200 files: processor time of `arm64ecd check` and of clang for each file."""

import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "oracle"))
from corpora import CORPORA, files_of  # noqa: E402

N_FILES = 200
# Of sqlite3's size is no other file: it would be half of the sum.
NAMES = ("lua", "zlib", "mbedtls", "libpng", "pcre2", "libsodium", "brotli", "zstd", "tree-sitter", "jansson")
INCLUDE = ROOT / "codegen" / "include"
FLAGS = ["--target=arm64ec-pc-windows-msvc", "-nostdlibinc", "-isystem", str(INCLUDE), "-isystem",
         str(INCLUDE / "spelled"), "-w"]  # fmt: skip


def cpu_seconds(argv, **how):
    """Of the program and of all that it started; what it printed is dropped."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, **how)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.returncode


def take_files(clang):
    """[(file, flags)] of those that clang compiles."""
    taken = []
    for corpus in (corpus for name in NAMES for corpus in CORPORA if corpus.name == name):
        try:
            found = files_of(corpus)
        except (RuntimeError, OSError) as error:
            print(f"SKIP  {corpus.name}: {error}")
            continue
        for file, flags in found:
            if cpu_seconds([clang, "-fsyntax-only", *FLAGS, *flags, str(file)])[1] == 0:
                taken.append((file, flags))
            if len(taken) == N_FILES:
                return taken
    return taken


def check_tree(program, clang, rounds):
    """(files, seconds of clang, of a first check, of a second one), each the least of all rounds:
    nothing that disturbs makes them less."""
    files = take_files(clang)
    theirs, cold, warm = [], [], []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        database = [{"directory": folder, "file": str(file), "arguments": ["clang", *FLAGS, *flags, "-c", str(file)]}
                    for file, flags in files]  # fmt: skip
        Path(folder, "compile_commands.json").write_text(json.dumps(database))
        for number in range(rounds):
            theirs.append(sum(cpu_seconds([clang, "-fsyntax-only", *FLAGS, *flags, str(file)])[0]
                              for file, flags in files))  # fmt: skip
            env = dict(os.environ, XDG_CACHE_HOME=f"{folder}/cache{number}")
            argv = [program, "check", "compile_commands.json"]
            cold.append(cpu_seconds(argv, cwd=folder, env=env)[0])
            warm.append(cpu_seconds(argv, cwd=folder, env=env)[0])
    return len(files), min(theirs), min(cold), min(warm)
