"""Many open documents: what they hold in memory, and whether the one in hand stays as fast; and
ten thousand edits in a minute.
"""

import json
import os
import statistics
import tempfile
import time
from pathlib import Path

from client import Client

PATIENCE_S = 120
MEMORY_RATIO_MAX = {1: 1.2, 10: 1.0, 50: 0.8}  # by number of documents
GROWTH = (1, 10, 50, 100, 200)
GROWTH_EDITS = 20
GROWTH_RATIO_MAX = 1.5  # of an edit with the most documents to one with one
TYPED_EDITS, TYPED_S, TYPED_MS_MAX = 10_000, 60, 100
SETTLED_S = 1.5  # before memory is read
FEATURES = {"textDocument": {"publishDiagnostics": {"versionSupport": True}}}

# Documents alternate between one behind <stdio.h> and one behind <windows.h>; no two are alike.
RUNTIME = """#include <stdio.h>

struct point%(n)d { int x, y; };

static int area%(n)d(struct point%(n)d a, struct point%(n)d b)
{
    return (b.x - a.x) * (b.y - a.y);
}

int main%(n)d(void)
{
    struct point%(n)d corner = {3, %(n)d}, origin = {0, 0};
    printf("%%d\\n", area%(n)d(origin, corner));
    return SPOT;
}
"""
WINDOWS = """#include <windows.h>

int show%(n)d(void)
{
    MessageBoxA(NULL, "text %(n)d", "caption", MB_OK);
    return SPOT;
}
"""


class Documents:
    """One server with `count` documents open, each with one finding."""

    def __init__(self, argv, count, flags, resident):
        self.folder = tempfile.TemporaryDirectory(prefix="bench-")
        self.root = Path(os.path.realpath(self.folder.name))
        self.resident = resident
        self.texts = [(WINDOWS if n % 2 else RUNTIME) % {"n": n} for n in range(count)]
        self.versions = [1] * count
        files = [self.file(n) for n in range(count)]
        database = [{"directory": str(self.root), "file": file.name,
                     "arguments": ["clang", *flags, "-c", file.name]} for file in files]  # fmt: skip
        (self.root / "compile_commands.json").write_text(json.dumps(database))
        self.client = Client(argv, cwd=self.root)
        self.client.initialize(self.root, capabilities=FEATURES)
        for number, file in enumerate(files):
            name = self.name(number)
            file.write_text(self.texts[number].replace("SPOT", name))
            self.client.open(file.as_uri(), self.texts[number].replace("SPOT", name))
            self.await_name(number, name)

    def file(self, number):
        return self.root / f"file{number}.c"

    def name(self, number):
        return f"absent_{number}_{self.versions[number]}_"

    def await_name(self, number, name):
        self.client.diagnostics(self.file(number).as_uri(),
                                lambda ds: any(name in d["message"] for d in ds), PATIENCE_S)  # fmt: skip

    def edit(self, number):
        """Milliseconds from an edit to the finding it makes."""
        before = self.name(number)
        self.versions[number] += 1
        name = self.name(number)
        line = self.texts[number].count("\n", 0, self.texts[number].index("SPOT"))
        start = len("    return ")
        span = {"start": {"line": line, "character": start},
                "end": {"line": line, "character": start + len(before)}}  # fmt: skip
        started = time.perf_counter()
        self.client.change(self.file(number).as_uri(), self.versions[number], [{"range": span, "text": name}])
        self.await_name(number, name)
        return (time.perf_counter() - started) * 1000

    def resident_mb(self):
        time.sleep(SETTLED_S)
        return self.resident(self.client.process.pid) / 1e6

    def close(self):
        self.client.finish()
        self.folder.cleanup()


def memory(argv, count, flags, resident):
    """Megabytes with `count` documents, each opened and edited once."""
    documents = Documents(argv, count, flags, resident)
    for number in range(count):
        documents.edit(number)
    taken = documents.resident_mb()
    documents.close()
    return taken


def memory_rows(servers, flags, resident, row):
    """Prints them; (how many targets are missed, points by server)."""
    missed, points = 0, {server.name: [] for server in servers}
    for count, limit in MEMORY_RATIO_MAX.items():
        taken = [memory(server.argv, count, flags, resident) for server in servers]
        missed += row(f"{count} open documents: resident memory", *taken, "MB", limit)
        for server, mb in zip(servers, taken):
            points[server.name].append((count, mb))
    return missed, points


def growth(argv, flags, resident):
    """An edit of the document in hand, and the first one of another, with more and more open."""
    taken = {}
    print(f"{'open documents':<18}" + "".join(f"{count:>9}" for count in GROWTH))
    for count in GROWTH:
        documents = Documents(argv, count, flags, resident)
        same, other = [], []
        for turn in range(GROWTH_EDITS):
            number = (turn * 7) % count  # of both kinds, and of all ages
            if number % 2 == 0:
                other.append(documents.edit(number))
                same += [documents.edit(number) for _ in range(3)]
            time.sleep(0.05)
        taken[count] = statistics.median(same), statistics.median(other), documents.resident_mb()
        documents.close()
    for what, (name, unit) in enumerate((("the same again", "ms"), ("another one", "ms"), ("memory", "MB"))):
        numbers = "".join(f"{taken[count][what]:>9.1f}" for count in GROWTH)
        print(f"{name:<18}{numbers} {unit}")
    ratio = taken[GROWTH[-1]][0] / taken[GROWTH[0]][0]
    is_missed = ratio > GROWTH_RATIO_MAX
    print(f"with {GROWTH[-1]} documents an edit costs {ratio:.2f} times what it does with one"
          f"   <= {GROWTH_RATIO_MAX}   {'FAIL' if is_missed else 'pass'}")  # fmt: skip
    return is_missed


def typing(argv, flags, resident):
    """As many edits as fast as an editor sends them; from the last one to what it makes."""
    documents = Documents(argv, 1, flags, resident)
    file, version = documents.file(0).as_uri(), documents.versions[0]
    line = documents.texts[0].count("\n", 0, documents.texts[0].index("SPOT"))
    before, start = documents.name(0), len("    return ")
    started = time.perf_counter()
    for number in range(1, TYPED_EDITS + 1):
        wait = started + number * TYPED_S / TYPED_EDITS - time.perf_counter()
        if wait > 0:
            time.sleep(wait)
        name = f"typed_{number}_"
        span = {"start": {"line": line, "character": start}, "end": {"line": line, "character": start + len(before)}}
        last = time.perf_counter()
        documents.client.change(file, version + number, [{"range": span, "text": name}])
        before = name
    documents.client.diagnostics(file, lambda ds: any(before in d["message"] for d in ds), PATIENCE_S)
    taken_ms = (time.perf_counter() - last) * 1000
    seconds = last - started
    published = sum(m.get("method") == "textDocument/publishDiagnostics" for _, m in documents.client.log)
    documents.close()
    is_missed = taken_ms > TYPED_MS_MAX
    print(f"{TYPED_EDITS} edits in {seconds:.0f} s, {published} times answered: the last one after {taken_ms:.1f} ms"
          f"   <= {TYPED_MS_MAX} ms   {'FAIL' if is_missed else 'pass'}")  # fmt: skip
    return is_missed
