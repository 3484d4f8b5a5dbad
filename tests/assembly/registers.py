"""Registers that Arm64EC disallows, in real sources: what we tell against what clang's assembler
warns of ("register X13 is disallowed on ARM64EC."), line by line and register by register.

clang is no oracle for lists, z and p registers and writes to x18, of which it says nothing; and
for what stands in a macro it names the call, we the body or the argument: there the registers of
the file are compared.
"""

import re
import subprocess
from collections import defaultdict

DIRECT = re.compile(r"^(.*?):(\d+):\d+: (?:warning: register (\w+) is disallowed on ARM64EC|note: while in macro)")
NAME = re.compile(r"(?:register|contains) (\w+)[ ,]")
CODES = ("EC501", "EC502")


def canonical(name):
    """One name for all widths: x13, v16."""
    kind, number = name[0].lower(), name[1:]
    return ("x" if kind in "xw" else "v") + number


def names(line, register):
    kinds = "xw" if register[0] == "x" else "vqdshb"
    return re.search(rf"\b[{kinds}]{register[1:]}\b", line, re.IGNORECASE) is not None


def warned(clang, file, flags):
    """({(line, register)} in the file itself, {register} in macros); None: it does not assemble."""
    argv = [clang, "--target=arm64ec-pc-windows-msvc", *flags, "-c", file, "-o", "-"]
    done = subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, timeout=300)
    if done.returncode:
        return None
    direct, in_macros = set(), set()
    for line in done.stderr.decode(errors="replace").splitlines():
        match = DIRECT.match(line)
        if not match or not match[3]:
            continue
        if match[1] == "<instantiation>" or not match[1].endswith(file.name):
            in_macros.add(canonical(match[3]))
        else:
            direct.add((int(match[2]), canonical(match[3])))
    return direct, in_macros


def told(findings, file):
    """({(line, register)}, of lists, {registers in other files}) of one file's findings."""
    own, lists, elsewhere = set(), set(), set()
    for finding in findings:
        if finding["code"] not in CODES:
            continue
        name = NAME.search(finding["message"])
        register = canonical(name[1]) if name else None
        line = finding["range"]["start"]["line"]
        if finding.get("related") and "lies in this included file" in finding["related"][0]["message"]:
            elsewhere.add(register)
        elif "register list" in finding["message"] or "SVE" in finding["message"]:
            lists.add(line)
        else:
            own.add((line, register))
    return own, lists, elsewhere


def compare(clang, file, flags, findings):
    """(told and right, told and wrong, missed), as lists of what; None where clang fails."""
    by_clang = warned(clang, file, flags)
    if by_clang is None:
        return None
    direct, in_macros = by_clang
    own, lists, elsewhere = told(findings, file)
    registers = {register for _, register in direct} | in_macros
    right = [one for one in own if one in direct or one[1] in in_macros]
    wrong = [one for one in own if one not in direct and one[1] not in in_macros]
    text = file.read_text(errors="replace").splitlines()
    for line in lists:
        (right if "{" in text[line - 1] else wrong).append((line, "list"))
    # A list's line has one finding for all its registers; one in a macro's body is told there.
    listed = defaultdict(bool, {line: True for line in lists})
    seen = {register for _, register in own} | elsewhere
    seen |= {canonical(NAME.search(f["message"])[1]) for f in findings if "register list" in f["message"]}
    # What an alias stands for (.req) is told where it is defined.
    missed = [one for one in direct if one not in own and not listed[one[0]]
              and (names(text[one[0] - 1], one[1]) or one[1] not in seen)]  # fmt: skip
    missed += [("macro", r) for r in in_macros if r not in seen and r not in registers - in_macros]
    return right, wrong, missed
