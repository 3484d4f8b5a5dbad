#!/usr/bin/env python3
"""Runs the transcripts (transcript.py says how they read): run.py [FILE...]

Each is played to out/arm64ecd with the pipeline in the server, the input written in chunks
of 1, of 7 and of all bytes, then with real workers; and, where it says `control: clangd`,
to clangd, which must agree on what every language server does.

    --update            rewrite the expectations (the diff is the review)
    --record FILE       be a server that passes everything on to ours and writes it down:
                        give this as the command to an editor
"""

import argparse
import os
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import record
import transcript as script
from client import SERVER
from metamodel import FILE, MetaModel
from play import Player

HERE = Path(__file__).resolve().parent
LLVM = os.environ.get("LLVM", "22")
OURS = [SERVER, "--clock=manual"]
MODES = [  # name, arguments, in order, bytes a write
    ("inline, chunks of 1", ["--workers=0"], True, 1),
    ("inline, chunks of 7", ["--workers=0"], True, 7),
    ("inline", ["--workers=0"], True, 0),
    ("workers", ["--workers=1"], False, 0),
]


def plays(transcript, model):
    """(name, player) of every way this transcript is to be played."""
    only = transcript.settings.get("only", "")
    for name, args, in_order, chunk in MODES:
        if only == "workers" and in_order or only == "inline" and not in_order:
            continue
        argv = OURS + args + transcript.args()
        yield name, Player(transcript, argv, model, in_order, chunk)
    if transcript.settings.get("control") == "clangd":
        clangd = shutil.which(f"clangd-{LLVM}") or shutil.which("clangd-22")  # any will do
        player = clangd and Player(
            transcript, [clangd, "--log=error"], model, in_order=False, ours=False)
        yield "clangd", player


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--record", metavar="FILE")
    arguments, rest = parser.parse_known_args()
    if arguments.record:
        return record.record(arguments.record, [SERVER] + [a for a in rest if a != "--"])
    if not Path(SERVER).is_file():
        print(f"lsp: {SERVER} is not built\n0 passed, 1 failed, 0 skipped")
        return 1
    files = arguments.files or sorted(HERE.glob("*.lsp"))
    if arguments.update:
        return record.update(files, OURS + ["--workers=0"])

    passed = failed = skipped = 0
    model = MetaModel.load()
    if model is None:
        print(f"SKIP  messages are not checked against the metamodel: no {FILE.name}")
        skipped += 1
    tasks = []
    for file in files:
        try:
            tasks += [(file, name, player) for name, player in plays(script.read(file), model)]
        except ValueError as error:
            print(f"FAIL  {error}")
            failed += 1
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        answers = pool.map(lambda task: task[2] and task[2].play(), tasks)
        for (file, name, player), faults in zip(tasks, answers):
            if player is None:
                print(f"SKIP  {file.name} ({name}): not installed")
                skipped += 1
            elif faults:
                print(f"FAIL  {file.name} ({name})", *faults, sep="\n      ")
                failed += 1
            else:
                passed += 1
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
