#!/usr/bin/env python3
"""Latency and memory against clangd, over stdio, on the same files and flags: make bench

Both servers play the same sessions in turn, several rounds; of each number the median
counts. The latency of an edit ends with the publish that contains the error which that very
edit made: it writes an undeclared name that was never there before.

    run.py [--rounds=N] [--edits=N] [--only=WORD] [--plot=FILE]
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT / "tests" / "lsp")]
import assembly  # noqa: E402
import conditions  # noqa: E402
import rust  # noqa: E402
import documents  # noqa: E402
import ir  # noqa: E402
from client import SERVER, Client  # noqa: E402
from plot import Chart, Curve, write_charts  # noqa: E402
from tree import check_tree  # noqa: E402

LLVM = os.environ.get("LLVM", "22")
TARGET = "--target=arm64ec-pc-windows-msvc"
PATIENCE_S = 120
SETTLED_S = 1.0  # before memory is read
SIGNATURE_MS_MAX = 5
BODY_MS_MAX = 40  # of an edit inside a function, however large the file
GROWTH_LINES = (1_000, 10_000, 100_000, 1_000_000)
GROWTH_MS_MAX = 100  # with a million lines, 34 MB

SMALL = """#include <stdio.h>

struct point {
    int x, y;
};

static int area(struct point a, struct point b)
{
    int width = b.x - a.x;
    int height = b.y - a.y;
    return width * height;
}

int main(void)
{
    struct point corner = {3, 4}, origin = {0, 0};
    printf("%d\\n", area(origin, corner));
    return SPOT;
}
"""
WINDOWS = """#include <windows.h>

int main(void)
{
    MessageBoxA(NULL, "text", "caption", MB_OK);
    return SPOT;
}
"""


@dataclass
class Case:
    name: str
    text: str  # SPOT is where each edit writes
    flags: list
    limit: float  # of the ratio ours / clangd's; 0: for information
    edits: int = 15
    spell: object = lambda name, _: name  # what an edit writes: (undeclared name, number)
    ms_max: float = 0  # of an edit; 0: no limit
    rounds: int = 0  # 0: as the command line says
    compiles: bool = True
    first_limit: float = 0  # of the ratio for the first findings


@dataclass
class Server:
    name: str
    argv: list


def corpus(name):
    """The folder of a fetched package, None where it cannot be had."""
    done = subprocess.run(
        [ROOT / "tests" / "setup" / "corpus.sh", name], stdin=subprocess.DEVNULL,
        capture_output=True, text=True)  # fmt: skip
    if done.returncode != 0:
        print(f"SKIP  {done.stderr.strip()}")
        return None
    return Path(done.stdout.strip())


def header_flags():
    """Of documents behind <stdio.h> and <windows.h>."""
    wine = corpus("libwine-dev")
    wine = wine and wine / "usr/include/wine/wine"
    folders = [wine / "msvcrt", wine / "windows"] if wine else [ROOT / "codegen" / "include"]
    return [TARGET, *[word for folder in folders for word in ("-isystem", str(folder))]]


def cases():
    wine = corpus("libwine-dev")
    msvcrt = wine and wine / "usr/include/wine/wine/msvcrt"
    own = ROOT / "codegen" / "include"
    runtime = ["-isystem", str(msvcrt)] if msvcrt else ["-isystem", str(own)]
    windows = [*runtime, "-isystem", str(wine / "usr/include/wine/wine/windows")] if wine else None
    yield Case("20 lines", SMALL.replace("SPOT", "0 + SPOT"), [TARGET, *(windows or runtime)], 0.15)
    if wine:
        yield Case("windows.h", WINDOWS, [TARGET, *windows], 0.15)
    sqlite = corpus("npm:better-sqlite3")
    mingw = sqlite and corpus("mingw-w64-common")
    if sqlite and mingw:
        text = sqlite_text(sqlite)
        flags = ["--target=arm64ec-w64-mingw32", "-isystem", str(mingw / "usr/share/mingw-w64/include"),
                 "-DSQLITE_OS_OTHER=1", "-DSQLITE_THREADSAFE=0", "-DSQLITE_OMIT_LOAD_EXTENSION"]
        yield Case("sqlite3.c, in a body", in_body(text), flags, 0.05, edits=15, ms_max=BODY_MS_MAX, rounds=1,
                   first_limit=0.6)  # fmt: skip
        yield Case("sqlite3.c, elsewhere", at_file_scope(text), flags, 0.5, edits=3, rounds=1, compiles=False)


def sqlite_text(folder):
    found = next(folder.rglob("sqlite3.c"), None)
    if found is None:
        archive = next(folder.rglob("sqlite3*.tar.gz"))
        subprocess.run(["tar", "-xzf", archive, "-C", folder], check=True)
        found = next(folder.rglob("sqlite3.c"))
    return found.read_text("utf-8", "replace")


def in_body(text):
    return re.sub(r"(int sqlite3_libversion_number\(void\)\{ return) ", r"\1 SPOT + ", text, count=1)


def at_file_scope(text):
    """A declaration in front of the same function: every function behind it could see it."""
    return re.sub(r"(SQLITE_API int sqlite3_libversion_number\(void\)\{)", r"int bench_spot = 0 + SPOT;\n\1",
                  text, count=1)  # fmt: skip


# --- one session ---


@dataclass
class Measured:
    initialize_ms: float
    first_ms: float
    edits_ms: list
    resident_mb: float


def session(server, case):
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        root = Path(os.path.realpath(folder))
        file = root / "main.c"
        command = ["clang", *case.flags, "-c", "main.c"]
        entry = {"directory": str(root), "file": "main.c", "arguments": command}
        (root / "compile_commands.json").write_text(json.dumps([entry]))
        file.write_text(case.text.replace("SPOT", "0"))
        started = time.perf_counter()
        with Client(server.argv, cwd=root) as client:
            client.initialize(root, capabilities={
                "textDocument": {"publishDiagnostics": {"versionSupport": True}}})  # fmt: skip
            initialize_ms = since(started)
            names = [f"absent_{number}_" for number in range(case.edits + 1)]
            started = time.perf_counter()
            client.open(file.as_uri(), case.text.replace("SPOT", case.spell(names[0], 0)))
            await_name(client, file, names[0])
            first_ms = since(started)
            edits = [edit(client, file, case, number, names) for number in range(1, len(names))]
            time.sleep(SETTLED_S)
            resident_mb = resident(client.process.pid) / 1e6
            client.finish()
    return Measured(initialize_ms, first_ms, edits, resident_mb)


def edit(client, file, case, number, names):
    """Replaces the last name by the next one, as typing does; milliseconds to its publish."""
    text, before = case.text, case.spell(names[number - 1], number - 1)
    at = text.index("SPOT")
    line = text.count("\n", 0, at)
    column = at - (text.rfind("\n", 0, at) + 1)
    span = {"start": {"line": line, "character": column},
            "end": {"line": line, "character": column + len(before)}}  # fmt: skip
    time.sleep(0.15)  # a person does not type into the middle of the last answer
    started = time.perf_counter()
    client.change(file.as_uri(), number + 1, [{"range": span, "text": case.spell(names[number], number)}])
    await_name(client, file, names[number])
    return since(started)


def await_name(client, file, name):
    client.diagnostics(file.as_uri(), lambda ds: any(name in d["message"] for d in ds), PATIENCE_S)


def since(started):
    return (time.perf_counter() - started) * 1000


def resident(pid):
    """Bytes of resident memory of a process and all below it."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            child = int(stat.parent.name)
        except (FileNotFoundError, ProcessLookupError):
            continue
        if parent == pid:
            total += resident(child)
    for line in Path(f"/proc/{pid}/status").read_text().split("\n"):
        if line.startswith("VmRSS:"):
            total += int(line.split()[1]) * 1024
    return total


def whole_compile(clang, case, rounds):
    """From a save to the end of the full stage, and clang itself with the same flags; in ms.
    With our own headers: clang refuses the x86 assembly in others."""
    ours, theirs = [], []
    include = ROOT / "codegen" / "include"
    own = ["-isystem", str(include), "-isystem", str(include / "spelled")]
    flags = [TARGET, *own, *[flag for flag in case.flags if flag.startswith("-D")]]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        root = Path(os.path.realpath(folder))
        file = root / "main.c"
        command = ["clang", *flags, "-O2", "-c", "main.c"]
        entry = {"directory": str(root), "file": "main.c", "arguments": command}
        (root / "compile_commands.json").write_text(json.dumps([entry]))
        text = case.text.replace("SPOT", "0")
        file.write_text(text)
        with Client([SERVER], cwd=root) as client:
            client.initialize(root, capabilities={})
            client.open(file.as_uri(), text)
            client.call("$/arm64ecd/sync", {}, PATIENCE_S)
            for _ in range(rounds):
                started = time.perf_counter()
                client.notify("textDocument/didSave", {"textDocument": {"uri": file.as_uri()}})
                client.call("$/arm64ecd/sync", {}, PATIENCE_S)
                ours.append(since(started))
                started = time.perf_counter()
                subprocess.run([clang, *flags, "-nostdlibinc", "-w", "-O2", "-c", str(file), "-o",
                                str(root / "main.o")], check=True)  # fmt: skip
                theirs.append(since(started))
            client.finish()
    return statistics.median(ours), statistics.median(theirs)


def grown(n_lines):
    """A file of functions of ten lines each; the spot is in the middle."""
    function = """static int f{n}(int a, double b)
{{
    int sum = a;
    for (int i = 0; i < a; i++) {{
        sum += i * (int)b; /* one of many */
        if (sum > 100)
            sum -= {n};
    }}
    return sum{spot} + {call};
}}
"""
    n = n_lines // 10
    return "".join(function.format(n=i, spot=" + SPOT" if i == n // 2 else "",
                                   call=f"f{i - 1}(a, b)" if i else "0") for i in range(n))  # fmt: skip


def growth(servers):
    """Edits in a body in files of growing size: prints them; (missed targets, points by server)."""
    missed, by_lines = 0, {server.name: [] for server in servers}
    for n_lines in GROWTH_LINES:
        for server in servers:
            n_edits = 8 if server is servers[0] else 2
            case = Case("growth", grown(n_lines), [TARGET, "-Wno-everything"], 0, edits=n_edits)
            # The first edits make what the others use.
            edits = session(server, case).edits_ms
            by_lines[server.name].append((n_lines, statistics.median(edits[3:] or edits[-1:])))
        ours, theirs = (by_lines[server.name][-1][1] for server in servers)
        limit = BODY_MS_MAX if n_lines < GROWTH_LINES[-1] else GROWTH_MS_MAX
        missed += ours > limit
        print(f"edit in a body, {n_lines:>9,} lines         {ours:>9.1f} {theirs:>9.1f} ms  {ours / theirs:>6.2f}"
              f"  <= {limit} ms {'FAIL' if ours > limit else 'pass'}")  # fmt: skip
    return missed, by_lines


def chart(title, x_name, unit, points):
    return Chart(title, x_name, unit, [Curve(name, at) for name, at in points.items()])


def whole_tree(clang, rounds):
    n_files, theirs, cold, warm = check_tree(SERVER, clang, rounds)
    missed = row(f"check of {n_files} files, processor (clang)", cold * 1000, theirs * 1000, "ms", 1.2)
    return missed + row("the same again, nothing changed", warm * 1000, theirs * 1000, "ms", 0.05)


def module_edits(clang, rounds):
    sqlite, llc = corpus("npm:better-sqlite3"), shutil.which(f"llc-{LLVM}")
    source = sqlite and next(sqlite.rglob("sqlite3.c"), None)
    taken = source and llc and ir.edits(SERVER, clang, llc, source, min(rounds, 3))
    if not taken:
        print("SKIP  LLVM IR: no module, or no llc")
        return 0
    ours_ms, theirs_ms, megabytes = taken
    return row(f"LLVM IR, {megabytes:.0f} MB: edit (llc -O0)", ours_ms, theirs_ms, "ms", 1.2)


def new_signature(server, rounds):
    """What an edit costs that writes a function, in ms: with a signature that is known, and with
    one that LLVM must make a thunk for."""
    text = "int first;\nint main(void) { return SPOT; }\n"

    def spell(name, number, shape):
        types = ["double" if shape >> bit & 1 else "int" for bit in range(6)]
        return f"0; }} int f{number}({', '.join(types)}) {{ return {name}"

    known = Case("known", text, [TARGET], 0, spell=lambda name, n: spell(name, n, 0))
    fresh = Case("fresh", text, [TARGET], 0, spell=lambda name, n: spell(name, n, n))
    taken = {case.name: [] for case in (known, fresh)}
    for _ in range(rounds):
        for case in (known, fresh):
            taken[case.name] += session(server, case).edits_ms
    return [statistics.median(taken[case.name]) for case in (known, fresh)]


# --- the table ---


def row(name, ours, theirs, unit, limit):
    """Prints a line; whether the target is missed."""
    ratio = ours / theirs
    if limit:
        verdict = "pass" if ratio <= limit else "FAIL"
        target = f"<= {limit:.2f}"
    else:
        verdict, target = "info", ""
    print(f"{name:<34} {ours:>9.1f} {theirs:>9.1f} {unit:<3} {ratio:>6.2f}  {target:<8} {verdict}")
    return verdict == "FAIL"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--edits", type=int, default=0, help="in a session; 0: as the case says")
    parser.add_argument("--only", default="", help="cases whose name contains this")
    parser.add_argument("--plot", type=Path, help="where the curves of growth go, as SVG")
    arguments = parser.parse_args()
    clangd = shutil.which(f"clangd-{LLVM}")
    if clangd is None or not Path(SERVER).is_file():
        sys.exit(f"bench: needs clangd-{LLVM} and {SERVER}")
    servers = [Server("arm64ecd", [SERVER]), Server("clangd", [clangd, "--log=error"])]
    missed = 0
    head = f"{'':<34} {'arm64ecd':>9} {'clangd':>9}     {'ratio':>6}  target"
    print(head)
    initialize = {server.name: [] for server in servers}
    for case in cases():
        if arguments.only not in case.name:
            continue
        case.edits = arguments.edits or case.edits
        rounds = case.rounds or arguments.rounds
        taken = {server.name: [] for server in servers}
        for _ in range(rounds):
            for server in servers:
                taken[server.name].append(session(server, case))
        for name, list_of in taken.items():
            initialize[name] += [one.initialize_ms for one in list_of]

        def both(get):
            return [statistics.median(get(taken[server.name])) for server in servers]

        edits = both(lambda list_of: [ms for one in list_of for ms in one.edits_ms])
        if case.ms_max: # what makes the next ones fast, or was made ready by then
            row(f"{case.name}: the first edit", *both(lambda list_of: [one.edits_ms[0] for one in list_of]), "ms", 0)
        first = both(lambda list_of: [one.first_ms for one in list_of])
        memory = both(lambda list_of: [one.resident_mb for one in list_of])
        missed += row(f"{case.name}: edit -> its error", *edits, "ms", case.limit)
        if case.ms_max and edits[0] > case.ms_max:
            missed += 1
            print(f"{'':<34} {edits[0]:>9.1f} ms are more than {case.ms_max} ms   FAIL")
        missed += row(f"{case.name}: open -> first findings", *first, "ms", case.first_limit)
        missed += row(f"{case.name}: resident memory", *memory, "MB", 1.2)
        clang = shutil.which(f"clang-{LLVM}")
        if clang and case.compiles:
            compiled = whole_compile(clang, case, 3 if case.rounds else arguments.rounds)
            missed += row(f"{case.name}: save -> compiled (clang -c)", *compiled, "ms", 1.2)
    charts = []
    if arguments.only in "documents":
        is_missed, by_count = documents.memory_rows(servers, header_flags(), resident, row)
        missed += is_missed + documents.growth([SERVER], header_flags(), resident)
        charts.append(chart("Memory", "open documents", "MB", by_count))
    if arguments.only in "typing":
        missed += documents.typing([SERVER], header_flags(), resident)
    if arguments.only in "assembly":
        missed += assembly.rows([SERVER], 15)
    if arguments.only in "rust":
        missed += rust.rows([SERVER], 15)
    if arguments.only in "growth":
        is_missed, by_lines = growth(servers)
        missed += is_missed
        charts.append(chart("An edit in a function's body", "lines of the file", "ms", by_lines))
    clang = shutil.which(f"clang-{LLVM}")
    if clang and arguments.only in "tree":
        missed += whole_tree(clang, arguments.rounds)
    library = clang and arguments.only in "conditions" and corpus("libc++-22-dev")
    if library:
        missed += conditions.rows([SERVER], clang, library, ROOT / "codegen" / "include", 3, row)
    if clang and arguments.only in "LLVM IR":
        missed += module_edits(clang, arguments.rounds)
    if arguments.plot and charts:
        write_charts(arguments.plot, charts)
    if arguments.only in "new signature":
        known_ms, fresh_ms = new_signature(servers[0], arguments.rounds)
        is_missed = fresh_ms - known_ms > SIGNATURE_MS_MAX
        missed += is_missed
        print(f"a signature that is new adds {fresh_ms - known_ms:.1f} ms to an edit of {known_ms:.1f} ms"
              f"   <= {SIGNATURE_MS_MAX} ms   {'FAIL' if is_missed else 'pass'}")  # fmt: skip
    if not initialize[servers[0].name]:
        return 1 if missed else 0
    medians = [statistics.median(initialize[server.name]) for server in servers]
    missed += row("initialize answered", *medians, "ms", 0.5)
    print(f"{missed} targets missed" if missed else "all targets met")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
