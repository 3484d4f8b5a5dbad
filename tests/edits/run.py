#!/usr/bin/env python3
"""Random edits inside functions: what is known of the functions next to them stays.

    run.py [--edits N] [--seed S] [FILE...]     default: 40 edits a file, of the emission inputs

Through a real session: a character of structure, a statement or a line is deleted or put in
inside the body of one function. The server never dies; each other function with external
linkage keeps its entry thunk, fresh or stale; and when the edit is undone the findings and
lenses are those of the whole text. A failure prints seed, place and both sides.
"""

import argparse
import os
import random
import re
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/lsp"))
from client import SERVER, Client, Gone  # noqa: E402

STRUCTURE = "(){};[],"
FUNCTION = 12  # SymbolKind


class Editing:
    """One document in one session."""

    def __init__(self, file, flags):
        self.folder = tempfile.TemporaryDirectory(prefix="edits-")
        root = Path(os.path.realpath(self.folder.name))
        (root / "compile_flags.txt").write_text("\n".join(flags))
        self.text = file.read_text(errors="replace")
        self.uri = (root / file.name).as_uri()
        self.version, self.told = 1, None
        capabilities = {"textDocument": {"documentSymbol": {"hierarchicalDocumentSymbolSupport": True}}}
        self.client = Client([SERVER, "--workers=0"], cwd=root)
        self.client.call("initialize", {
            "processId": None, "rootUri": root.as_uri(), "capabilities": capabilities,
            "initializationOptions": {"headers": {"use": "builtin"}}})  # fmt: skip
        self.client.notify("initialized", {})
        self.client.open(self.uri, self.text)
        self.lines = self.text.split("\n")
        self.functions = self.external_functions()
        self.lenses = self.entry_lenses(self.text)
        self.findings = self.sync()

    def ask(self, method):
        return self.client.call(method, {"textDocument": {"uri": self.uri}})

    def sync(self):
        """The findings that the client was told last: equal ones do not come again."""
        self.client.call("$/arm64ecd/sync", {})
        self.told = self.client.published.get(self.uri, self.told)
        return self.told

    def change(self, text):
        self.version += 1
        self.client.change(self.uri, self.version, text)

    def entry_lenses(self, text):
        """name -> its entry thunk."""
        lines, found = text.split("\n"), {}
        for lens in self.ask("textDocument/codeLens"):
            title, start, end = lens["command"]["title"], lens["range"]["start"], lens["range"]["end"]
            name = lines[start["line"]][start["character"] : end["character"]]
            if title.startswith("entry thunk "):
                found[name] = title.split()[2]
        return found

    def external_functions(self):
        """(name, first line, last line) of definitions that clang emits whoever calls them."""
        found = []
        for symbol in self.ask("textDocument/documentSymbol"):
            first, last = symbol["range"]["start"]["line"], symbol["range"]["end"]["line"]
            head = "\n".join(self.lines[first : last + 1]).partition("{")
            if symbol["kind"] == FUNCTION and head[1] and not re.search(r"\b(static|inline)\b", head[0]):
                found.append((symbol["name"], first, last))
        return found


def bodies(editing):
    """(first, last) offsets inside the braces of each function."""
    starts, at = [], 0
    for line in editing.lines:
        starts.append(at)
        at += len(line) + 1
    for name, first, last in editing.functions:
        begin = editing.text.find("{", starts[first]) + 1
        end = starts[last] + editing.lines[last].rfind("}")
        if end - begin > 4:
            yield name, begin, end


def random_edit(chance, text, begin, end):
    """(text after it, what was done)"""
    kind = chance.choice(["delete", "delete", "insert", "insert", "statement", "line"])
    at = chance.randrange(begin, end)
    if kind == "delete":
        places = [i for i in range(begin, end) if text[i] in STRUCTURE]
        at = chance.choice(places or [at])
        return text[:at] + text[at + 1 :], f"deleted {text[at]!r} at {at}"
    if kind == "insert":
        what = chance.choice([*STRUCTURE, "int x;", "return", '"', "if (", "} else {"])
        return text[:at] + what + text[at:], f"inserted {what!r} at {at}"
    stop = text.find(";" if kind == "statement" else "\n", at, end)
    stop = stop + 1 if stop >= 0 else end
    return text[:at] + text[stop:], f"deleted {text[at:stop]!r} at {at}"


def lost(editing, edited, text):
    """Functions other than the edited one whose entry thunk is another or none."""
    now = editing.entry_lenses(text)
    return [f"{name}: {editing.lenses[name]} became {now.get(name)}"
            for name, _, _ in editing.functions
            if name != edited and name in editing.lenses and now.get(name) != editing.lenses[name]]  # fmt: skip


def run(file, n_edits, seed, flags):
    """(passed, failed)"""
    chance = random.Random(f"{seed} {file.name}")
    editing = Editing(file, flags)
    places = list(bodies(editing))
    failed = 0
    for _ in range(n_edits if places else 0):
        edited, begin, end = chance.choice(places)
        text, what = random_edit(chance, editing.text, begin, end)
        faults = []
        try:
            editing.change(text)
            faults += lost(editing, edited, text)
            editing.sync()
            editing.change(editing.text)
            if editing.entry_lenses(editing.text) != editing.lenses:
                faults.append("undone, the lenses are others")
            if editing.sync() != editing.findings:
                faults.append("undone, the findings are others")
        except (Gone, TimeoutError, RuntimeError) as error:
            faults.append(f"the server: {error}")
        if faults:
            failed += 1
            print(f"FAIL  edits: {file.name}, seed {seed}, in {edited}: {what}")
            print("".join(f"      {fault}\n" for fault in faults[:6]), end="")
        if any("the server" in fault for fault in faults):
            break
    status = editing.client.finish()
    if status != 0:
        print(f"FAIL  edits: {file.name}: exit status {status}: {editing.client.stderr_tail()}")
        failed += 1
    editing.folder.cleanup()
    return len(places) and n_edits - failed, failed


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--edits", type=int, default=40)
    parser.add_argument("--seed", default="1")
    parser.add_argument("files", nargs="*", type=Path)
    options = parser.parse_args()
    inputs = ROOT / "tests/emission/inputs"
    files = options.files or [inputs / name for name in ("calls.c", "flow.c", "types.c")]
    passed = failed = 0
    for file in files:
        good, bad = run(file, options.edits, options.seed, ["--target=arm64ec-pc-windows-msvc"])
        passed, failed = passed + good, failed + bad
    print(f"{passed} passed, {failed} failed, 0 skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
