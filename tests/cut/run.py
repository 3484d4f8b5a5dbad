#!/usr/bin/env python3
"""Random edits of real files: what is said at rest is what a server says that sees the text
for the first time.

    run.py [--edits N] [--seed S] [--workers N] [--flags "..."] [FILE... | --corpora]

Two servers see the same texts. One gets edits, as an editor sends them, and parses functions
alone where it can (server/schedule_cut.h; --cut-from=0, so small files, too); the other opens
each text anew. Compared are findings, code lenses and inlay hints:

    at once   after the function alone was parsed. What a body changes elsewhere is not seen
              then (a redeclaration that conflicts, a function that nobody calls any more): what
              is missing is counted, and printed with --verbose. A finding that the whole parse
              does not have fails, where it is more than one answer in fifty.
    at rest   after the whole file. Must be equal.

Where clang has errors, what was known of lost functions is kept (codegen/stale.h): then only
findings are compared, and only clang's while brackets do not match.
"""

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/lsp"))
from client import SERVER, Client, Gone  # noqa: E402

FUNCTION, METHOD, NAMESPACE = 12, 6, 3  # SymbolKind
GARBAGE = ["}}}", "((", "/*", "*/", "'", '"', "#", "#if 0\n", "\n#endif\n", "\\\n", "é€😀", "\r\n", "\t",
           "\n#define int long\n", "\n#include <stdio.h>\n", "\n#pragma pack(1)\n", "??/", "@", "`"]  # fmt: skip
STATEMENTS = ["int fresh_{n} = {n};", "fresh_{n}();", "return;", "{{ int a_{n}; (void)a_{n}; }}", ";", "if (1) {{ }}",
              "__asm__(\"mov x13, #1\");", "/* arm64ecd: allow(EC501) why */", "// arm64ecd: allow(EC501) why\n",
              "{call};", "(void){name};", "{name}", "for (;;) {{ {call}; }}", "static int kept_{n};", "goto out_{n};",
              "__asm__(\"mov x14, #1\"); // arm64ecd: allow(EC501) it\n", "\"é\";", "int é_{n} = __LINE__;"]  # fmt: skip
SHARE_MAX = 50
OWN = [flag for name in ("", "/spelled") for flag in ("-isystem", str(ROOT / "codegen/include") + name)]
CORPORA = [  # package, file, share of the edits: each costs two parses of the whole
    ("src:lua5.4", "src/lvm.c", 1), ("src:lua5.4", "src/lstrlib.c", 1), ("src:zlib", "deflate.c", 1),
    ("src:lz4", "lib/lz4.c", 1), ("npm:better-sqlite3", "deps/sqlite3/sqlite3.c", 10)]  # fmt: skip


class Text:
    """A document in one of the servers."""

    def __init__(self, client, uri, language):
        self.client, self.uri, self.language, self.version, self.told = client, uri, language, 0, None

    def open(self, text):
        self.version += 1
        self.client.published.pop(self.uri, None)
        self.client.open(self.uri, text, self.language, self.version)

    def change(self, changes):
        self.version += 1
        document = {"uri": self.uri, "version": self.version}
        self.client.notify("textDocument/didChange", {"textDocument": document, "contentChanges": changes})

    def close(self):
        self.client.notify("textDocument/didClose", {"textDocument": {"uri": self.uri}})
        self.told = None

    def ask(self, method, **more):
        return self.client.call(method, {"textDocument": {"uri": self.uri}, **more})

    def rest(self):
        self.client.call("$/arm64ecd/sync", {})
        return self.findings()

    def findings(self):
        """Those told last: equal ones do not come again."""
        self.told = self.client.published.get(self.uri, self.told)
        return sorted((self.told or []), key=lambda d: (d["range"]["start"]["line"], d["range"]["start"]["character"],
                                                         d["message"]))  # fmt: skip

    def known(self):
        """What requests are answered with; waits for the text's Result."""
        return self.ask("textDocument/codeLens")


def position(text, at):
    """Of LSP, where a lone CR ends a line, too. Between CR and LF is the end of the line."""
    line = start = 0
    for end in re.finditer(r"\r\n|\r|\n", text):
        if end.end() > at:
            break
        line, start = line + 1, end.end()
    return {"line": line, "character": len(text[start:at].encode("utf-16-le", "surrogatepass")) // 2}


def outside_of_line_end(text, at):
    """No position of LSP lies between CR and LF."""
    return at - 1 if text[max(0, at - 1) : at + 1] == "\r\n" else at


def change_of(text, begin, end, inserted):
    return {"range": {"start": position(text, begin), "end": position(text, end)}, "text": inserted}


def is_balanced(text):
    """As codegen/stale.c sees it: what stands in directives does not count."""
    text = re.sub(r"(?m)^[ \t]*#(?:[^\n\\]|\\\r?\n|\\.)*", " ", text)
    bare = re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', " ", text, flags=re.S)
    return all(bare.count(a) == bare.count(b) for a, b in ("()", "[]", "{}")) and not re.search(r"[\"']|/\*|\*/", bare)


def functions(symbols):
    for symbol in symbols:
        if symbol["kind"] in (FUNCTION, METHOD):
            yield symbol
        elif symbol["kind"] == NAMESPACE:
            yield from functions(symbol.get("children", []))


def bodies(text, symbols):
    """(name, first, last) offsets between the braces of each function."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    for symbol in functions(symbols):
        first, last = symbol["range"]["start"], symbol["range"]["end"]
        end = starts[last["line"]] + last["character"] - 1
        begin = text.find("{", starts[first["line"]], end) + 1
        if begin and end - begin > 1 and text[end] == "}":
            yield symbol["name"], begin, end


def random_edit(chance, text, place, names, number):
    """(begin, end, inserted): most in the body, as a person types them."""
    _, begin, end = place
    kind = chance.choices(["statement", "word", "delete", "line", "garbage", "border", "elsewhere", "structure"],
                          [14, 8, 5, 3, 2, 1, 1, 2])[0]  # fmt: skip
    at = chance.randint(begin, end)
    if kind == "statement":
        ends = [m.end() for m in re.finditer(r"[;{}]", text[begin:end])]
        at = begin + chance.choice(ends or [0])
        name = chance.choice(names)
        call = f"{name}({', '.join('0' for _ in range(chance.randrange(4)))})"
        return at, at, " " + chance.choice(STATEMENTS).format(n=number, name=name, call=call)
    if kind == "word":
        words = list(re.finditer(r"\w+", text[begin:end]))
        word = chance.choice(words) if words else None
        new = chance.choice([*names, f"absent_{number}", "0", "1"])
        return (begin + word.start(), begin + word.end(), new) if word else (at, at, new)
    if kind == "delete":
        return at, min(at + chance.randint(1, 3), end), ""
    if kind == "line":
        stop = text.find("\n", at, end)
        return at, stop if stop >= 0 else at, chance.choice(["", "\n"])
    if kind == "garbage":
        return at, at, chance.choice(GARBAGE)
    if kind == "structure":
        return at, at, chance.choice(["{", "}", "(", ")", ";", "{}", "if (", "else"])
    if kind == "border":
        at = chance.choice([begin - 1, begin, end, end + 1])
        return at, at + chance.randrange(2), chance.choice(["", " ", "{", "}", "int x;", "\n"])
    at = chance.randrange(len(text) + 1)
    return at, min(at + chance.randrange(3), len(text)), chance.choice(["", " ", "\n", "int outside;", "#", "x"])


class Run:
    def __init__(self, file, options):
        self.file, self.options = file, options
        self.chance = random.Random(f"{options.seed} {file.name}")
        self.folder = tempfile.TemporaryDirectory(prefix="cut-")
        root = Path(os.path.realpath(self.folder.name))
        (root / "compile_flags.txt").write_text("\n".join(options.flags.split()))
        self.original = file.read_text(errors="replace").replace("\r", "")
        if options.crlf:
            self.original = self.original.replace("\n", "\r\n")
        language = "c" if file.suffix in (".c", ".h") else "cpp"
        self.texts = []
        clock = [] if options.workers else ["--clock=manual"]
        for argv in (["--cut-from=0", f"--workers={options.workers}", "--log=debug", *clock],
                     ["--cut-from=4000000000", "--workers=0"]):  # fmt: skip
            client = Client([SERVER, *argv], cwd=root)
            headers = {"headers": {"use": "builtin"}} if options.builtin else {}
            client.initialize(root, capabilities={
                "textDocument": {"documentSymbol": {"hierarchicalDocumentSymbolSupport": True}}},
                initializationOptions=headers)  # fmt: skip
            self.texts.append(Text(client, (root / file.name).as_uri(), language))
        self.ours, self.fresh = self.texts
        self.n_alone = self.n_early = self.n_extra = self.failed = 0
        self.last_stderr = 0

    def first_look(self, text):
        self.fresh.open(text)
        lenses = self.fresh.known()
        findings = self.fresh.rest()
        self.fresh.close()
        return findings, lenses

    def compare(self, text, ours, fresh):
        """(what differs, as text; whether ours has a finding that the other has not)"""
        (findings, lenses), (wanted, wanted_lenses) = ours, fresh
        errors = any(d["severity"] == 1 and d.get("source") == "clang" for d in wanted)
        if not is_balanced(text):
            findings = [d for d in findings if d.get("source") == "clang"]
            wanted = [d for d in wanted if d.get("source") == "clang"]
        if findings != wanted:
            return difference(findings, wanted), any(d not in wanted for d in findings)
        if not errors and lenses != wanted_lenses:
            return difference(lenses, wanted_lenses), False
        return "", False

    def fail(self, edits, what, detail):
        self.failed += 1
        print(f"FAIL  cut: {self.file.name}, seed {self.options.seed}, {what}\n      {edits}\n{detail}")

    def was_alone(self, wait_s=0.0):
        """Whether the last answer came from a function alone; its log line may come after it."""
        until = time.monotonic() + wait_s
        while (n := self.ours.client.stderr.count(b"was analysed alone")) == self.last_stderr:
            if time.monotonic() >= until:
                break
            time.sleep(0.01)
        n, self.last_stderr = n != self.last_stderr, n
        return n

    def edits(self):
        text = self.original
        self.ours.open(text)
        self.ours.rest()
        places = list(bodies(text, self.ours.ask("textDocument/documentSymbol")))
        names = [name for name, _, _ in places] or ["main"]
        place, base = None, text
        for number in range(self.options.edits if places else 0):
            if place is None or self.chance.random() < 0.15:
                undo = self.chance.random() < 0.7
                if undo and text != base: # most of the time the texts stay near the real one
                    self.ours.change([{"text": base}])
                    text = base
                    self.pass_time()
                    self.ours.rest() if self.chance.random() < 0.5 else self.ours.known()
                places = list(bodies(text, self.ours.ask("textDocument/documentSymbol"))) or places
                place = self.chance.choice(places)
                if self.chance.random() < 0.5:
                    self.rest_cursor(text, self.chance.randint(place[1], place[2]))
            done = []
            for _ in range(self.chance.choice([1, 1, 1, 2, 4])):
                name, begin, end = place
                begin, end = min(begin, len(text)), min(end, len(text))
                first, last, new = random_edit(self.chance, text, (name, begin, max(begin, end)), names, number)
                first, last = outside_of_line_end(text, max(0, first)), outside_of_line_end(text, min(last, len(text)))
                last = max(first, last)
                self.ours.change([change_of(text, first, last, new)])
                done.append((first, text[first:last], new))
                text = text[:first] + new + text[last:]
                place = (name, begin, max(begin, end + len(new) - (last - first)))
            self.step(text, f"edit {number} in {place[0]}: {done}")
            if self.failed >= 5:
                return
        self.ours.change([{"text": self.original}])
        self.step(self.original, "undone")

    def pass_time(self):
        """Long enough for delays of edits, too short for the whole file that follows one."""
        if not self.options.workers:
            self.ours.client.notify("$/arm64ecd/advance", {"ms": 400})

    def rest_cursor(self, text, at):
        """As editors do when the cursor has moved; the function is made ready then."""
        here = position(text, at)
        self.ours.ask("textDocument/codeAction", range={"start": here, "end": here}, context={"diagnostics": []})
        self.pass_time()

    def step(self, text, edits):
        fresh = self.first_look(text)
        self.pass_time()
        lenses = self.ours.known()
        early = (self.ours.findings(), lenses)
        if self.was_alone():
            self.n_alone += 1
            detail, is_extra = self.compare(text, early, fresh)
            self.n_early += detail != ""
            self.n_extra += is_extra
            if detail and self.options.verbose:
                print(f"early {self.file.name}: {edits}\n{detail}")
        if self.chance.random() < 0.6 or edits == "undone":
            findings = self.ours.rest()
            self.was_alone()
            detail, _ = self.compare(text, (findings, self.ours.known()), fresh)
            if detail:
                self.fail(edits, "at rest", detail)

    def case(self, at, typed, may_go_alone):
        """An edit of AT_ONCE; 1 if it fails."""
        text = self.original
        self.ours.open(text)
        self.ours.rest()
        self.ours.ask("textDocument/documentSymbol")
        self.rest_cursor(text, at)
        self.ours.change([change_of(text, at, at, typed)])
        text = text[:at] + typed + text[at:]
        fresh = self.first_look(text)
        self.pass_time()
        self.ours.known()
        early = self.ours.findings()
        extra = [d for d in early if d not in fresh[0]]
        if extra or self.was_alone(3.0 if may_go_alone else 0.1) != may_go_alone:
            self.fail(text, f"at once, alone: {not may_go_alone}", difference(early, fresh[0]))
        at_rest = self.ours.rest()
        if at_rest != fresh[0]:
            self.fail(text, "at rest", difference(at_rest, fresh[0]))
        for client in (self.ours.client, self.fresh.client):
            client.finish()
            client.__exit__()
        self.folder.cleanup()
        return self.failed > 0

    def run(self):
        try:
            self.edits()
            for text in self.texts:
                status = text.client.finish()
                if status != 0:
                    self.fail("", f"exit status {status}", text.client.stderr_tail())
        except (Gone, TimeoutError, RuntimeError) as error:
            self.fail("", "the server", str(error))
        finally:
            for text in self.texts:
                text.client.__exit__()
            self.folder.cleanup()
        if self.n_extra * SHARE_MAX > self.n_alone + SHARE_MAX:
            self.fail("", "at once", f"      {self.n_extra} of {self.n_alone} have what the whole file has not")
        if not self.n_alone and self.options.edits >= 20:
            self.fail("", "at once", "      no function was ever parsed alone")
        print(f"      {self.file.name}: {self.n_alone} of {self.options.edits} by the function alone, "
              f"{self.n_early} of them differ, {self.n_extra} have more")  # fmt: skip
        return self.options.edits - self.failed, self.failed


# What clang generates code for only while somebody calls it: EC101 then.
PACKED = ("#pragma pack(push, 1)\nstruct packed { char c; int i; };\n#pragma pack(pop)\n"
          "extern int (*handler)(struct packed, float);\n"
          "static int helper(int a) { return a + handler((struct packed){0}, 1.0f); }\n")  # fmt: skip

# (text, '@' where the edit goes; what is typed there; whether the function may go alone). What is
# told at once must be told by a first look, too.
AT_ONCE = [
    ("static int helper(int a) { return a; }\nint f(int a)\n{\n    @return a;\n}\n", "helper(a);", True),
    ("static int kept;\nint f(int a)\n{\n    @return a;\n}\n", "kept = a;", True),
    ("static int absent(void);\nint f(int a)\n{\n    @absent();\n    return a;\n}\n", "//", True),
    ("int f(int a)\n{\n    @return a;\n}\nstatic int later(int a) { return a; }\n", "int later(int); later(a);", True),
    ("int f(int a) { @return a; } // arm64ecd: allow(EC501) why\n", '__asm__("mov x13, #1");', False),
    ("#define A 1 // arm64ecd: allow(EC501) why\nint f(int a) { @return a; }\n", '__asm__("mov x13, #1");', False),
    ("int f(int a)\n{\n    return a; @\n} void g(void) { __asm__(\"mov x13, #1\"); }\n",
     "/* arm64ecd: allow(EC501) why */", False),
    ("int f(int a)\n{\n    @return a;\n}\n", '__asm__("mov x13, #1"); // arm64ecd: allow(EC501) why\n', True),
    (f"{PACKED}int f(int a)\n{{\n    @a += helper(a);\n    return a;\n}}\n", "//", True),
    (f"{PACKED}int f(int a)\n{{\n    @absent a += helper(a);\n    return a;\n}}\n", "b c", True),
    (f"{PACKED}void take(int (*)(int));\nint f(int a)\n{{\n    @take(helper);\n    return a;\n}}\n", "//", True),
    (f"{PACKED}static int inner(int a) {{ return helper(a); }}\nint f(int a)\n{{\n    @inner(a);\n    return a;\n}}\n",
     "//", True),
]  # fmt: skip


# (file, seed, edits) that once failed: the whole file came while a function was made ready.
FAILED_ONCE = [(ROOT / "tests/emission/inputs/calls.c", "7705", 15)]


def failed_once(options):
    passed = failed = 0
    for file, seed, n_edits in FAILED_ONCE:
        again = argparse.Namespace(**{**vars(options), "workers": 0, "crlf": False, "seed": seed, "edits": n_edits})
        good, bad = Run(file, again).run()
        passed, failed = passed + good, failed + bad
    return passed, failed


def at_once(options):
    """The edits of AT_ONCE, each in a document of its own."""
    failed = 0
    for number, (marked, typed, may_go_alone) in enumerate(AT_ONCE):
        with tempfile.TemporaryDirectory(prefix="cut-") as folder:
            file = Path(folder) / f"case{number}.c"
            file.write_text(marked.replace("@", ""))
            run = Run(file, argparse.Namespace(**{**vars(options), "workers": 0, "crlf": False,
                      "flags": "--target=arm64ec-pc-windows-msvc\n-Wall"}))  # fmt: skip
            failed += run.case(marked.index("@"), typed, may_go_alone)
    return len(AT_ONCE) - failed, failed


def difference(ours, fresh):
    lines = [f"      only ours:  {item}\n" for item in ours if item not in fresh][:4]
    lines += [f"      only fresh: {item}\n" for item in fresh if item not in ours][:4]
    return "".join(lines) or "      another order, or twice\n"


def corpora(options):
    passed = failed = skipped = 0
    n_edits, options.crlf = options.edits, False
    for package, name, share in CORPORA:
        done = subprocess.run([ROOT / "tests/setup/corpus.sh", package], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True)  # fmt: skip
        file = Path(done.stdout.strip()) / name
        if done.returncode or not file.is_file():
            print(f"SKIP  cut: {package}/{name}")
            skipped += 1
            continue
        options.edits, options.builtin = max(1, n_edits // share), False
        options.flags = " ".join(["--target=arm64ec-pc-windows-msvc", f"-I{file.parent}", *OWN])
        good, bad = Run(file, options).run()
        passed, failed = passed + good, failed + bad
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--edits", type=int, default=60)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--flags", default="--target=arm64ec-pc-windows-msvc")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--corpora", action="store_true", help="real code, fetched by package")
    parser.add_argument("files", nargs="*", type=Path)
    options = parser.parse_args()
    if options.corpora:
        return corpora(options)
    options.crlf = False
    options.builtin = not options.files or "-isystem" not in options.flags
    own = Path(__file__).parent / "inputs"
    files = options.files or [*sorted(own.iterdir()), ROOT / "tests/emission/inputs/calls.c",
                              ROOT / "tests/emission/inputs/flow.c"]  # fmt: skip
    passed = failed = 0
    for special in [] if options.files else [at_once, failed_once]:
        good, bad = special(options)
        passed, failed = passed + good, failed + bad
    for number, file in enumerate(files):
        options.crlf = number % 2 == 1 and not options.files
        good, bad = Run(file, options).run()
        passed, failed = passed + good, failed + bad
    print(f"{passed} passed, {failed} failed, 0 skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
