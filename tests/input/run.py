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
    """(code, severity, message) of each finding, without the hint that there is no command."""
    got = folder.json("check", *args, status=status)
    return [(f["code"], f["severity"], f["message"]) for f in got["findings"]
            if f["code"] != "EC630"]


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


def test_database_with_files_that_are_not_there(folder):
    """One line with the first of them; a failure only where the database is named."""
    folder.write("src/x.c", GOOD)
    database(folder, "src/build/compile_commands.json",
             *({"file": f"src/{n}.c", "command": "cc -c"} for n in "axb"))
    line = (f"arm64ecd: src/build/compile_commands.json: 2 of its 3 files cannot be read, the first "
            f"is {folder.path}/src/a.c (no such file or folder); write the compile database again")
    for name, status in (("src", 0), ("src/", 0), ("src/build/compile_commands.json", 2)):
        out, err = folder.run("check", "--format=json", name, status=status)
        same(f"stderr of {name}", err, line + "\n")
        same("files", json.loads(out)["summary"]["files"], 1)
    same("flags of one's own", folder.run("check", "--format=gcc", "src", "--", "-DA"), ("", ""))


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


# --- texts ------------------------------------------------------------------------------


def test_text_of_another_encoding(folder):
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        folder.write("wide.c", GOOD.encode(encoding))
        same(encoding, lines_of(folder, "wide.c"),
             ["arm64ecd: wide.c: is UTF-16 text; save it as UTF-8"])
    folder.write("object.c", b"\x64\x86\x05\0\0\0")
    same("an object", lines_of(folder, "object.c"),
         ["arm64ecd: object.c: is no text; sources are read"])
    folder.write("wide.c", GOOD.encode("utf-16"))
    folder.write("x.c", '#include "wide.c"\n')
    got = findings(folder, "x.c", status=1)
    same("included", len(got), 1)
    holds("message", got[0][2], "UTF-16", "; save it as UTF-8")


def test_header_that_cannot_be_opened(folder):
    """One error, and clang's other one of the same file is left out."""
    os.mkfifo(folder.path / "pipe.h")
    (folder.path / "round.h").symlink_to("round.h")
    folder.write("nested.h", '#include "pipe.h"\n')
    for name, what in (("pipe.h", "it is a pipe or a device; include a regular file"),
                       ("nested.h", "it is a pipe or a device; include a regular file"),
                       ("round.h", "Too many levels of symbolic links")):
        folder.write("x.c", f'#include "{name}"\n#include "absent.h"\n' + GOOD)
        got = findings(folder, "x.c", status=1)
        same(f"number for {name}", len(got), 2)
        holds("message", got[0][2], "cannot open file", what)
        same("the other", got[1][2], "'absent.h' file not found")


# --- output -----------------------------------------------------------------------------


def test_order_in_one_pipe(folder):
    folder.write("x.c", "int f(void) { return y; }\n")
    done = subprocess.run([str(cli.SERVER), "check", "--no-cache", "none.c", "x.c", "none2.c"],
                          cwd=folder.path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          timeout=cli.PATIENCE_S, check=False)
    lines = done.stdout.decode().splitlines()
    same("first", lines[0], "arm64ecd: none.c: no such file or folder")
    same("last", lines[-1], "1 error in 1 file")


def test_json_whatever_happens(folder):
    got = folder.json("check", "none.c", status=2)
    same("check", (got["findings"], got["summary"]["files"]), ([], 0))
    for command in ("thunks", "abi"):
        same(command, folder.json(command, "none.c", status=2),
             {"schema": 1, "file": "none.c", "error": "no such file or folder",
              "functions": []})
        same(command, folder.json(command, "none.c", "none2.c", status=2), [])
    folder.write("x.c", GOOD)
    same("--check-lock", folder.json("abi", "--check-lock", "none.lock", "x.c", status=2),
         {"schema": 1, "lock": "none.lock", "compared": False, "changes": []})


def test_formats_are_those_of_the_command(folder):
    folder.write("x.c", GOOD)
    for args, names in ((["check", "x.c"], "text, json, gcc and github"),
                        (["thunks", "x.c"], "text and json"),
                        (["abi", "x.c"], "text and json"),
                        (["abi", "--check-lock", "a", "x.c"], "text, json, gcc and github"),
                        (["explain"], "text, json and md")):
        for args in ([*args, "--format=xml"], ["--format=xml", *args]):
            out, err = folder.run(*args, status=2)
            same("stdout", out, "")
            holds("stderr", err, f"arm64ecd: --format: 'xml' is none of {names};")
    for args in (["check", "--format=md", "x.c"], ["explain", "--format=gcc"]):
        folder.run(*args, status=2)


# --- headers ----------------------------------------------------------------------------


def test_functions_behind_a_missing_header(folder):
    """check shows EC626 alone; what lists functions says that some may be missing."""
    folder.write("x.cpp", "#include <vector>\nstd::vector<int> all;\n"
                 "int f(std::vector<int> v) { return v[0]; }\nint g() { return 1; }\n")
    folder.write("y.cpp", "#include <vector>\nint g() { return 1; }\n")
    for more in ([], ["--stage=full"], ["-v"]):
        got = findings(folder, "--headers=builtin", *more, "x.cpp", "y.cpp")
        same(f"findings {more}", [g[0] for g in got if g[0] != "EC632"], ["EC626"] * 2)
    for command in (["thunks"], ["abi"]):
        _, err = folder.run(*command, "--headers=builtin", "x.cpp", "y.cpp")
        same("stderr", err, "arm64ecd: x.cpp: misses headers ('arm64ecd check' tells which); "
             "functions may be missing\n")
    _, err = folder.run("abi", "--headers=builtin", "--lock", "api.lock", "x.cpp", status=1)
    holds("stderr", err, "x.cpp: misses headers", "api.lock: is not written")
    folder.run("abi", "--headers=builtin", "--lock", "api.lock", "y.cpp")


def test_database_of_windows(folder):
    """Backslashes in a database name files of this host, too; -p names a real one."""
    folder.write("src/a.c", GOOD)
    folder.write("compile_commands.json", json.dumps([{"directory": str(folder.path), "file": "src\\a.c",
                 "command": "cmd /c cl.exe /c src\\a.c"}]))  # fmt: skip
    for what in (".", "compile_commands.json", "src/a.c"):
        out, _ = folder.run("check", "-v", what)
        holds(what, out, "built by msvc")
    _, err = folder.run("check", "-p", "src", "src/a.c", status=2)
    holds("-p", err, "-p: src: there is no compile_commands.json")


def test_settings_that_are_none(folder):
    folder.write("a.c", GOOD)
    for text, words in (("[]", "not an object"), ('{"headers": {"paths": ["/nope"]}}', "no folder of this host")):
        folder.write(".arm64ecd.json", text)
        out, _ = folder.run("check", "a.c")
        holds(text, out, "EC631", words)


# --- texts whose cost could explode: past the deadline there is EC902 ---------------------


def test_settings_that_are_a_link_to_a_secret(folder):
    """What is wrong in a file is told, so a link to another kind of file is not read."""
    folder.write("home/keys", '{"SECRET_KEY": 1}\n')
    folder.write("home/rsa", "-----SECRET_KEY\n-fSECRET_KEY\n")
    folder.write("p/x.c", GOOD)
    inside = cli.Folder(folder.path / "p")
    for name, kept in ((".arm64ecd.json", "keys"), ("compile_commands.json", "keys"), ("compile_flags.txt", "rsa")):
        (inside.path / name).symlink_to(folder.path / "home" / kept)
        text = "".join(inside.run("check", "-v", "--no-cache", "x.c"))
        same(f"told of {name}", "SECRET_KEY" in text, False)
        (inside.path / name).unlink()
    inside.write("real.txt", "-DFROM_LINK\n")
    inside.write("x.c", "int x = FROM_LINK + 1;\n")
    (inside.path / "compile_flags.txt").symlink_to("real.txt")
    inside.run("check", "--no-cache", "x.c", status=0)


def test_types_within_types(folder):
    """Two of them in each of the next: 2^27 in all, of which libclang looks at each."""
    types = "struct t0 { char c; };\n" + "".join(
        f"struct t{i} {{ struct t{i - 1} a, b; }};\n" for i in range(1, 28))
    empty = "struct e0 {};\n" + "".join(
        f"struct e{i} {{ struct e{i - 1} a, b, c; }};\n" for i in range(1, 26))
    folder.write("x.c", types + empty + """\
struct t27 by_value(struct t27 x, struct t3 y);
struct t27 *by_pointer(struct t27 *x) { return x; }
struct t3 small(struct t3 x, struct t2 y) { return x; }
struct halves { struct e25 e; _Float16 a, b, c; };
struct halves six_bytes(struct halves x) { return x; }
void use(struct t27 *x) { by_value(*x, x->a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a); }
""")
    same("findings", findings(folder, "x.c"), [])
    told = {f["name"]: f["rows"] for f in folder.json("abi", "x.c")["functions"]}
    same("by pointer", [row["x64"] for row in told["by_pointer"]], ["rax", "rcx"])
    same("small", [row["arm64ec"] for row in told["small"]], ["x0", "x0", "x1"])
    places = [(row["x64"], row["arm64ec"]) for n in ("by_value", "six_bytes") for row in told[n][:2]]
    same("large", places, 2 * [("at [rcx]", "at [x8]"), ("pointer in rdx", "pointer in x0")])
    gnu = ("x.c", "--", "--target=arm64ec-w64-windows-gnu")  # where a struct of nothing has no bytes
    told = {f["name"]: f["rows"] for f in folder.json("abi", *gnu)["functions"]}
    same("too large to tell", [(row["bytes"], row["x64"], row["arm64ec"]) for row in told["six_bytes"]],
         2 * [(6, "?", "?")])
    out, _ = folder.run("thunks", *gnu)
    holds("thunks", out, "six_bytes", "not known: a type of the signature is incomplete or too large")


def test_many_of_everything(folder):
    """Of each so many that a loop within a loop over them takes minutes."""
    n = 20000
    texts = {
        "records.c": "".join(
            f"struct s{i} {{ int a, b; char c[{i % 4 + 1}]; }};\n"
            f"int f{i}(struct s{i} a) {{ return a.b; }}\n" for i in range(n // 8))
        + "".join(f"struct t{i} {{ char c[3]; }}; int t{i}(struct t{i} a) {{ return a.c[0]; }}\n"
                  for i in range(3000)),
        "calls.c": "".join(f"int e{i}(int, double); int u{i}(void) {{ return e{i}({i}, 1.0); }}\n"
                           for i in range(n)),
        "line.c": "int e(int);" + "".join(f"int f{i}(int a) {{ return e(a) + {i}; }} "
                                          for i in range(n)),
        "wide.c": "/* \u00e4 */ int e(int);" + "".join(
            f"int f{i}(int a) {{ return e(a) + {i}; }} " for i in range(n)),
        "labels.c": "int e(int);\nint f(int a) { switch (a) {" + "".join(
            f"case {i}: if (e({i})) goto l{i}; break; l{i}: return {i};\n" for i in range(2 * n))
        + "} return 0; }\n",
    }
    for name, text in texts.items():
        folder.write(name, text)
    got = findings(folder, *texts)
    same("codes", sorted({g[0] for g in got}), ["EC101"])
    same("number", len(got), 3000)


def test_long_assembly(folder):
    """20 000 instructions in one literal on one line: far below the deadline, each told."""
    folder.write("a.c", 'void f(void) { __asm__("' + "mov x9, x13\\n" * 20000 + '"); }\n')
    out, _ = folder.run("check", "--no-cache", "--deadline=10", "a.c", status=1)
    same("late", "EC902" in out, False)
    holds("all but what is too many", out, "EC501", "EC905")


def test_status_of_what_was_not_analysed(folder):
    """Past the deadline: the tool failed, unless the finding is turned off."""
    doubling = "".join(f"#define A{i + 1} A{i} A{i}\n" for i in range(60))
    folder.write("late.c", "#define A0\n" + doubling + "A60\nint late;\n")
    folder.write("good.c", GOOD)
    args = ("check", "--no-cache", "--deadline=1", "late.c")
    out, _ = folder.run(*args, status=3)
    holds("told", out, "EC902", "warning")
    folder.run("check", "--no-cache", "good.c", status=0)
    folder.write(".arm64ecd.json", '{"diagnostics": {"severity": {"EC902": "off"}}}')
    out, _ = folder.run(*args, status=0)
    same("told", "EC902" in out, False)


def test_conditions_within_conditions(folder):
    """Of `a ?: b` libclang shows the operand three times: of 400 in one another 3^400."""
    folder.write("deep.c", "int r(int);\nint f(int a) { return " + "(" * 400 + "r(1)" + "".join(
        f" ?: r({i}))" for i in range(400)) + "; }\n")
    same("findings", findings(folder, "--no-cache", "deep.c"), [])
    told = [f["name"] for f in folder.json("thunks", "deep.c")["functions"]]
    same("thunks", sorted(told), ["f", "r"])


# --- the module -------------------------------------------------------------------------


def test_module_that_is_none(folder):
    """Told even where the cache has an answer, with what helps."""
    folder.write("x.c", GOOD)
    folder.write("text.so", "no module\n")
    for _ in range(2):
        same("with the module", findings(folder, "x.c"), [])
    for name, helps in (("none.so", "put it beside the program, or name it with --module"),
                        ("text.so", "name the one that was built with this program")):
        got = findings(folder, f"--module={name}", "x.c", status=3)
        same(name, [g[:2] for g in got], [("EC908", "warning")])
        holds("message", got[0][2], f"the compiler module '{name}' cannot be loaded",
              f"only lexical rules run; {helps}")
    version = json.loads(folder.run("--version", "--json")[0])
    same("module", Path(version["module"]).is_file(), True)
    same("module", json.loads(folder.run("--version", "--json", "--module=none.so")[0])["module"],
         None)


def test_help_is_told_once(folder):
    """What to do stands below the first finding of each code; formats for machines stay as they are."""
    asm = 'void f{}(void) {{ __asm__("mov x13, x0"); __asm__("mov x14, x0"); }}\n'
    folder.write("a.c", asm.format(1))
    folder.write("b.c", asm.format(2) + "int __vectorcall v(int a) { return a; }\nint e = undeclared;\n")
    out, _ = folder.run("check", "a.c", "b.c", status=1)
    helps = [line.strip() for line in out.splitlines() if line.startswith("       = help: ")]
    same("once a code", len(helps), 2)
    holds("EC501", helps[0], "use x0-x12")
    holds("EC114", helps[1], "leave '__vectorcall' out")
    lines = out.splitlines()
    same("below its source", lines[lines.index("       = " + helps[0].removeprefix("= ")) - 1].lstrip().startswith("|"), True)
    for form in ("gcc", "github"):
        same(form, "help" in folder.run("check", f"--format={form}", "a.c", status=1)[0], False)


if __name__ == "__main__":
    sys.exit(cli.main(globals()))
