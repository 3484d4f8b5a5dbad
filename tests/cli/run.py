#!/usr/bin/env python3
"""Tests of the commands `thunks` and `abi`; README.md beside it tells how.

    run.py [NAME...]      parts of names of tests; default: all
"""

import fcntl
import json
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SERVER = (ROOT / os.environ.get("OUT", "out") / "arm64ecd").resolve()
LLVM = os.environ.get("LLVM", "22")
PATIENCE_S = 20 * int(os.environ.get("TEST_PATIENCE_S", "10")) // 10

MIX = """\
struct rgb { unsigned char r, g, b; };
struct pair { long long a, b; };
double scale(double x, float y);
struct pair twice(struct pair p);

int mix(struct rgb c, int x) { return c.r + x; }
static int local(int x) { return x; }
int (*pointer)(int, struct pair);
int use(void)
{
    struct pair p = {1, 2};
    p = twice(p);
    scale(1, 2);
    return pointer(local(3), p) + (int)scale(2,
        1);
}
"""


class Folder:
    """A folder of its own, and the program in it."""

    def __init__(self, path):
        self.path = path

    def write(self, name, text):
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())

    def run(self, *args, status=0, prefix=(), env=None):
        done = subprocess.run(
            [*prefix, str(SERVER), *args],
            cwd=self.path,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=PATIENCE_S,
            env={**os.environ, "XDG_CACHE_HOME": str(self.path / ".cache"), **(env or {})},
        )
        out, err = done.stdout.decode(), done.stderr.decode()
        same(f"status of {' '.join(args)}: {err}", done.returncode, status)
        return out, err

    def json(self, *args, status=0, env=None):
        command, *rest = args
        return json.loads(self.run(command, "--format=json", *rest, status=status, env=env)[0])


class Wrong(Exception):
    pass


class Skipped(Exception):
    """This cannot run here; the argument says why."""


def same(what, got, wanted):
    if got != wanted:
        raise Wrong(f"{what}\n  got    {got!r}\n  wanted {wanted!r}")


def holds(what, text, *parts):
    for part in parts:
        if part not in text:
            raise Wrong(f"{what}: no {part!r} in\n{text}")


def keys(what, value, wanted):
    same(f"keys of {what}", sorted(value), sorted(wanted))


def function(listed, name):
    found = [f for f in listed["functions"] if f["name"] == name]
    same(f"number of functions {name}", len(found), 1)
    return found[0]


def thunks(listed, name):
    return [(t["kind"], t["name"]) for t in function(listed, name)["thunks"]]


# --- thunks -----------------------------------------------------------------------------


def test_thunks_json(folder):
    folder.write("mix.c", MIX)
    got = folder.json("thunks", "mix.c")
    keys("the object", got, ["schema", "file", "stage", "target", "llvm", "builder", "thunk_names",
                             "functions"])  # fmt: skip
    same("whose names", got["thunk_names"], "builder")
    same("schema", got["schema"], 1)
    same("file", got["file"], "mix.c")
    same("target", got["target"], "arm64ec-pc-windows-msvc")
    same("llvm", got["llvm"].split(".")[0], os.environ.get("LLVM", "22"))
    for each in got["functions"]:
        keys("a function", each, ["name", "symbol", "display", "line", "thunks"])
        for thunk in each["thunks"]:
            keys("a thunk", thunk, ["kind", "name", "at"])
            for at in thunk["at"]:
                keys("a place", at, ["line", "column"])
    names = [f["name"] for f in got["functions"]]
    same("functions", sorted(names), ["local", "mix", "scale", "twice", "use"])
    same("lines", [function(got, n)["line"] for n in sorted(names)], [7, 6, 3, 4, 9])
    same("symbol", function(got, "mix")["symbol"], "#mix")
    same("mix", thunks(got, "mix"), [("entry", "$ientry_thunk$cdecl$i8$i8i8")])
    same("local", thunks(got, "local"), [])
    same(
        "twice",
        thunks(got, "twice"),
        [("exit", "$iexit_thunk$cdecl$m16$m16"), ("guest-exit", "#twice$exit_thunk")],
    )
    same(
        "use",
        thunks(got, "use"),
        [
            ("entry", "$ientry_thunk$cdecl$i8$v"),
            ("indirect", "$iexit_thunk$cdecl$i8$i8m16"),
        ],
    )
    calls = {t["kind"]: t["at"] for t in function(got, "scale")["thunks"]}
    same("calls of scale", [at["line"] for at in calls["exit"]], [13, 14])
    same("calls of scale", calls["exit"], calls["guest-exit"])
    same("column", calls["exit"][0]["column"], 5)


def test_closed_descriptors(folder):
    """Started with a standard descriptor closed, as some services do: nothing dies."""
    folder.write("mix.c", MIX)
    for closed in ("<&-", ">&-", "2>&-"):
        done = subprocess.run(["sh", "-c", f'"$0" check --fail-on=never mix.c {closed}', str(SERVER)],
                              cwd=folder.path, stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=PATIENCE_S)  # fmt: skip
        same(f"status with {closed}", done.returncode, 0)


def test_thunks_text(folder):
    folder.write("mix.c", MIX)
    out, err = folder.run("thunks", "mix.c")
    holds("text", out, "mix.c  arm64ec-pc-windows-msvc", "6: mix  #mix\n")
    holds("text", out, "entry", "$ientry_thunk$cdecl$i8$i8i8", "at 13:5, 14:")
    holds("text", out, "7: local  #local\n    no thunk\n")
    same("stderr", err, "")


def test_thunks_assembly(folder):
    folder.write("mix.c", MIX)
    got = folder.json("thunks", "--asm", "mix.c")
    for each in got["functions"]:
        for thunk in each["thunks"]:
            wanted = thunk["kind"] in ("entry", "exit", "indirect")
            same(f"assembly of {thunk['name']}", thunk["name"] in thunk["assembly"], wanted)
    out, _ = folder.run("thunks", "--asm", "mix.c")
    holds("text", out, "$ientry_thunk$cdecl$i8$i8i8:", "__os_arm64x_dispatch_ret", ".seh_endproc")
    # The same file without --asm is another question to the cache.
    same("no assembly", "assembly" in json.dumps(folder.json("thunks", "mix.c")), False)


def test_thunks_of_a_dying_signature(folder):
    """LLVM dies of a call with three halves as its result; everything else is told."""
    folder.write(
        "halves.c",
        "struct h3 { _Float16 a, b, c; };\nstruct h3 defined(void) { struct h3 h = {0}; return h; }\n"
        "struct h3 called(void);\nint plain(int x) { called(); return x; }\n",
    )
    got = folder.json("thunks", "halves.c", "--fail-on=never")
    same("defined", thunks(got, "defined"), [("entry", "$ientry_thunk$cdecl$m6$v")])
    same("plain", thunks(got, "plain"), [("entry", "$ientry_thunk$cdecl$i8$i8")])
    same("called", thunks(got, "called")[0], ("exit", ""))


def test_thunks_flags_and_builder(folder):
    folder.write("flags.c", "#include <inner.h>\nTYPE f(TYPE x) { return x + ZERO; }\n")
    folder.write("include/inner.h", "#define ZERO 0\n")
    got = folder.json(
        "thunks", "flags.c", "--builder=msvc-19.40", "--", "-Iinclude", "-DTYPE=double"
    )
    same("builder", [got["builder"], got["thunk_names"]], ["msvc-19.40", "llvm"])
    same("f", thunks(got, "f"), [("entry", "$ientry_thunk$cdecl$d$d")])
    out, _ = folder.run("thunks", "flags.c", "--builder=msvc-19.40", "--", "-Iinclude", "-DTYPE=int")
    holds("whose names", out.splitlines()[0], ", builder msvc-19.40, names of thunks as LLVM ",
          " writes them; cl writes some otherwise")
    out, _ = folder.run("thunks", "flags.c", "--", "-Iinclude", "-DTYPE=int")
    same("clang's own", "otherwise" in out, False)
    got = folder.json("thunks", "flags.c", "--", "-Iinclude", "-DTYPE=float")
    same("f", thunks(got, "f"), [("entry", "$ientry_thunk$cdecl$f$f")])


# --- abi --------------------------------------------------------------------------------


def test_worst_status_wins(folder):
    folder.write("good/mix.c", MIX)
    folder.write("bad/broken.c", "int f(void) { return undeclared; }\n")
    folder.write("compile_commands.json", json.dumps([
        {"directory": str(folder.path), "file": n, "command": f"clang -c {n}"}
        for n in ("good/mix.c", "bad/broken.c", "gone.c")]))
    for command in ("thunks", "abi"):
        for names, status, n in ((["good"], 0, 1), (["good", "bad"], 1, 2),
                                 (["good", "gone.c", "bad"], 2, 2), (["gone.c", "."], 2, 2),
                                 (["compile_commands.json"], 2, 2)):
            got = folder.json(command, *names, status=status)
            same(f"{command} {names}", len(got), n)
        got = folder.json(command, "good", "gone.c", "--module=none.so", "--no-cache", status=3)
        same(f"{command} without a compiler", got, [])


def on_terminal(folder, columns, *args):
    """What a terminal of that width gets, without carriage returns."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    with subprocess.Popen([str(SERVER), *args], cwd=folder.path, stdout=theirs,
                          stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
                          env={**os.environ, "NO_COLOR": ""}) as child:
        os.close(theirs)
        text = b""
        try:
            while part := os.read(ours, 65536):
                text += part
        except OSError:  # the other end is closed
            pass
        child.wait(PATIENCE_S)
    os.close(ours)
    return text.decode().replace("\r", "")


def test_terminal(folder):
    folder.write("mix.c", MIX)
    wide = on_terminal(folder, 400, "abi", "mix.c", "--no-cache")
    holds("painted", wide, "\033[1;31mWRONG (EC101)")
    plain = re.sub("\033\\[[0-9;]*m", "", wide)
    same("wide is what a file gets", plain, folder.run("abi", "mix.c")[0])
    narrow = re.sub("\033\\[[0-9;]*m", "", on_terminal(folder, 80, "abi", "mix.c"))
    holds("narrow", narrow, "    c: struct rgb, 3 bytes\n        x64  ", "pointer in rcx\n")
    same("fits", [l for l in narrow.splitlines() if len(l) > 100], [])
    thunks_80 = on_terminal(folder, 80, "thunks", "mix.c")
    holds("thunks", thunks_80, "    entry  $ientry_thunk$cdecl$i8$i8i8\n        takes two")
    same("fits", [l for l in thunks_80.splitlines() if len(l) > 110], [])
    same("no colour", "\033" in folder.run("abi", "mix.c")[0], False)


def test_abi_text_is_aligned(folder):
    folder.write("mix.c", MIX)
    out, _ = folder.run("abi", "mix.c", "mix")
    table = out.splitlines()[3:]
    at = table[0].index("x64")
    same("rows", len(table), 4)
    for line in table[1:]:
        same(f"column of x64 in {line!r}", line[at - 2 : at], "  ")
        same(f"column of x64 in {line!r}", line[at] != " ", True)


def test_abi_builder_matters(folder):
    folder.write("mix.c", MIX)
    got = folder.json("abi", "mix.c", "mix", "--builder=msvc-19.40")
    same("faults", [row["faults"] for row in function(got, "mix")["rows"]], [[], [], []])


def test_abi_of_several_functions(folder):
    folder.write("mix.c", MIX + "int one(int a) { return a; }\nint two(int a) { return a; }\n")
    got = folder.json("abi", "mix.c", "two", "mix")
    same("functions", [f["name"] for f in got["functions"]], ["mix", "two"])
    out, err = folder.run("abi", "mix.c", "one", "tw", status=2)
    holds("what is there", out, "one  #one")
    same("what is not", err.count("no function"), 1)
    holds("what is not", err, "no function 'tw' is defined", "did you mean 'two'?")


def test_abi_of_a_function_without_thunks(folder):
    folder.write("s.c", "static int s(int a) { return a; }\nint f(void) { return s(1); }\n")
    out, _ = folder.run("abi", "s.c", "s")
    holds("static", out, "no thunk: x64 code cannot call it", "result  int       4  rax  x0")
    same("words on thunks", "the thunk" in out, False)


def test_thunks_that_a_command_switches_off(folder):
    """As in clang's object: none at all and no '#', or none of direct calls."""
    folder.write("off.c", "struct odd { char c[3]; };\nint g(struct odd);\n"
                 "int f(struct odd a, int (*p)(int)) { return g(a) + p(1); }\n")
    flags = ["--", "--target=arm64ec-pc-windows-msvc", "-mllvm"]
    none, calls = "-arm64ec-generate-thunks=false", "-arm64ec-lower-direct-to-indirect=false"
    for stage in ["live", "full"]:
        if stage == "full" and not shutil.which(f"clang-{LLVM}"):
            continue
        got = folder.json("thunks", "off.c", f"--stage={stage}", *flags, none)
        same("thunks", (thunks(got, "f"), thunks(got, "g")), ([], []))
        same("symbol", function(got, "f")["symbol"], "f")
        got = folder.json("thunks", "off.c", f"--stage={stage}", *flags, calls)
        same("kinds", [kind for kind, _ in thunks(got, "f")], ["entry", "indirect"])
        same("exits", thunks(got, "g"), [])
    found = [f["code"] for f in folder.json("check", "off.c", *flags, none)["findings"]]
    same("findings without thunks", found, ["EC223"])
    found = folder.json("check", "off.c", *flags, calls)["findings"]
    same("findings of entry thunks", [(f["code"], f["range"]["start"]["line"]) for f in found
                                      if f["severity"] == "warning"], [("EC223", 1), ("EC101", 3)])


# --- both -------------------------------------------------------------------------------


def test_several_files(folder):
    folder.write("src/a.c", "int a(int x) { return x; }\n")
    folder.write("src/b.c", "int b(int x) { return x; }\n")
    for command in ("thunks", "abi"):
        for names in (["src/a.c", "src/b.c"], ["src"]):
            got = folder.json(command, *names)
            same("files", [each["file"] for each in got], ["src/a.c", "src/b.c"])
            same("functions", [[f["name"] for f in e["functions"]] for e in got], [["a"], ["b"]])
        same("file", folder.json(command, "src/a.c")["file"], "src/a.c")
        out, _ = folder.run(command, "src")
        holds("text", out, "src/a.c", "\n\nsrc/b.c")


def test_paths_of_headers(folder):
    """As the command line spells paths: from here if it does so, and they lie below."""
    folder.write("src/inc/api.h", "int outside(int);\nvoid fprint(const char *, ...);\n"
                                  "static inline int twice(int x) { return outside(x) * 2; }\n")
    folder.write("src/a.c", '#include "inc/api.h"\nint use(int x) '
                            '{ fprint("", 1, 2, 3, 4); return twice(x); }\n')
    folder.write("elsewhere/README", "")
    absolute = str(folder.path / "src/inc/api.h")

    def shown(name, cwd="."):
        where = Folder(folder.path / cwd)
        sites = [at.get("file") for at in function(where.json("thunks", name), "outside")["thunks"][0]["at"]]
        [found] = [f for f in where.json("check", name)["findings"] if f["code"] == "EC103"]
        text = where.run("thunks", name)[0] + where.run("check", name)[0]
        return sites + [found["related"][0]["file"]], text

    for name, cwd, wanted in (("src/a.c", ".", "src/inc/api.h"), ("a.c", "src", "inc/api.h"),
                              (str(folder.path / "src/a.c"), ".", absolute), ("../src/a.c", "elsewhere", absolute)):
        files, text = shown(name, cwd)
        same(f"paths of {name}", files, [wanted] * 2)
        holds("text", text, f"at {wanted}:3:", f"\n{wanted}:2:6: note: 'fprint' is declared here")


def test_compile_database(folder):
    folder.write("a.c", "TYPE a(TYPE x) { return x; }\n")
    entry = {"directory": str(folder.path), "file": "a.c", "command": "clang -DTYPE=float -c a.c"}
    folder.write("db/compile_commands.json", json.dumps([entry]))
    got = folder.json("thunks", "-p", "db", "a.c")
    same("a", thunks(got, "a"), [("entry", "$ientry_thunk$cdecl$f$f")])
    same("files", len(folder.json("thunks", "-p", "db", "db/compile_commands.json")), 1)


def test_system_folders_of_others(folder):
    """CMake names the headers of imported libraries with -isystem; the C library lies there, too."""
    folder.write("sdk/stdio.h", "int printf(const char *, ...);\nint logs(const char *, ...);\n")
    folder.write("sdk/sys/more.h", "int more(const char *, ...);\n")
    folder.write("vendor/vendor.h", "int vendor_log(const char *, ...);\n")
    call = "%s(\"%%d%%d%%d%%d\", 1, 2, 3, 4)"
    names = ("printf", "logs", "more", "vendor_log")
    folder.write("a.c", "#include <stdio.h>\n#include <sys/more.h>\n#include <vendor.h>\nvoid f(void)\n{\n"
                 + "".join(f"    {call % name};\n" for name in names) + "}\n")  # fmt: skip
    found = folder.json("check", "a.c", "--", "-isystem", "sdk", "-isystem", "vendor")["findings"]
    same("findings", [(f["code"], f["range"]["start"]["line"]) for f in found], [("EC103", 9)])


def test_unnamed_types_have_no_place(folder):
    folder.write("u.c", "struct { char c[3]; } f(int a) { return (typeof(f(1))){0}; }\n")
    same("type", folder.json("abi", "u.c")["functions"][0]["rows"][0]["type"], "struct (unnamed)")


def test_database_beside_the_project(folder):
    """A database that is named serves its files, wherever they lie."""
    folder.write("project/.git/HEAD", "")
    folder.write("project/a.c", "int f(void) { return X; }\n")
    source = folder.path / "project/a.c"
    entry = {"directory": str(folder.path), "file": str(source), "arguments": ["clang", "-DX=1", "-c", str(source)]}
    folder.write("elsewhere/compile_commands.json", json.dumps([entry]))
    same("findings", folder.json("check", "elsewhere/compile_commands.json")["findings"], [])
    folder.json("check", "project/a.c", status=1)


def test_bad_input(folder):
    folder.write("bad.c", b"\x7fELF\0\0\0")
    folder.write("ok.c", "int ok(void) { return 1; }\n")
    for command in ("thunks", "abi"):
        _, err = folder.run(command, status=2)
        holds("stderr", err, "is needed")
        out, err = folder.run(command, "absent.c", "--format=json", status=2)
        holds("stderr", err, "absent.c: no such file")
        same("error", json.loads(out)["error"], "no such file or folder")
        out, err = folder.run(command, "bad.c", "--format=json", status=2)
        holds("stderr", err, "is no text")
        same("functions", (json.loads(out)["file"], json.loads(out)["functions"]), ("bad.c", []))
        got = json.loads(folder.run(command, "bad.c", "ok.c", "--format=json", status=2)[0])
        same("the rest", [each["file"] for each in got], ["ok.c"])
        _, err = folder.run(command, "--format=gcc", "ok.c", status=2)
        holds("stderr", err, "text and json")
    _, err = folder.run("abi", "--asm", "ok.c", status=2)
    holds("stderr", err, "--asm is for thunks")


def test_broken_source(folder):
    """What is whole is told; the errors are counted, and are findings."""
    folder.write("broken.c", "int good(int x) { return x; }\nint bad(void) { return y; }\n")
    got, err = folder.run("thunks", "--format=json", "broken.c", status=1)
    same("good", thunks(json.loads(got), "good"), [("entry", "$ientry_thunk$cdecl$i8$i8")])
    holds("stderr", err, "broken.c: has 1 error ")
    folder.run("thunks", "broken.c", "--fail-on=never")


def test_findings_decide_the_status(folder):
    folder.write("mix.c", MIX)
    for command in ("thunks", "abi"):
        folder.run(command, "mix.c")
        folder.run(command, "mix.c", "--fail-on=warning", status=1)


def test_missing_module_is_a_failure(folder):
    folder.write("ok.c", "int ok(void) { return 1; }\n")
    for command in ("thunks", "abi"):
        out, err = folder.run(
            command, "ok.c", "--format=json", f"--module={folder.path}/none.so", status=3
        )
        keys("the object", json.loads(out), ["schema", "file", "error", "functions"])
        holds("error", json.loads(out)["error"], "none.so")
        holds("stderr", err, "ok.c: ", "none.so")


def test_workers_or_none(folder):
    folder.write("mix.c", MIX)
    for command in ("thunks", "abi"):
        same(
            command,
            folder.json(command, "mix.c", "--no-cache", "--workers=0"),
            folder.json(command, "mix.c", "--no-cache", "--workers=2"),
        )


def test_cached_answer_is_the_same(folder):
    folder.write("mix.c", MIX)
    same("thunks", folder.json("thunks", "mix.c"), folder.json("thunks", "mix.c"))


def test_no_system_call_of_a_worker_is_refused(folder):
    """What the parser, the rules, a lowering that dies and assembly need is in worker_calls.def."""
    folder.write("mix.c", '#include <stdio.h>\n#include "none.h"\n' + MIX)
    folder.write("killer.c", "#pragma clang __debug crash\nint x;\n")
    folder.write("asm.c", '__asm__(".globl a\\na: mov x13, #1");\nvoid f(void) { __asm__("mov x14, #2"); }\n')
    for command in (["check"], ["check", "--stage=full"], ["thunks", "--asm"], ["abi"]):
        done = subprocess.run([str(SERVER), *command, "--log=info", "--no-cache", "mix.c", "killer.c", "asm.c"],
                              cwd=folder.path, capture_output=True, timeout=PATIENCE_S, check=False)  # fmt: skip
        if "sanitize" not in str(SERVER):
            holds("the log", done.stderr.decode(), " is confined: ")
        if b"is refused" in done.stderr:
            raise Wrong(f"{command}: {done.stderr.decode()}")


# --- The runner -------------------------------------------------------------------------


def run(test):
    """The fault, and why the test was left out; None for what is not."""
    with tempfile.TemporaryDirectory(prefix="arm64ecd-cli-") as path:
        try:
            test(Folder(Path(path)))
        except Wrong as wrong:
            return str(wrong), None
        except Skipped as skipped:
            return None, str(skipped)
        except Exception:  # pylint: disable=broad-except
            return traceback.format_exc(), None
    return None, None


def main(names=None):
    tests = [
        value
        for name, value in (names or globals()).items()
        if name.startswith("test_")
        and (len(sys.argv) == 1 or any(part in name for part in sys.argv[1:]))
    ]
    failed = skipped = 0
    with ThreadPoolExecutor(2) as pool:
        for test, (fault, why) in zip(tests, pool.map(run, tests)):
            if fault:
                failed += 1
                print(f"FAIL  cli {test.__name__}: {fault}")
            elif why:
                skipped += 1
                print(f"SKIP  cli {test.__name__}: {why}")
    print(f"{len(tests) - failed - skipped} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not tests else 0


if __name__ == "__main__":
    sys.exit(main())
