"""Is one line of a source a step away from another?

A step leads from a condition to another branch of the same chain of #if, to the line that sets
a macro the condition names, or back from there to the condition.
"""

import re
from functools import lru_cache

from table import lines_of

DIRECTIVE = re.compile(r"\s*#\s*(ifdef|ifndef|if|elifdef|elifndef|elif|else|endif)\b(.*)")
DEFINE = re.compile(r"\s*#\s*(?:define|undef)\s+(\w+)")
WORD = re.compile(r"[A-Za-z_]\w*")
# Names that every condition has: no step leads over them.
COMMON = {"defined", "_MSC_VER", "__GNUC__", "__clang__", "__cplusplus", "_WIN32", "_WIN64"}


class Chain:
    """#if to #endif: the lines of its branches, with the words of each condition."""

    def __init__(self, parent):
        self.parent = parent
        self.branches = {}  # line: set of words
        self.defined = {}  # name: line, directly in a branch


@lru_cache(maxsize=None)
def chains(path):
    """({line of a directive: its chain}, {name: [line of a define]}) of a file."""
    by_line, defines, stack = {}, {}, []
    lines = lines_of(path)
    at = 0
    while at < len(lines):
        start, text = at + 1, lines[at].rstrip("\r")
        while text.endswith("\\") and at + 1 < len(lines):
            at += 1
            text = text[:-1] + " " + lines[at].rstrip("\r")
        at += 1
        match = DIRECTIVE.match(text)
        if not match:
            defined = DEFINE.match(text)
            if defined:
                defines.setdefault(defined.group(1), []).append(start)
                for chain in stack:
                    chain.defined.setdefault(defined.group(1), start)
            continue
        kind, rest = match.groups()
        if kind in ("if", "ifdef", "ifndef"):
            stack.append(Chain(stack[-1] if stack else None))
        if not stack:
            continue
        chain = stack[-1]
        if kind != "endif":
            chain.branches[start] = set(WORD.findall(rest)) - COMMON
            by_line[start] = chain
        else:
            stack.pop()
    return by_line, defines


def words_at(place):
    """The words of the condition on a line, or the name that it defines."""
    by_line, _ = chains(place.file)
    chain = by_line.get(place.line)
    if chain:
        return set().union(*chain.branches.values())
    defined = DEFINE.match(lines_of(place.file)[place.line - 1])
    return set(WORD.findall(lines_of(place.file)[place.line - 1])) if defined else set()


def sets_at(place):
    """The names that the chain around a directive, or the line itself, defines."""
    by_line, _ = chains(place.file)
    chain = by_line.get(place.line)
    if chain:
        return set(chain.defined)
    defined = DEFINE.match(lines_of(place.file)[place.line - 1])
    return {defined.group(1)} if defined else set()


def is_step(one, other):
    if one == other:
        return True
    by_line, _ = chains(one.file)
    if one.file == other.file and one.line in by_line:
        if by_line.get(one.line) is by_line.get(other.line):
            return True
    return bool(words_at(one) & sets_at(other) or words_at(other) & sets_at(one))
