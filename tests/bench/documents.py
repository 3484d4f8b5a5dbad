"""Many open documents: what they hold in memory, and whether the one in hand stays as fast."""

import json
import os
import tempfile
import time
from pathlib import Path

from client import Client

PATIENCE_S = 120
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
            file.write_text(self.texts[number].replace("SPOT", "0"))
            name = self.name(number)
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
