#!/usr/bin/env python3
"""Tests of what `check` says to bad input; README.md beside it tells how.

    run.py [NAME...]      parts of names of tests; default: all
"""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SPEC = importlib.util.spec_from_file_location("cli", HERE.parent / "cli" / "run.py")
cli = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(cli)
same, holds = cli.same, cli.holds

GOOD = "int good(int x) { return x; }\n"


def findings(folder, *args, status=0):
    """(code, severity, message) of each finding."""
    got = folder.json("check", *args, status=status)
    return [(f["code"], f["severity"], f["message"]) for f in got["findings"]]


def database(folder, name, *entries):
    folder.write(name, json.dumps([{"directory": str(folder.path), **e} for e in entries]))


# --- flags ------------------------------------------------------------------------------


def test_flags_that_nobody_takes(folder):
    """Told wherever they stand: no compiler would go on."""
    folder.write("x.c", GOOD)
    for flags, what in ((["-std=c++99"], "'-std=c++99' names no language standard"),
                        (["@nofile.rsp"], "'@nofile.rsp' does not exist"),
                        (["-I"], "'-I' needs a value"),
                        (["-Xclang"], "'-Xclang' needs a value"),
                        (["-x", "rust"], "'-x rust' names a language")):
        got = findings(folder, "x.c", "--", *flags)
        same(f"findings of {flags}", [g[:2] for g in got], [("EC627", "warning")])
        holds("message", got[0][2], what, "correct it")
        database(folder, "compile_commands.json",
                 {"file": "x.c", "arguments": ["clang", "-c", "x.c", *flags]})
        same("of the database", findings(folder, "x.c"), got)
        (folder.path / "compile_commands.json").unlink()
    folder.run("check", "--fail-on=warning", "x.c", "--", "-I", status=1)


def test_flags_that_nobody_knows(folder):
    """Told to who typed them; a build system's are shown with -v alone."""
    folder.write("x.c", GOOD)
    got = findings(folder, "x.c", "--", "--frob=1", "-mavx2")
    same("findings", [g[:2] for g in got], [("EC627", "info")])
    holds("message", got[0][2], ": --frob=1;")
    database(folder, "compile_commands.json",
             {"file": "x.c", "command": "clang --frob=1 -mavx2 -c x.c"})
    same("of the database", findings(folder, "x.c"), [])
    same("with -v", len(findings(folder, "-v", "x.c")), 2)


def test_flags_that_are_fine(folder):
    folder.write("x.c", GOOD)
    for flags in (["-std=gnu17"], ["-x", "c"], ["-O9"], ["-march=native"], ["-std=c++20"],
                  ["-Wno-such-warning"], ["cl", "/std:c++latest"]):
        same(f"findings of {flags}", findings(folder, "x.c", "--", *flags), [])


# --- compile databases ------------------------------------------------------------------


def test_database_that_is_of_no_use(folder):
    """Once a database: a finding where files are named, a line where it is."""
    folder.write("x.c", GOOD)
    folder.write("y.c", GOOD)
    name = "compile_commands.json"
    for text, what in (("[]", "it has no entries"),
                       ("[", "json:1:2: "),
                       ('[{"file":"x.c","arguments":[]}]', 'entry [0]: "arguments" is empty'),
                       ('[{"file":"x.c","command":"cc \'-D"}]',
                        'entry [0]: a quote in "command" is not closed')):
        folder.write(name, text)
        got = findings(folder, ".")
        same(f"findings for {text}", [g[:2] for g in got], [("EC629", "warning")])
        holds("message", got[0][2], name, what, "write it again")
        out, err = folder.run("check", name, status=2)
        same("lines", (out, err.count("\n")), ("", 1))
        holds("stderr", err, f"arm64ecd: {name}: ", what.split(": ")[-1],
              "write the compile database again")


def test_database_of_which_a_part_is_of_no_use(folder):
    folder.write("x.c", GOOD)
    folder.write("y.c", "#ifndef Y\n#error no Y\n#endif\n")
    database(folder, "compile_commands.json", {"file": "x.c", "arguments": []},
             {"file": "y.c", "command": "cc -DY -c y.c"}, {"file": "z.c"})
    folder.write("z.c", GOOD)
    for name in (".", "compile_commands.json"):
        got = findings(folder, name)
        same(f"findings of {name}", [g[:2] for g in got], [("EC629", "warning")])
        holds("message", got[0][2], 'entry [0]: "arguments" is empty (and 1 more entry)')
    # What has no name cannot be checked.
    database(folder, "compile_commands.json", {"command": "cc -c x.c"},
             {"file": "y.c", "command": "cc -DY -c y.c"})
    out, err = folder.run("check", "--format=json", "compile_commands.json", status=2)
    same("findings", json.loads(out)["findings"], [])
    holds("stderr", err, "compile_commands.json: entry [0].file: missing; write")


# --- names ------------------------------------------------------------------------------


def nobody():
    """What makes a command run without root's rights; Skipped where that cannot be."""
    if os.geteuid() != 0:
        return ()
    prefix = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
    try:
        done = subprocess.run([*prefix, str(cli.SERVER), "--version"], capture_output=True)
    except OSError as error:
        raise cli.Skipped(f"root may read everything, and {error}") from error
    if done.returncode:
        raise cli.Skipped("root may read everything, and nobody cannot start the program")
    return prefix


def lines_of(folder, *args, **more):
    out, err = folder.run("check", "--no-cache", *args, status=2, **more)
    same("stdout", out, "")
    return err.splitlines()


def test_names_that_lead_nowhere(folder):
    folder.write("x.c", GOOD)
    (folder.path / "round.c").symlink_to("about.c")
    (folder.path / "about.c").symlink_to("round.c")
    long = "a" * 300 + ".c"
    for name, why in (("none.c", "no such file or folder"),
                      ("round.c", "its links lead in a circle; name the file that is meant"),
                      ("x.c/y.c", "no such file or folder; a part of the path is a file"),
                      (long, "the name is too long; name it by a shorter path")):
        same(name, lines_of(folder, name), [f"arm64ecd: {name}: {why}"])
    _, err = folder.run("check", "-p", "round.c", "x.c", status=2)
    holds("stderr", err, "-p: round.c: its links lead in a circle")


def test_without_permission(folder):
    prefix = nobody()
    why = "no permission to read it; change its mode or its owner"
    folder.write("in/x.c", GOOD)
    folder.write("y.c", GOOD)
    folder.path.chmod(0o755)
    for name, path in (("in", "in"), ("in/x.c", "in"), ("y.c", "y.c")):
        (folder.path / path).chmod(0)
        try:
            same(name, lines_of(folder, name, prefix=prefix), [f"arm64ecd: {name}: {why}"])
        finally:
            (folder.path / path).chmod(0o755)


if __name__ == "__main__":
    sys.exit(cli.main(globals()))
