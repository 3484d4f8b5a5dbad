"""A session with real workers and a workspace of its own, for tests that are rough with it."""

import json
import os
import shlex
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lsp"))
from client import PATIENCE_S, SERVER, Client  # noqa: E402

SLOWER = PATIENCE_S / 20  # sanitized runs
FINDING_S = 5 * SLOWER
IS_SANITIZED = "sanitize" in SERVER
INNOCENT = "int innocent(void) { return %s; }\n"


class Failed(Exception):
    pass


class Skipped(Exception):
    pass


def check(condition, text):
    if not condition:
        raise Failed(text)


class Session:
    """A server with real workers, a workspace, and an innocent document."""

    def __init__(self, *options, files=()):
        self.folder = tempfile.TemporaryDirectory(prefix="crash-")
        self.root = Path(os.path.realpath(self.folder.name))
        self.versions = {}
        database = []
        for name, text, flags in files:
            (self.root / name).write_text(text)
            command = [*shlex.split(flags), "-c", name]
            database.append({"directory": str(self.root), "file": name, "arguments": command})
        default = "clang --target=arm64ec-pc-windows-msvc -c innocent.c".split()
        database.append({"directory": str(self.root), "file": "innocent.c", "arguments": default})
        (self.root / "compile_commands.json").write_text(json.dumps(database))
        env = {"XDG_CACHE_HOME": str(self.root / ".cache")}  # capsules go there
        self.client = Client([SERVER, "--workers=2", *options], cwd=self.root, env=env)
        self.client.initialize(self.root, initializationOptions={"headers": {"use": "builtin"}})
        self.open("innocent.c", INNOCENT % "missing_0")
        self.await_name("innocent.c", "missing_0")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.client.__exit__()
        self.folder.cleanup()

    def uri(self, name):
        return (self.root / name).as_uri()

    def open(self, name, text):
        self.versions[name] = 1
        language = "cpp" if name.endswith(".cpp") else "c"
        self.client.open(self.uri(name), text, language)

    def edit(self, name, text):
        self.versions[name] += 1
        self.client.change(self.uri(name), self.versions[name], text)

    def edit_innocent(self):
        """Its next finding; proves that it is still analysed, and right."""
        name = f"missing_{self.versions['innocent.c']}"
        self.edit("innocent.c", INNOCENT % name)
        self.await_name("innocent.c", name)

    def await_name(self, document, name, patience_s=PATIENCE_S):
        """A publish with the one finding that names `name`."""
        found = self.client.diagnostics(
            self.uri(document), lambda ds: any(name in d["message"] for d in ds), patience_s)
        check(len(found) == 1, f"{document}: one finding expected: {messages(found)}")

    def await_names(self, document, names):
        """A publish with as many findings as names, each of which is named."""
        self.client.diagnostics(self.uri(document), lambda ds: len(ds) == len(names) and all(
            any(name in d["message"] for d in ds) for name in names), PATIENCE_S)  # fmt: skip

    def await_code(self, document, code, patience_s):
        return self.client.diagnostics(
            self.uri(document), lambda ds: any(d.get("code") == code for d in ds), patience_s)

    def workers(self):
        return children(self.client.process.pid)

    def finish(self):
        check(self.client.process.poll() is None, f"the server died: {self.client.stderr_tail()}")
        status = self.client.finish()
        check(status == 0, f"exit status {status}: {self.client.stderr_tail()}")
        check(b"Sanitizer" not in self.client.stderr, self.client.stderr_tail())


def children(parent):
    """The processes below `parent`, forks of workers too."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[1]) == parent and fields[0] != "Z":
            pid = int(stat.parent.name)
            found += [pid, *children(pid)]
    return found


def send_signal(pid, number):
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass


def messages(found):
    return [f"{d['range']['start']['line'] + 1}: {d.get('code')} {d['message']}" for d in found]


def spinning(name):
    """A text that clang reads for ever, in little memory."""
    doubling = "".join(f"#define A{i + 1} A{i} A{i}\n" for i in range(60))
    return "#define A0\n" + doubling + f"A60\nint {name};\n"


def run_tests(name, tests, faults):
    """Those of a module whose names hold a word of the command line; the exit status."""
    if not Path(SERVER).is_file():
        print(f"{name}: {SERVER} is not built\n0 passed, 1 failed, 0 skipped")
        return 1
    # Leaks of a compiler that is killed are nobody's fault.
    os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
    wanted = sys.argv[1:]
    chosen = [(what, test) for what, test in tests.items()
              if what.startswith("test_") and (not wanted or any(w in what for w in wanted))]  # fmt: skip
    failed = skipped = 0
    for what, test in chosen:
        started = time.monotonic()
        try:
            test()
        except Skipped as why:
            skipped += 1
            print(f"SKIP  {name}: {what}: {why}")
        except faults as error:
            failed += 1
            print(f"FAIL  {name}: {what}: {error}")
        print(f"{time.monotonic() - started:6.1f} s  {what}")
    print(f"{len(chosen) - failed - skipped} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not chosen else 0
