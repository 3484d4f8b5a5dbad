"""A checkout with a secret beside it, and what looks at it: of tests/hostile/run.py."""

import ctypes
import importlib.util
import json
import os
import re
import shutil
import stat
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
SPEC = importlib.util.spec_from_file_location("cli", HERE.parent / "cli" / "run.py")
cli = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(cli)

ROOT = HERE.parents[1]
CLANG = f"clang-{os.environ.get('LLVM', '22')}"
IS_SANITIZED = "sanitize" in str(cli.SERVER)
SECRET = "SECRET_OF_THE_USER another_word;\n"


def lacks(what, text, *parts):
    for part in parts:
        if part in text:
            raise cli.Wrong(f"{what}: {part!r} in\n{text}")


def need(program):
    if not shutil.which(program):
        raise cli.Skipped(f"no {program}")


def compiled(repository, name, *flags):
    """inputs/NAME.c, outside of the repository."""
    need("gcc")
    out = repository.base / f"{name}.bin"
    version = json.loads(subprocess.run([cli.SERVER, "--version", "--json"], capture_output=True,
                                        check=True).stdout)  # fmt: skip
    subprocess.run(["gcc", f"-I{ROOT}", f'-DBUILD="{version["build"]}"', "-D_GNU_SOURCE", *flags,
                    str(HERE / "inputs" / f"{name}.c"), "-o", str(out)], check=True)  # fmt: skip
    return out


class Repository:
    """A checkout below the test's folder, with a secret beside it."""

    def __init__(self, folder):
        self.base = folder.path
        self.secret = self.base / "home" / "secret.h"
        self.folder = cli.Folder(self.base / "repository")
        (self.base / "home").mkdir()
        self.folder.path.mkdir()
        (self.folder.path / ".git").mkdir()
        self.secret.write_text(SECRET)

    def check(self, *args, **how):
        """Both streams, whatever the status."""
        return self.command("check", *args, **how)

    def command(self, *args, status=None, env=None, cwd=None):
        deadlines = sum(int(arg[11:]) for arg in args if arg.startswith("--deadline="))
        done = subprocess.run(
            [str(cli.SERVER), *args], cwd=cwd or self.folder.path, capture_output=True, check=False,
            stdin=subprocess.DEVNULL, timeout=cli.PATIENCE_S + deadlines,  # the server's comes first
            env={**os.environ, "XDG_CACHE_HOME": str(self.base / "cache"),
                 "HOME": str(self.base / "home"), **(env or {})})  # fmt: skip
        text = done.stdout.decode("utf-8", "replace") + done.stderr.decode("utf-8", "replace")
        if status is not None:
            cli.same(f"status of {args}: {text}", done.returncode, status)
        is_told = done.returncode == 3 and re.search(r"EC90[12348]", text)  # not analysed, and that is said
        if done.returncode not in (0, 1, 2) and not is_told:
            raise cli.Wrong(f"status {done.returncode}: {text}")
        return text

    def database(self, *words, file="a.c", directory=None):
        entry = {"directory": str(directory or self.folder.path), "file": file,
                 "arguments": [*words, "-c", file]}  # fmt: skip
        self.folder.write("compile_commands.json", json.dumps([entry]))

    def tree(self):
        """Everything below the test's folder but our cache: name, kind, size, content."""
        found = {}
        for path in sorted(self.base.rglob("*")):
            name = str(path.relative_to(self.base))
            if name.split("/")[0] == "cache":
                continue
            info = path.lstat()
            is_file = stat.S_ISREG(info.st_mode) and info.st_size < 1 << 20
            found[name] = (stat.S_IFMT(info.st_mode), path.read_bytes() if is_file else 0)
        return found


def both_stages():
    return [["--no-cache"]] + ([["--no-cache", "--stage=full"]] if shutil.which(CLANG) else [])


def landlock():
    """The version of the kernel's; 0: it has none."""
    return max(0, ctypes.CDLL(None).syscall(444, None, 0, 1))
