#!/usr/bin/env python3
"""What `check` may take from its cache, and what it must not."""
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent.parent
PROGRAM = os.environ.get("ARM64ECD", str(TOP / "out" / "arm64ecd"))
LONG_AGO = time.time() - 1000


class Failed(Exception):
    pass


def expect(condition, text):
    if not condition:
        raise Failed(text)


class Project:
    def __init__(self, folder):
        self.root = Path(folder)
        self.cache = self.root / "cache"
        for name in ("one", "two"):
            (self.root / name).mkdir()
        self.write("a.c", '#include "h.h"\nint x = X + H;\n')
        self.write("two/h.h", "#define H 1\n")
        self.write("args.rsp", "-DX=1\n")
        command = "clang --target=arm64ec-pc-windows-msvc -Ione -Itwo @args.rsp a.c"
        database = [{"directory": str(self.root), "file": "a.c", "command": command}]
        self.write("compile_commands.json", json.dumps(database))

    def write(self, name, text):
        """A file as if written long ago: fresh ones are never cached."""
        path = self.root / name
        path.write_text(text)
        os.utime(path, (LONG_AGO, LONG_AGO))

    def check(self, *options):
        environment = {**os.environ, "XDG_CACHE_HOME": str(self.cache)}
        done = subprocess.run([PROGRAM, "check", "--format=json", *options, "a.c"],
                              cwd=self.root, env=environment, capture_output=True, text=True,
                              timeout=60, check=False)
        report = json.loads(done.stdout)
        return report["summary"]["cached"], report["summary"]["errors"], done.stderr

    def is_cached(self):
        self.check()
        cached, errors, _ = self.check()
        expect(errors == 0, "errors in a right file")
        return cached == 1


def test_unchanged_is_cached(project):
    expect(project.is_cached(), "not taken from the cache")
    expect(project.check("--no-cache")[0] == 0, "--no-cache used the cache")


def test_text(project):
    expect(project.is_cached(), "not cached at first")
    project.write("a.c", '#include "h.h"\nint x = Y;\n')
    expect(project.check()[:2] == (0, 1), "the new text was not analysed")


def test_header(project):
    expect(project.is_cached(), "not cached at first")
    project.write("two/h.h", "#define G 1\n")
    expect(project.check()[:2] == (0, 1), "the new header was not read")


def test_response_file(project):
    expect(project.is_cached(), "not cached at first")
    project.write("args.rsp", "-DY=1\n")
    expect(project.check()[:2] == (0, 1), "the new flags were not read")


def test_shadowing_header(project):
    expect(project.is_cached(), "not cached at first")
    project.write("one/h.h", "#error shadow\n")
    expect(project.check()[0] == 0, "the header that now comes first was not seen")


def test_builder(project):
    expect(project.is_cached(), "not cached at first")
    expect(project.check("--builder=msvc-19.40")[0] == 0, "another builder, the same answer")


def test_damaged_entry(project):
    expect(project.is_cached(), "not cached at first")
    for path in project.cache.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-7] + b"damaged")
    expect(project.check()[:2] == (0, 0), "a damaged entry was believed")


def test_unwritable_folder(project):
    project.cache.write_text("a file, no folder")
    cached, errors, said = project.check()
    expect((cached, errors) == (0, 0), "the analysis suffered")
    expect("cannot be written" in said, f"no word of it: {said!r}")


def main():
    tests = [(name, test) for name, test in globals().items() if name.startswith("test_")]
    failed = 0
    for name, test in tests:
        with tempfile.TemporaryDirectory(prefix="cache-") as folder:
            try:
                test(Project(os.path.realpath(folder)))
            except (Failed, ValueError, subprocess.TimeoutExpired) as error:
                failed += 1
                print(f"FAIL  cache: {name}: {error}")
    print(f"{len(tests) - failed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
