"""Real assembly, judged: README.md beside it.

Four judges. Registers: clang's assembler warns of each (registers.py). Names: the global code
symbols of clang's object that have no '#'. Frames: functions in its disassembly that call or move
the stack pointer. And table.tsv: what a person read in files that clang cannot assemble, or where
calls through registers go.
"""

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import registers

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
MADE = ROOT / "out/corpora/.made/assembly"
FETCH_S = 900
SLICE = ("src:dav1d", "librust-psm-dev", "src:libffi", "src:libjpeg-turbo")
TABLE_CODES = ("EC118", "EC131", "EC201", "EC208", "EC209", "EC211", "EC212", "EC213", "EC214", "EC215",
               "EC504", "EC506", "EC507", "EC509", "EC510", "EC511", "EC513", "EC514")  # fmt: skip
PRECISION_MIN, RECALL_MIN = 0.97, 0.95


@dataclass(frozen=True)
class Corpus:
    package: str
    files: tuple
    least: int
    flags: tuple = ()
    made: tuple = ()  # (header that configure would make, its text)


A64 = "#define ARCH_AARCH64 1\n#define HAVE_AS_FUNC 0\n"
CORPORA = (
    Corpus("src:ffmpeg", ("lib*/aarch64/*.S",), 40, ("-I{}",),
           (("config.h", A64 + "#define EXTERN_ASM\n#define CONFIG_PIC 1\n#define HAVE_NEON 1\n#define HAVE_VFP 1\n"
             "#define HAVE_SECTION_DATA_REL_RO 0\n"), ("config_components.h", ""))),
    Corpus("src:dav1d", ("src/arm/64/*.S",), 18, ("-I{}", "-I{}/src"), (("config.h", A64 + "#define PRIVATE_PREFIX dav1d_\n"),)),
    Corpus("src:x264", ("common/aarch64/*-a*.S",), 7, ("-I{}", "-I{}/common/aarch64"), (("config.h", A64),)),
    Corpus("src:openh264", ("codec/**/arm64/*.S",), 16, ("-DHAVE_NEON_AARCH64", "-I{}/codec/common/arm64")),
    Corpus("src:libjpeg-turbo", ("simd/arm/aarch64/*.S", "simd/arm64/*.S"), 1),
)  # fmt: skip


class Unfetched(Exception):
    pass


def fetched(package):
    done = subprocess.run([ROOT / "tests/setup/corpus.sh", package], capture_output=True, text=True, timeout=FETCH_S)
    if done.returncode:
        raise Unfetched(done.stderr.strip())
    return Path(done.stdout.strip())


def flags_of(corpus, folder):
    made = MADE / folder.name
    for name, text in corpus.made:
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text(text)
    return [*([f"-I{made}"] if corpus.made else []), *(f.replace("{}", str(folder)) for f in corpus.flags)]


def findings(server, files, flags):
    """{file: findings}, folded ones too."""
    command = ["--", "clang", "--target=arm64ec-pc-windows-msvc", *flags] if flags is not None else []
    argv = [server, "check", "--format=json", "--no-cache", "--headers=builtin", *files, *command]
    done = subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=FETCH_S)
    found = {str(file): [] for file in files}
    for finding in json.loads(done.stdout)["findings"]:
        found[finding["file"]].append(finding)
    return found


SYMBOL = re.compile(r"^[0-9a-f]+ <(.*)>:$")
INSTRUCTION = re.compile(r"^\s+[0-9a-f]+:\s+[0-9a-f ]+\s+(\w[\w.]*)\s*(.*)$")


def needs_frame(mnemonic, operands):
    calls = mnemonic == "bl" or (mnemonic == "blr" and operands.strip() != "x30")
    moves = operands.startswith("sp, ") and mnemonic in ("sub", "mov")
    return calls or moves or (mnemonic.startswith("st") and "[sp, #-" in operands and operands.endswith("]!"))


def of_object(tools, file, flags, out):
    """(global code symbols, {symbol: whether it needs a frame}); None: clang does not assemble it."""
    clang, nm, objdump = tools
    argv = [clang, "--target=arm64ec-pc-windows-msvc", *flags, "-w", "-c", file, "-o", out]
    if subprocess.run(argv, capture_output=True).returncode:
        return None
    listed = subprocess.run([nm, "--defined-only", "--extern-only", out], capture_output=True, text=True).stdout
    symbols = {line.split()[-1] for line in listed.splitlines() if line.split()[-2:-1] == ["T"]}
    frames, name, last, runs_into = {}, None, "ret", {}
    text = subprocess.run([objdump, "-d", out], capture_output=True, text=True).stdout
    for line in text.splitlines():
        if match := SYMBOL.match(line):
            if last not in ("ret", "b", "br", "udf"):
                runs_into[name] = match[1]
            name = match[1]
            frames.setdefault(name, False)
        elif name and (match := INSTRUCTION.match(line)):
            last = match[1]
            frames[name] |= needs_frame(match[1], match[2])
    for first, second in reversed(runs_into.items()):
        frames[first] |= frames[second]
    return symbols, frames


def named(found, code):
    quoted = re.compile(r"'([^']+)'")
    return {quoted.search(f["message"])[1] for f in found if f["code"] == code}


class Count:
    def __init__(self):
        self.right, self.wrong, self.missed = 0, [], []

    def add(self, right, wrong, missed):
        self.right += len(right)
        self.wrong += wrong
        self.missed += missed

    def rates(self):
        told, true = self.right + len(self.wrong), self.right + len(self.missed)
        return self.right / told if told else 1.0, self.right / true if true else 1.0


def judge_corpus(server, tools, corpus, counts, scratch):
    """How many files were compared."""
    folder = fetched(corpus.package)
    flags = flags_of(corpus, folder)
    files = sorted({file for pattern in corpus.files for file in folder.glob(pattern)})
    found, n = findings(server, files, flags), 0
    for file in files:
        own = found[str(file)]
        compared = registers.compare(tools[0], file, flags, own)
        seen = of_object(tools, file, flags, scratch / "a.obj")
        if compared is None or seen is None:
            continue
        n += 1
        where = lambda names: [(file.name, name) for name in sorted(names)]  # noqa: E731
        counts["registers"].add(compared[0], [(file.name, *x) for x in compared[1]], [(file.name, *x) for x in compared[2]])
        symbols, frames = seen
        told = named(own, "EC504")
        counts["names"].add(told & symbols, where(told - symbols), where(symbols - told))
        told = named(own, "EC510")
        # A symbol in the middle of a function is judged with it: only global ones must be told.
        must = {s for s in symbols if frames.get(s)}  # the names of labels behind them stand for themselves
        counts["frames"].add({s for s in told if frames.get(s, True)}, where(s for s in told if not frames.get(s, True)), where(must - told))
    return n


def rows():
    for line in (HERE / "table.tsv").read_text().splitlines()[1:]:
        package, file, flags, line_number, code, why = line.split("\t")
        yield package, file, flags, line_number, code, why


def judge_table(server, packages, count):
    """Every finding of TABLE_CODES in a file of the table must be a row, and every row a finding."""
    units = {}
    for package, file, flags, line, code, _ in rows():
        if packages is None or package in packages:
            units.setdefault((package, file, flags), set())
            if code != "silent":
                units[package, file, flags].add((int(line), code))
    for (package, file, flags), expected in units.items():
        folder = fetched(package)
        path = folder / file
        given = [f.replace("{}", str(folder)) for f in flags.split("|")] if flags else None
        own = findings(server, [path], given)[str(path)]
        told = {(f["range"]["start"]["line"], f["code"]) for f in own if f["code"] in TABLE_CODES or f["code"] in ("EC501", "EC502", "EC503")}
        name = path.name
        count.add(told & expected, [(name, *x) for x in sorted(told - expected)], [(name, *x) for x in sorted(expected - told)])
        loud = [f for f in own if not f["code"] and f["severity"] == "error"]
        if not expected and loud:
            count.add([], [(name, f["range"]["start"]["line"], f["message"]) for f in loud], [])
    return len(units)


def run(server, llvm, check, skip, scratch, is_full, is_verbose):
    tools = tuple(shutil.which(f"{name}-{llvm}") for name in ("clang", "llvm-nm", "llvm-objdump"))
    counts = {name: Count() for name in ("registers", "names", "frames", "read by a person")}
    packages = None if is_full else SLICE
    for corpus in CORPORA if all(tools) else ():
        if packages and corpus.package not in packages:
            continue
        try:
            n = judge_corpus(server, tools, corpus, counts, scratch)
            check(f"{corpus.package}: {corpus.least} files are compared", n >= corpus.least, n)
        except Unfetched as why:
            skip(str(why))
    if not all(tools):
        skip(f"clang-{llvm}, llvm-nm-{llvm} or llvm-objdump-{llvm} is not installed")
    try:
        judge_table(server, packages, counts["read by a person"])
    except Unfetched as why:
        skip(str(why))
    for name, count in counts.items():
        precision, recall = count.rates()
        if is_verbose or is_full:
            print(f"{name}: {count.right} right, {len(count.wrong)} wrong, {len(count.missed)} missed: "
                  f"precision {precision:.4f}, recall {recall:.4f}")  # fmt: skip
        if is_verbose:
            for kind, listed in (("wrong", count.wrong), ("missed", count.missed)):
                for one in listed:
                    print(f"    {kind} {one}")
        check(f"{name}: precision", precision >= PRECISION_MIN, (precision, count.wrong[:5]))
        check(f"{name}: recall", recall >= RECALL_MIN, (recall, count.missed[:5]))
