"""The judged lines (roots.tsv) and the programs they are judged in.

A row says what the first wrong line of a library is in one translation unit. The unit is a file
of the package, or a few lines that include a header of it; `{}` in its flags is the package's
folder, `{NAME}` another package's. README.md beside this file tells the columns.
"""

import csv
import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.append(str(ROOT / "tests/oracle"))
from corpora import fetched  # noqa: E402

OUT = ROOT / "out/arch"
SERVER = (ROOT / os.environ.get("OUT", "out") / "arm64ecd").resolve()
PATIENCE_S = 120
COLUMNS = ("split", "name", "package", "unit", "flags", "builders", "place", "text",
           "steps", "expect", "why")  # fmt: skip
EXPECTED = ("root", "hint", "silent")
# Builder of a row: --builder, the triple, and the C++ library's demand where it has one.
BUILDERS = {
    "cl": ("msvc-19.40", "arm64ec-pc-windows-msvc", ["-D_LIBCPP_NO_VCRUNTIME"]),
    "clang": ("clang-22", "arm64ec-pc-windows-msvc", ["-D_LIBCPP_NO_VCRUNTIME"]),
    "mingw": ("mingw", "arm64ec-w64-mingw32", []),
}
CPP_LIBRARY = "libc++-22-dev"
IN_HEADER = "it lies in this included file"
STOPPED = {"EC901", "EC902", "EC903", "EC904"}  # the analysis came to no end


class Unfetched(Exception):
    """The package cannot be had here."""


class Stale(Exception):
    """The package has another text than the one that was judged."""


@dataclass(frozen=True)
class Row:
    split: str  # listed: known while the rules were written; unseen: found afterwards
    name: str
    package: str
    unit: str
    flags: str
    builders: tuple
    place: str  # file:line, or a file for `silent`
    text: str  # how that line begins, so that another version is noticed
    steps: tuple  # file:line, or a line of the same file: one step off, judged by hand
    expect: str
    why: str


@dataclass(frozen=True)
class Unit:
    """One translation unit for one builder."""

    package: str
    unit: str
    flags: str
    builder: str


@dataclass(frozen=True)
class Place:
    file: Path
    line: int

    def __str__(self):
        return f"{self.file}:{self.line}"


@dataclass
class Finding:
    code: str
    severity: str
    place: Place
    document: Place
    message: str
    fixes: list


def rows(path=HERE / "roots.tsv"):
    with open(path, newline="") as file:
        table = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert tuple(table[0]) == COLUMNS, f"{path}: columns are {COLUMNS}"
    for fields in table[1:]:
        values = dict(zip(COLUMNS, fields, strict=True))
        assert values["expect"] in EXPECTED, fields
        values["builders"] = tuple(values["builders"].split(","))
        assert set(values["builders"]) <= set(BUILDERS), fields
        values["steps"] = tuple(values["steps"].split())
        yield Row(**values)


MOVED = {}  # package: a copy of its folder that takes its place in this process


def package_folder(package):
    return MOVED.get(package) or fetched_folder(package)


@lru_cache(maxsize=None)
def fetched_folder(package):
    """The folder in out/corpora; without a network, what was fetched before."""
    try:
        return fetched(package)
    except (RuntimeError, subprocess.TimeoutExpired) as error:
        raise Unfetched(str(error)) from error


@lru_cache(maxsize=None)
def lines_of(path):
    """The lines of a file without their ends; line n is [n - 1]."""
    return path.read_text(errors="replace").split("\n")


def place_of(row, text=None):
    """The place of a row, or of one of its steps."""
    folder = package_folder(row.package)
    name, _, line = (text or row.place).rpartition(":")
    if text and not name:
        name = row.place.rpartition(":")[0]
    return Place((folder / name).resolve(), int(line))


def check_text(row):
    """Raises Stale if the package's line is not the one that was judged."""
    if ":" not in row.place:
        if not (package_folder(row.package) / row.place).is_file():
            raise Stale(f"{row.package} has no {row.place}")
        return
    place = place_of(row)
    lines = lines_of(place.file) if place.file.is_file() else []
    there = " ".join(lines[place.line - 1].split()) if place.line <= len(lines) else ""
    if not there.startswith(row.text) or not row.text:
        raise Stale(f"{place} is '{there}', not '{row.text}'")


def unit_file(unit):
    """The file to compile: of the package, or written for the row."""
    if not unit.unit.startswith("="):
        return package_folder(unit.package) / unit.unit
    language, _, text = unit.unit[1:].partition(" ")
    name = hashlib.sha256((unit.package + unit.unit + unit.flags).encode()).hexdigest()[:12]
    path = OUT / "units" / f"{name}.{language}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.replace("\\n", "\n") + "\n")
    return path


def unit_flags(unit):
    """The flags of a row for clang. `+NAME=TEXT` is a header that configure would make, `c++`
    asks for a C++ library."""
    flags = []
    text = re.sub(r"\{([\w.:@/+-]*)\}", lambda m: str(package_folder(m[1] or unit.package)), unit.flags)
    for word in filter(None, text.split("|")):
        if word == "c++":
            library = package_folder(CPP_LIBRARY) / "usr/lib/llvm-22/include/c++/v1"
            flags += ["-nostdinc++", "-isystem", str(library), *BUILDERS[unit.builder][2]]
        elif word.startswith("+"):
            name, _, text = word[1:].partition("=")
            made = OUT / "made" / hashlib.sha256(word.encode()).hexdigest()[:12]
            (made / name).parent.mkdir(parents=True, exist_ok=True)
            (made / name).write_text(text.replace("\\n", "\n") + "\n")
            flags.append(f"-I{made}")
        else:
            flags.append(word)
    return flags


def true_place(finding):
    """(where the finding is told, where it truly is): they differ for what lies in a header."""
    told = Place(Path(finding["file"]).resolve(), finding["range"]["start"]["line"])
    for note in finding["related"]:
        if note["message"] == IN_HEADER:
            return told, Place(Path(note["file"]).resolve(), note["range"]["start"]["line"])
    return told, told


def stopped_files(text):
    """The files whose analysis came to no end, in what `check --format=json` printed."""
    return {finding["file"] for finding in json.loads(text)["findings"]
            if finding["code"] in STOPPED}  # fmt: skip


def findings_of(text):
    """The EC3xx findings in what `check --format=json` printed."""
    found = []
    for finding in json.loads(text)["findings"]:
        if (finding["code"] or "").startswith("EC3"):
            told, place = true_place(finding)
            found.append(Finding(finding["code"], finding["severity"], place, told,
                                 finding["message"], finding["fixes"]))  # fmt: skip
    return found


def check_command(unit, flags):
    builder, triple, _ = BUILDERS[unit.builder]
    return [SERVER, "check", "--no-cache", "--headers=builtin", "--format=json",
            "--fail-on=never", f"--builder={builder}", str(unit_file(unit)),
            "--", f"--target={triple}", *flags]  # fmt: skip


def check(unit):
    """The EC3xx findings of one unit, or None when arm64ecd gave no answer, twice."""
    for _ in range(2):
        try:
            done = subprocess.run(check_command(unit, unit_flags(unit)), capture_output=True,
                                  timeout=PATIENCE_S, check=False)  # fmt: skip
            if not stopped_files(done.stdout):
                return findings_of(done.stdout)
        except (subprocess.TimeoutExpired, ValueError, KeyError):
            pass
    return None
