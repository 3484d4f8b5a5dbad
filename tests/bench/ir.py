"""A module of ten megabytes and more, sqlite3.c's at -O0: from an edit to what is found in it,
code generation included, and `llc -O0` of the same text."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "lsp"))
from client import Client  # noqa: E402

PATIENCE_S = 120


def module(clang, source, folder):
    """The IR of a C file as text; None where clang does not compile it."""
    own = ROOT / "codegen" / "include"
    (folder / "Windows.h").write_text("#include <windows.h>\n")
    out = folder / "main.ll"
    command = [clang, "--target=arm64ec-pc-windows-msvc", "-nostdlibinc", "-isystem", str(own),
               "-isystem", str(own / "spelled"), "-I", str(folder), "-O0", "-w", "-S", "-emit-llvm",
               "-o", str(out), str(source)]  # fmt: skip
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    return out.read_text() if done.returncode == 0 else None


def edits(server, clang, llc, source, rounds):
    """(ms of ours, ms of llc's, megabytes), each the median; None where there is no text."""
    ours, theirs = [], []
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(os.path.realpath(name))
        text = module(clang, source, folder)
        if text is None:
            return None
        file = folder / "edited.ll"
        file.write_text(text)
        with Client([server, "--deadline=90"], cwd=folder) as client:
            client.initialize(folder, capabilities={})
            client.open(file.as_uri(), text, "llvm")
            client.call("$/arm64ecd/sync", {}, PATIENCE_S)
            for number in range(rounds):
                at = {"line": 0, "character": 0}
                change = {"range": {"start": at, "end": at}, "text": f"; {number}\n"}
                started = time.perf_counter()
                client.notify("textDocument/didChange", {
                    "textDocument": {"uri": file.as_uri(), "version": number + 2},
                    "contentChanges": [change]})  # fmt: skip
                client.call("$/arm64ecd/sync", {}, PATIENCE_S)
                ours.append((time.perf_counter() - started) * 1000)
                started = time.perf_counter()
                subprocess.run([llc, "-O0", "-filetype=obj", "-o", str(folder / "main.obj"), str(file)],
                               check=True)  # fmt: skip
                theirs.append((time.perf_counter() - started) * 1000)
            said = str(client.published.get(file.as_uri(), ""))
            client.finish()
            if "was stopped" in said:
                return None  # the machine is too busy: code generation did not get to its end
    return statistics.median(ours), statistics.median(theirs), len(text) / 1e6
