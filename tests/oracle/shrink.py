"""Random programs made smaller: to what clang accepts, and to what still fails."""

import json
import re
import subprocess

import thunks

STEPS_MAX = 200


def clang(file, flags, environment, *more):
    return subprocess.run(
        [f"clang-{thunks.LLVM}", f"--target={thunks.TRIPLES[environment]}", "-w", "-O0",
         "-ferror-limit=0", "-nostdlibinc", "-fno-crash-diagnostics", *flags, *more,
         str(file)],
        capture_output=True, text=True, timeout=thunks.PATIENCE_S,
    )  # fmt: skip


def compiles(program, pieces, file, environment):
    file.write_text(program.text(pieces))
    return clang(file, program.flags, environment, "-c", "-o", str(file) + ".o").returncode == 0


def without_errors(program, file, environment):
    """Leaves out what is no C, by the lines of clang's errors."""
    while program.pieces:
        text, where = program.lines()
        file.write_text(text)
        done = clang(file, program.flags, environment, "-fsyntax-only")
        bad = {int(n) for n in re.findall(rf"{re.escape(file.name)}:(\d+):\d+: error", done.stderr)}
        if not done.returncode:
            return
        kept = [p for first, end, p in where if not bad & set(range(first, end))]
        if len(kept) == len(program.pieces):  # in a type: what uses it goes
            lines = text.split("\n")
            wrong = {lines[n - 1] for n in bad}
            users = program.users(wrong)
            kept = [p for p in kept if p not in users]
        if len(kept) == len(program.pieces):
            program.pieces = []
            return
        program.pieces = kept


def killers(program, file, environment):
    """Numbers of the pieces that arm64ecd calls deadly: a thunk without a name."""
    command = [str(thunks.SERVER), "thunks", "--format=json", str(file), "--", "clang",
               f"--target={thunks.TRIPLES[environment]}", "-w", "-nostdlibinc", *program.flags]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=thunks.PATIENCE_S)
    names = [f["name"] for f in json.loads(done.stdout)["functions"]
             if any(not t["name"] for t in f["thunks"])]  # fmt: skip
    return {int(m[1]) for m in (re.match(r"[a-z]+_?(\d+)_", n) for n in names) if m}


def survivors(program, pieces, file, environment):
    """Of these pieces those that clang compiles, by halving."""
    if compiles(program, pieces, file, environment):
        return pieces
    if len(pieces) <= 1:
        return []
    half = len(pieces) // 2
    return (survivors(program, pieces[:half], file, environment)
            + survivors(program, pieces[half:], file, environment))  # fmt: skip


def accepted(program, file, environment):
    """Leaves in the program what clang compiles; how many pieces that are."""
    without_errors(program, file, environment)
    file.write_text(program.text())
    deadly = killers(program, file, environment)
    program.pieces = [p for p in program.pieces if p.number not in deadly]
    program.pieces = survivors(program, program.pieces, file, environment)
    file.write_text(program.text())
    return len(program.pieces)


def fails(program, pieces, file, environment):
    file.write_text(program.text(pieces))
    try:
        want = thunks.wanted(file, program.flags, environment)
    except (thunks.Refused, subprocess.TimeoutExpired):
        return False
    try:
        return thunks.said(file, program.flags, environment) != want
    except (thunks.Silent, ValueError, subprocess.TimeoutExpired):
        return True


def shrunk(program, file, environment):
    """The text of a small program that still fails, with its flags."""
    pieces, steps, size = list(program.pieces), 0, len(program.pieces)
    while size >= 1 and steps < STEPS_MAX:
        for at in range(0, len(pieces), size):
            steps += 1
            fewer = pieces[:at] + pieces[at + size :]
            if fewer and fails(program, fewer, file, environment):
                pieces = fewer
                break
        else:
            size //= 2
    changed = True
    while changed and steps < STEPS_MAX:
        changed = False
        for i, piece in enumerate(pieces):
            for candidate in piece.smaller():
                steps += 1
                fewer = [*pieces[:i], candidate, *pieces[i + 1 :]]
                if steps < STEPS_MAX and fails(program, fewer, file, environment):
                    pieces, changed = fewer, True
                    break
            if changed:
                break
    text = program.text(pieces).replace(program.prelude, "")
    return f"// flags: {' '.join(program.flags)}   environment: {environment}\n{text}"
