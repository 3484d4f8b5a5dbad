#!/usr/bin/env python3
"""Tests of the threat model (server/README.md): a repository is written by an attacker.

    run.py [NAME...]      parts of names of tests; default: all

Each test is named in one line of the table there, and each line names tests: that is a test,
too. How each of them fails without its guard: README.md beside this.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "lsp")]
from client import Client  # noqa: E402
from flags import LIMITS, RUNS, WRITES  # noqa: E402
from repository import CLANG, ROOT, SECRET, Repository, both_stages, cli, compiled, lacks, need  # noqa: E402
from taken_over import (  # noqa: E402, F401  # pylint: disable=unused-import
    test_a_clang_that_is_taken_over, test_a_worker_that_is_taken_over, test_a_wrapper_of_clang_writes_nothing)  # fmt: skip

same, holds = cli.same, cli.holds


# --- what a command names ---------------------------------------------------------------


def test_nothing_named_runs(folder):
    """Compilers, plug-ins, wrappers, linkers: neither stage starts or loads one."""
    repository = Repository(folder)
    marker = repository.base / "ran"
    for name in ("evil", "clang", CLANG, "ld", "as", "ld.lld", "clang-cpp", "llc", "cc1"):
        repository.folder.write(name, f"#!/bin/sh\necho ran >>{marker}\n")
        (repository.folder.path / name).chmod(0o755)
    if shutil.which("gcc"):
        compiled(repository, "plugin", "-shared", "-fPIC").rename(repository.folder.path / "evil.so")
    for name in ("evil.cfg", "evil.specs"):
        repository.folder.write(name, "-fplugin=./evil.so\n*cc1:\n./evil\n")
    repository.folder.write("a.c", "int f(void) { return 1; }\n")
    path = f".:{repository.folder.path}:" + os.environ["PATH"]
    for flags in [RUNS, *([flag] for flag in RUNS)] if shutil.which(CLANG) else [RUNS]:
        words = [word for flag in flags for word in flag.split()]
        repository.database(str(repository.folder.path / "evil"), *words)
        for how in both_stages() if flags is RUNS else [["--no-cache"]]:
            env = {"PATH": path if how == ["--no-cache"] else ".:" + os.environ["PATH"]}
            text = repository.check(*how, "a.c", env=env)
            lacks(f"{flags}", text, "EC901", "EC902")
    same("ran", marker.exists(), False)


def test_no_program_named_by_settings(folder):
    """Settings of a repository: no key of theirs starts a program, odd values are told."""
    repository = Repository(folder)
    marker = repository.base / "ran"
    repository.folder.write("evil", f"#!/bin/sh\necho ran >>{marker}\n")
    (repository.folder.path / "evil").chmod(0o755)
    evil = str(repository.folder.path / "evil")
    repository.folder.write("a.c", "int f(void) { return 1; }\n")
    for settings in (
        {"flags": [f"-fplugin={evil}", "-Xclang", "-load", "-Xclang", evil, "-B."]},
        {"clang": evil, "compiler": evil, "module": evil, "builder": evil, "fullStage": evil},
        {"compileCommands": evil}, {"compileCommands": "/dev/zero"},
        {"compileCommands": "/proc/self/mem"},
        {"headers": {"paths": ["/dev/zero", "/proc/self/fd", "\x00", "-fplugin=" + evil, "a" * 70000]}},
        {"headers": {"paths": [f"/{n}" for n in range(20000)]}},
        {"diagnostics": {"severity": {"EC501": "x" * 100000}}},
        {"flags": ["-I" + "x" * 100000] * 50}, {"flags": {"a": 1}}, {"flags": [1, None, []]},
    ):  # fmt: skip
        repository.folder.write(".arm64ecd.json", json.dumps(settings))
        for how in both_stages():
            lacks(json.dumps(settings)[:80], repository.check(*how, "a.c"), "EC901", "EC902")
    repository.folder.write(".arm64ecd.json", "[" * 100000)
    holds("nested", repository.check("--no-cache", "a.c"), "EC631")
    same("ran", marker.exists(), False)


def test_nothing_named_is_written(folder):
    """Outputs, dependencies, traces, dumps: the tree is the same after either stage."""
    repository = Repository(folder)
    repository.folder.write("a.c", "int f(int x) { return x * 2; }\n")
    for driver in ("clang", "clang-cl", "gcc"):
        words = [word for flag in WRITES for word in flag.split()]
        repository.database(driver, *words)
        before = repository.tree()
        for how in both_stages():
            lacks(driver, repository.check(*how, "a.c"), "error:", "EC901")
            repository.command("thunks", *how, "a.c")
        same(f"the tree, {driver}", repository.tree(), before)
    for flag in WRITES:
        repository.database("clang", *flag.split())
        before = repository.tree()
        lacks(flag, repository.check("--no-cache", "a.c"), "error:", "EC901")
        same(f"the tree, {flag}", repository.tree(), before)


def test_pragmas_write_nothing(folder):
    """'#pragma clang module build' makes a .pcm in the temporary folder."""
    repository = Repository(folder)
    temporary = repository.base / "temporary"
    temporary.mkdir()
    repository.folder.write("a.c", "#pragma clang module build m\nmodule m {}\n"
                            "#pragma clang module contents\nint x;\n"
                            "#pragma clang module endbuild\n#pragma clang module import m\n"
                            "#pragma comment(lib, \"evil\")\n#pragma GCC pch_preprocess \"evil.pch\"\n"
                            "#pragma clang __debug overflow_stack\n"[:-38])  # fmt: skip
    for how in both_stages():
        repository.check(*how, "a.c", env={"TMPDIR": str(temporary), "TMP": str(temporary)})
    same("temporary files", list(temporary.iterdir()), [])


def test_limits_are_not_raised(folder):
    """A repository cannot let the parser nest or compute without end."""
    repository = Repository(folder)
    repository.folder.write("a.cpp", "constexpr long long spin(long long n) { long long s = 0; for (long long "
                            "i = 0; i < n; i++) s += i; return s; }\nstatic_assert(spin(4000000000) != 1);\n"
                            "int deep = " + "(" * 3000 + "1" + ")" * 3000 + ";\n"
                            "template <int N> struct T { enum { v = T<N - 1>::v }; };\n"
                            "int t = T<1000000>::v;\n")  # fmt: skip
    words = [word for flag in LIMITS for word in flag.split()]
    repository.database("clang++", *words, file="a.cpp")
    text = repository.check("--no-cache", "--deadline=30", "a.cpp")
    lacks("the limits", text, "EC901", "EC902", "EC903")
    holds("the limits", text, "bracket nesting level exceeded maximum of 2",
          "not an integral constant expression", "EC628", "-fconstexpr-steps")  # fmt: skip


# --- what is read -----------------------------------------------------------------------


def test_includes_stay_inside(folder):
    """Absolute, climbing and linked names, forced includes, embeds, assembly."""
    repository = Repository(folder)
    secret = str(repository.secret)
    (repository.folder.path / "link.h").symlink_to(secret)
    (repository.folder.path / "chain.h").symlink_to("link.h")
    (repository.folder.path / "folder").symlink_to(repository.base / "home")
    os.link(secret, repository.base / "home" / "again.h")
    lines = [
        f'#include "{secret}"', '#include "../home/secret.h"', '#include "link.h"',
        '#include "chain.h"', '#include "folder/secret.h"', '#import "folder/secret.h"',
        '#include_next "../home/secret.h"', f"#include <{secret}>", '#include "/proc/self/cwd/link.h"',
        f'#pragma GCC dependency "{secret}"', f'#pragma include_alias("z.h", "{secret}")\n#include "z.h"',
        f'#if __has_include("{secret}")\n#include "{secret}"\n#endif',
        f'const char e[] = {{\n#embed "{secret}"\n}};\nint a[e[0]==83?-1:1];',
        f'#embed "{secret}"', '#embed "link.h"', f'__asm__(".include \\"{secret}\\"");',
        f'__asm__(".incbin \\"{secret}\\"");', '__asm__(".incbin \\"link.h\\"");',
    ]  # fmt: skip
    repository.folder.write("inside.h", SECRET)
    repository.folder.write("control.c", '#include "inside.h"\n')
    holds("a file inside", repository.check("--no-cache", "control.c"), "SECRET_OF_THE_USER")
    for line in lines:
        repository.folder.write("a.c", line + "\nint f(void) { return 1; }\n")
        for how in both_stages():
            lacks(line, repository.check(*how, "a.c"), "SECRET", "another_word", "negative", "EC901")
    repository.folder.write("a.c", f'#include "{secret}"\n')
    holds("words", repository.check("--no-cache", "a.c"), "outside of the project")
    repository.folder.write("a.c", "int f(void) { return 1; }\n")
    for flags in (["-include", secret], ["-imacros", secret], ["-include", "link.h"],
                  [f"-include{secret}"], ["-Xclang", "-include", "-Xclang", secret],
                  ["-I", str(repository.base / "home"), "-nostdinc", "-I/", "-include", secret[1:]],
                  ["-I/", "-include", secret[1:]], ["--sysroot=/", "-I=" + secret]):  # fmt: skip
        repository.database("clang", *flags)
        for how in both_stages():
            lacks(f"{flags}", repository.check(*how, "a.c"), "SECRET", "another_word")


def test_includes_in_an_editor_stay_inside(folder):
    """The same in a session: whole parses, edits of one function, and a switch of documents."""
    repository = Repository(folder)
    secret = str(repository.secret)
    repository.folder.write("inside.h", "typedef int from_inside;\n")
    repository.folder.write("far/up.h", "typedef int from_far;\n")
    repository.folder.write("src/a.c", "")
    repository.folder.write("src/b.c", "")
    (repository.folder.path / "link.h").symlink_to(secret)
    body = ('#include "far/up.h"\n%s\nint before;\nint f(void)\n{\n    from_inside a = 1;\n'
            "    return a + %s;\n}\nint after(void) { return 2; }\n")  # fmt: skip
    env = {"HOME": str(repository.base / "home"), "XDG_CACHE_HOME": str(repository.base / "cache")}
    for options in (["--workers=1"], ["--workers=2", "--cut-from=0"]):
        with Client([str(cli.SERVER), *options], cwd="/", env=env) as client:
            client.initialize(repository.folder.path)
            seen = []
            for name in ("src/a.c", "src/b.c"):
                uri = (repository.folder.path / name).as_uri()
                include = '#include "../inside.h"'
                client.open(uri, body.replace("far/", "../far/") % (include, "missing_0"), "c")
                seen += client.diagnostics(uri, lambda ds: any("missing_0" in d["message"] for d in ds))
                for version in range(2, 6):  # edits of a body
                    text = body.replace("far/", "../far/") % (include, f"missing_{version}")
                    client.change(uri, version, text)
                    seen += client.diagnostics(
                        uri, lambda ds, v=version: any(f"missing_{v}" in d["message"] for d in ds))  # fmt: skip
                for version, bad in enumerate((f'#include "{secret}"', '#include "../link.h"',
                                               '#include "../../home/secret.h"'), 6):  # fmt: skip
                    client.change(uri, version, body.replace("far/", "../far/") % (include + "\n" + bad, "1"))
                    seen += client.diagnostics(
                        uri, lambda ds: any("outside of the project" in d["message"] for d in ds))  # fmt: skip
                for version in range(9, 13):  # of a body below it
                    text = body.replace("far/", "../far/") % (include + "\n" + bad, f"missing_{version}")
                    client.change(uri, version, text)
                    seen += client.diagnostics(
                        uri, lambda ds, v=version: any(f"missing_{v}" in d["message"] for d in ds))  # fmt: skip
            client.finish()
        told = "\n".join(d["message"] for d in seen)
        lacks(f"{options}", told, "SECRET", "another_word", "from_inside", "from_far", "EC901")


def test_include_folders_are_read(folder):
    """Must not be refused: folders of the command outside of the project, links inside it."""
    repository = Repository(folder)
    other = repository.base / "library"
    (other / "real").mkdir(parents=True)
    (other / "real" / "library.h").write_text("typedef int from_library;\n")
    (other / "include").symlink_to("real")
    repository.folder.write("sub/inner.h", "typedef int from_inner;\n")
    repository.folder.write("deep/down/a.c", '#include "../../sub/inner.h"\n#include "near.h"\n'
                            f'#include "{repository.folder.path}/sub/inner.h"\n#include <library.h>\n'
                            "from_library a; from_inner b; from_near c;\n")  # fmt: skip
    repository.folder.write("sub/near.txt", "typedef int from_near;\n")
    (repository.folder.path / "deep" / "down" / "near.h").symlink_to("../../sub/near.txt")
    for cwd, name in ((None, "deep/down/a.c"), ("/", str(repository.folder.path / "deep/down/a.c"))):
        text = repository.check("--no-cache", name, "--", "-I", str(other / "include"), cwd=cwd)
        holds("live", text, "nothing to report")
    if shutil.which(CLANG):
        text = repository.check("--no-cache", "--stage=full", "deep/down/a.c", "--", "-I",
                                str(other / "include"))  # fmt: skip
        holds("full", text, "nothing to report")
    build = repository.base / "bld"  # of CMake, beside the sources, a unity build
    build.mkdir()
    repository.folder.write("unit.c", "int from_unit;\n")
    repository.folder.write("CMakeLists.txt", "project(it)\n")
    (build / "unity_0.c").write_text(f'#include "{repository.folder.path}/unit.c"\n')
    (build / "CMakeCache.txt").write_text(f"CMAKE_HOME_DIRECTORY:INTERNAL={repository.folder.path}\n")
    (build / "compile_commands.json").write_text(json.dumps([
        {"directory": str(build), "file": "unity_0.c", "arguments": ["clang", "-c", "unity_0.c"]}]))  # fmt: skip
    text = repository.check("--no-cache", str(build / "compile_commands.json"), cwd="/")
    holds("a unity build", text, "nothing to report")
    repository.folder.write("module/.git", "gitdir: ../.git/modules/module\n")
    repository.folder.write("module/c.c", '#include "../sub/inner.h"\nfrom_inner x;\n')
    text = repository.check("--no-cache", str(repository.folder.path / "module" / "c.c"), cwd="/")
    holds("a submodule", text, "nothing to report")
    plain = repository.base / "plain" / "tree"
    (plain / "src").mkdir(parents=True)
    (plain / "b.h").write_text("typedef int from_beside;\n")
    (plain / "src" / "b.c").write_text('#include "../b.h"\nfrom_beside x;\n')
    for cwd in (plain, None, "/"):
        text = repository.check("--no-cache", str(plain / "src" / "b.c"), cwd=cwd)
        holds("without version control", text, "nothing to report")


def test_one_worker_two_projects(folder):
    """What one document may read says nothing of the next one in the same worker."""
    repository = Repository(folder)
    other = repository.base / "home" / "project"
    (other / ".git").mkdir(parents=True)
    (other / "secret.h").write_text(SECRET)
    (other / "a.c").write_text('#include "secret.h"\n')
    repository.folder.write("a.c", f'#include "{other}/secret.h"\n')
    (other / "b.c").write_text((other / "a.c").read_text())
    for where, names in ((other, "ab"), (repository.folder.path, "a")):
        (where / "flags.rsp").write_text("-DONE=1")
        (where / "compile_commands.json").write_text(json.dumps([
            {"directory": str(where), "file": f"{name}.c", "arguments": ["clang", "@flags.rsp", "-c", f"{name}.c"]}
            for name in names]))  # fmt: skip
    text = repository.check("--no-cache", "-j1", str(other / "a.c"), "a.c", str(other / "b.c"), "-v")
    same("read", text.count("unknown type name 'SECRET_OF_THE_USER'"), 2)
    same("refused", text.count("outside of the project"), 1)
    lacks("response files of each", text, "flags.rsp")


def test_no_precompiled_header_of_the_project(folder):
    """clang's driver takes config.h.pch beside config.h: a binary of an attacker's."""
    need(CLANG)
    repository = Repository(folder)
    repository.folder.write("evil.h", "int from_binary;\n")
    repository.folder.write("config.h", "int from_text;\n")
    for suffix in ("pch", "gch"):
        subprocess.run([CLANG, "--target=arm64ec-pc-windows-msvc", "-x", "c-header", "evil.h", "-o",
                        f"config.h.{suffix}"], cwd=repository.folder.path, check=True)  # fmt: skip
    repository.folder.write("a.c", "int *p = &from_text;\nint *q = &from_binary;\n")
    for how in both_stages():
        for flags in (["-include", "config.h"], ["-includeconfig.h"], ["--include=config.h"],
                      ["-Xclang", "-include-pch", "-Xclang", "config.h.pch", "-include", "config.h"]):  # fmt: skip
            text = repository.check(*how, "a.c", "--", "clang", *flags)
            holds(f"{flags}", text, "undeclared identifier 'from_binary'")
            lacks(f"{flags}", text, "'from_text'", "EC901")


def test_a_database_names_no_root(folder):
    """Neither where it says that it compiled, nor where it says that CMake's sources are."""
    repository = Repository(folder)
    keys = repository.base / "home" / ".keys"
    keys.mkdir()
    (keys / "id").write_text(SECRET)
    (keys / "flags").write_text("-DX=SECRET_OF_THE_USER\n")
    repository.folder.write("build/CMakeCache.txt", f"CMAKE_HOME_DIRECTORY:INTERNAL={keys}\n")
    include, value = f'#include "{keys}/id"\n', "int f(void) { return X; }\n"
    for has_version_control in (True, False):
        for words, text in ((["clang"], include), (["clang", "@flags"], value), (["clang", f"@{keys}/flags"], value)):
            repository.folder.write("a.c", text)
            repository.database(*words, file=str(repository.folder.path / "a.c"), directory=keys)
            for place in (repository.folder.path, repository.folder.path / "build"):
                database = place / "compile_commands.json"
                if place.name == "build":
                    (repository.folder.path / "compile_commands.json").rename(database)
                for how in both_stages():
                    lacks(f"{words}", repository.check(*how, "a.c"), "SECRET", "another_word")
            database.unlink()
        if has_version_control:
            (repository.folder.path / ".git").rmdir()


def test_response_files_stay_inside(folder):
    """Outside, linked outside, in a circle, without end, no file at all."""
    repository = Repository(folder)
    repository.folder.write("a.c", "int f(void) { return X; }\n")
    (repository.base / "home" / "flags").write_text("-DX=SECRET_OF_THE_USER\n")
    (repository.folder.path / "link.rsp").symlink_to(repository.base / "home" / "flags")
    (repository.folder.path / "self.rsp").symlink_to("self.rsp")
    repository.folder.write("circle.rsp", "@circle.rsp @circle.rsp -DX=1\n")
    os.mkfifo(repository.folder.path / "fifo.rsp")
    with open(repository.folder.path / "large.rsp", "wb") as file:
        file.truncate(8 << 30)
    for name in (str(repository.base / "home" / "flags"), "../home/flags", "link.rsp", "self.rsp",
                 "circle.rsp", "fifo.rsp", "large.rsp", "/dev/zero", "/proc/self/environ", "/etc/shadow"):  # fmt: skip
        for origin in ("database", "arguments"):
            text = ""
            if origin == "database":
                repository.database("clang", "@" + name)
                text = repository.check("--no-cache", "a.c")
                (repository.folder.path / "compile_commands.json").unlink()
            else:
                text = repository.check("--no-cache", "a.c", "--", "@" + name)
            lacks(name, text, "SECRET", "root:", "EC901", "EC902", "EC903")
    repository.folder.write("good.rsp", "-DX=1\n")
    holds("inside", repository.check("--no-cache", "a.c", "--", "@good.rsp"), "nothing to report")


def test_only_regular_files(folder):
    """Pipes, sockets and devices as headers, sources, databases and settings end at once."""
    repository = Repository(folder)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(f"/proc/self/fd/{os.open(repository.folder.path, os.O_RDONLY)}/socket.h")
    os.mkfifo(repository.folder.path / "fifo.h")
    os.mkfifo(repository.folder.path / "fifo.c")
    (repository.folder.path / "zero.h").symlink_to("/dev/zero")
    (repository.folder.path / "zero.c").symlink_to("/dev/zero")
    (repository.folder.path / "tty.h").symlink_to("/dev/tty")
    (repository.folder.path / "loop.h").symlink_to("loop.h")
    started = time.monotonic()
    for name in ("fifo.h", "socket.h", "zero.h", "tty.h", "loop.h", "/dev/zero", "/dev/stdin",
                 "/proc/self/mem", "/proc/kmsg"):  # fmt: skip
        repository.folder.write("a.c", f'#include "{name}"\nint f(void) {{ return 1; }}\n')
        text = repository.check("--no-cache", "a.c", status=1)
        holds(name, text, name.rpartition("/")[2])
        lacks(name, text, "EC901", "EC902")
        repository.folder.write("a.c", f'#if __has_include("{name}")\n#endif\n#ifdef __has_embed\n'
                                f'#if __has_embed("{name}")\n#endif\n#endif\nint x;\n')  # fmt: skip
        lacks(name, repository.check("--no-cache", "a.c"), "EC901", "EC902")
    for name in ("fifo.c", "zero.c", "socket.h"):
        holds(name, repository.check("--no-cache", name, status=2), "no regular file")
    repository.check("--no-cache", ".")
    repository.folder.write("a.c", "int f(void) { return 1; }\n")
    for name in ("compile_commands.json", ".arm64ecd.json", "compile_flags.txt"):
        path = repository.folder.path / name
        for make in (os.mkfifo, lambda at: os.symlink("/dev/zero", at), os.mkdir,
                     lambda at: os.symlink(at, at)):  # fmt: skip
            make(path)
            lacks(name, repository.check("--no-cache", "a.c"), "EC901", "EC902")
            path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    same("at once", time.monotonic() - started < 3 * cli.PATIENCE_S, True)


def test_a_pipe_in_the_full_stage_ends_in_the_deadline(folder):
    """clang opens it and waits; nothing else does."""
    need(CLANG)
    repository = Repository(folder)
    os.mkfifo(repository.folder.path / "fifo.h")
    repository.folder.write("a.c", '#if 1\n#include "fifo.h"\n#endif\n')
    started = time.monotonic()
    text = repository.check("--no-cache", "--stage=full", "--deadline=1", "a.c")
    holds("live", text, "a pipe or a device")
    same("in time", time.monotonic() - started < cli.PATIENCE_S, True)


def test_huge_and_cyclic_includes(folder):
    """A circle, a tree of 2^200 includes, a file of gigabytes of NULs or of one line."""
    repository = Repository(folder)
    repository.folder.write("circle.h", '#include "circle.h"\n')
    repository.folder.write("tree.h", '#include "tree.h"\n#include "tree.h"\n')
    for number in range(30):
        repository.folder.write(f"double{number}.h", f'#include "double{number + 1}.h"\n' * 2)
    repository.folder.write("double30.h", "")
    for name, n_bytes in (("nul.h", 8 << 30), ("half.h", 3 << 30)):
        with open(repository.folder.path / name, "wb") as file:
            file.truncate(n_bytes)
    for name in ("circle.h", "tree.h", "double0.h", "nul.h", "half.h"):
        repository.folder.write("a.c", f'#include "{name}"\nint g = undeclared_here;\n')
        started = time.monotonic()
        text = repository.check("--no-cache", "--deadline=3", "a.c", status=None)
        lacks(name, text, "EC901")
        same(f"{name} in the deadline", time.monotonic() - started < 3 + cli.PATIENCE_S / 2, True)
    with open(repository.folder.path / "huge.c", "wb") as file:
        file.truncate(8 << 30)
    holds("a source", repository.check("--no-cache", "huge.c", status=2), "larger than")
    with open(repository.folder.path / "compile_commands.json", "wb") as file:
        file.truncate(1 << 30)
    holds("a database", repository.check("--no-cache", "circle.h"), "EC629")
    repository.folder.write("compile_commands.json", '[{"a":' * 200_000)
    holds("nesting", repository.check("--no-cache", "circle.h"), "EC629")


def test_files_around_a_header_are_bounded(folder):
    """What is looked at for a header: 100 000 files, a pipe, a device, gigabytes, links, a database."""
    repository = Repository(folder)
    where = repository.folder.path
    header = "#ifdef _M_X64\n#define IS_X64 1\n#define IS_OTHER 1\n#endif\n"
    repository.folder.write("config.h", header)
    repository.folder.write("a_use.c", '#include "config.h"\n#if IS_X64\n#include <emmintrin.h>\n#endif\n')
    # would be told first if it were read
    repository.secret.write_text('#include "config.h"\n#if IS_OTHER\n#include <immintrin.h>\n#endif\n')
    (where / "many").mkdir()
    many = os.open(where / "many", os.O_RDONLY)
    for number in range(100_000):
        os.close(os.open(f"f{number}.c", os.O_CREAT | os.O_WRONLY, dir_fd=many))
    os.close(many)
    os.mkfifo(where / "fifo.c")
    (where / "zero.c").symlink_to("/dev/zero")
    (where / "a_link.h").symlink_to(repository.secret)
    (where / "up").symlink_to("..")
    with open(where / "huge.c", "wb") as file:
        file.truncate(8 << 30)
    (where / "d" / Path(*["d"] * 200)).mkdir(parents=True)
    repository.folder.write("compile_commands.json", json.dumps(
        [{"directory": "/", "file": str(name), "arguments": ["clang", "-c", str(name)]}
         for name in (repository.secret, where / "fifo.c", where / "zero.c", where / "a_link.h",
                      "/dev/zero", "/proc/self/mem", where / "a_use.c")]))  # fmt: skip
    started = time.monotonic()
    text = repository.check("--no-cache", "config.h")
    holds("the consumer", text, "<emmintrin.h> (a_use.c:3)")
    lacks("what is outside", text, "immintrin", "secret.h", "a_link.h", "EC901", "EC902")
    same("check is bounded", time.monotonic() - started < cli.PATIENCE_S / 2, True)
    with Client([str(cli.SERVER), "--workers=1"], cwd=where) as client:
        client.initialize(where)
        client.open((where / "config.h").as_uri(), header, "c")
        started = time.monotonic()
        client.call("$/arm64ecd/sync", {})
        same("a session is bounded", time.monotonic() - started < cli.PATIENCE_S / 2, True)


def test_links_in_circles(folder):
    """A folder is walked once, and not left by its links."""
    repository = Repository(folder)
    repository.folder.write("sub/a.c", "int f(void) { return 1; }\n")
    (repository.folder.path / "sub" / "up").symlink_to("..")
    (repository.folder.path / "home").symlink_to(repository.base / "home")
    (repository.folder.path / "linked.c").symlink_to(repository.secret)
    (repository.base / "home" / "b.c").write_text(SECRET)
    text = repository.check("--no-cache", ".")
    holds("files", text, "in 1 file")
    lacks("files", text, "SECRET")


def test_a_source_is_no_link_to_a_secret(folder):
    """A shell's *.c names links, too, and what is wrong in a line shows the line."""
    repository = Repository(folder)
    (repository.base / "home" / "keys").write_text(SECRET)
    (repository.base / "home" / "real.c").write_text("int f(void) { return 1; }\n")
    (repository.folder.path / "keys.c").symlink_to(repository.base / "home" / "keys")
    (repository.folder.path / "again.c").symlink_to("keys.c")
    (repository.folder.path / "good.c").symlink_to(repository.base / "home" / "real.c")
    for name in ("keys.c", "again.c"):
        text = repository.check("--no-cache", name, status=2)
        lacks(name, text, "SECRET")
        holds(name, text, f"{name}: is a link to", "home/keys")
        repository.database("clang", file=name)
        lacks(name, repository.check("--no-cache", "compile_commands.json"), "SECRET")
    holds("a source", repository.check("--no-cache", "good.c"), "nothing to report")


# --- what is shown ----------------------------------------------------------------------

ESCAPES = "\x1b]0;owned\x07\x1b[2J\x1b[31m\u009b31m\x7f\u202e\r\b"
BAD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def test_terminals_obey_nothing(folder):
    """Names, messages and lines of a source with escape sequences, in every format."""
    repository = Repository(folder)
    name = f"n{ESCAPES}\nx.c"
    text = (f'#include "{ESCAPES}.h"\n#error {ESCAPES}\n_Static_assert(0, "{ESCAPES}");\n'
            f"int f(void) {{ return undeclared; /* {ESCAPES} */ }}\n"
            f'int named(void) __asm__("a{ESCAPES}b");\nint named(void) {{ return 1; }}\n'
            f"struct s {{ char a, b, c; }}; struct s given(struct s x) {{ return x; /*{ESCAPES}*/ }}\n")  # fmt: skip
    repository.folder.write(name, text)
    repository.folder.write("good.c", 'int g(void) __asm__("a\\033[31mb");\nint g(void) { return 1; }\n')
    repository.database("clang", "-f" + ESCAPES, "-D" + ESCAPES, "-I" + ESCAPES, "@" + ESCAPES,
                        "-fplugin=" + ESCAPES, file=name)  # fmt: skip
    runs = [["check", f"--format={f}", n] for f in ("text", "json", "gcc", "github") for n in (name, "good.c")]
    runs += [[c, f"--format={f}", n] for c in ("thunks", "abi") for f in ("text", "json") for n in (name, "good.c")]
    runs += [["check", "-v", name], ["check", name + "absent"], ["check", "."], ["check", "--frob" + ESCAPES],
             ["abi", "--lock", "lock" + ESCAPES, name], ["explain", ESCAPES]]  # fmt: skip
    for args in runs:
        found = BAD.search(repository.command(*args, *(["--no-cache"] if args[0] != "explain" else [])))
        if found:
            raise cli.Wrong(f"{args}: {found.group()!r} is shown")


def test_colours_are_ours(folder):
    """With colours, the sequences of ours alone."""
    repository = Repository(folder)
    repository.folder.write("a.c", f'_Static_assert(0, "{ESCAPES}");\n')
    text = repository.check("--no-cache", "--color=always", "a.c")
    holds("colours", text, "\x1b[1;31m")
    rest = re.sub("\x1b\\[(?:0|1|1;3[12456])m", "", text)
    same("what is left", BAD.search(rest), None)


MARK = "`![x](https://attacker.example/pixel)[y](command:run)<img src=x>"


def test_hovers_load_nothing(folder):
    """Paths, flags and messages of a project are text to Markdown, not links or images."""
    repository = Repository(folder)
    where = repository.folder.path / f"p{MARK.replace('/', '_')}"
    where.mkdir()
    file = where / "a.c"
    file.write_text("struct s { char a, b, c; };\nstruct s given(struct s x) { return x; }\n"
                    f'int other(struct s) __asm__("o{MARK}");\nint use(struct s x) {{ return other(x); }}\n')  # fmt: skip
    (where / "compile_commands.json").write_text(json.dumps([
        {"directory": str(where), "file": "a.c",
         "arguments": ["clang", "-fplugin=" + MARK, "-f" + MARK, "-I" + MARK, "-c", "a.c"]}]))  # fmt: skip
    with Client([str(cli.SERVER), "--workers=0"], cwd=where) as client:
        client.initialize(where, capabilities={"textDocument": {"hover": {"contentFormat": ["markdown"]}}})
        client.open(file.as_uri(), file.read_text(), "c")
        texts = []
        for line in range(4):
            for column in range(0, 60, 4):
                answer = client.call("textDocument/hover", {"textDocument": {"uri": file.as_uri()},
                                     "position": {"line": line, "character": column}})  # fmt: skip
                texts += [answer["contents"]["value"]] if answer else []
    told = "\n".join(texts)
    holds("hovers", told, "attacker.example")
    # Fenced by more backticks than it has, it is code; a backslash before each bracket is text.
    bare = re.sub(r"(?s)(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)", "", re.sub(r"\\.", "", told))
    lacks("outside of code", bare, "](https://attacker", "](command", "<img")


# --- what we write ourselves ------------------------------------------------------------


def test_what_is_ours_is_private(folder):
    """The cache: nobody else reads what a private project holds."""
    repository = Repository(folder)
    repository.folder.write("a.c", "int f(void) { return 1; }\n")
    repository.command("check", "a.c")
    found = list((repository.base / "cache").rglob("*"))
    same("there is a cache", any(path.is_file() for path in found), True)
    for path in found:
        same(f"mode of {path}", path.stat().st_mode & 0o077, 0)


# --- the table --------------------------------------------------------------------------


def test_the_table_names_its_tests(folder):  # pylint: disable=unused-argument
    """Each line of the threat model names tests that there are, and each test stands in it."""
    text = (ROOT / "server" / "README.md").read_text()
    table = text.partition("| threat |")[2].partition("\n\n")[0]
    lines = [line for line in table.splitlines()[2:] if line.startswith("|")]
    same("there is a table", len(lines) > 10, True)
    named = set()
    for line in lines:
        tests = re.findall(r"`(\w+)/(\w+)`", line.split("|")[3])
        if not tests:
            raise cli.Wrong(f"no test: {line}")
        for where, name in tests:
            sources = [*(ROOT / "tests" / where).glob("*.py"), *(ROOT / "tests" / where).glob("*_test.c")]
            if not any(re.search(rf"(def test_|TEST\(){name}\b", s.read_text()) for s in sources):
                raise cli.Wrong(f"no such test: {where}/{name}")
            named.add((where, name))
    own = {("hostile", name.removeprefix("test_")) for name in globals() if name.startswith("test_")}
    same("tests without a line", own - named - {("hostile", "the_table_names_its_tests")}, set())


if __name__ == "__main__":
    sys.exit(cli.main(globals()))
