#!/usr/bin/env python3
"""Which rule speaks to which builder; README.md beside it tells more.

    run.py [BUILDER...]      default: all
"""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import versions  # noqa: E402

SERVER = (HERE.parents[1] / os.environ.get("OUT", "out") / "arm64ecd").resolve()
PATIENCE_S = 20 * int(os.environ.get("TEST_PATIENCE_S", "10")) // 10
BUILDERS = [
    "msvc-19.40", "msvc", "clang", "clang-cl", "mingw", "clang-18", "clang-19", "clang-21",
    "clang-22", "clang-23", "clang-cl-21", "clang-cl-22", "clang-cl-23", "mingw-19", "mingw-22", "mingw-23",
]
NEWEST = 999
W, E, I = "warning", "error", "info"

# code: severity, from LLVM, to LLVM, MSVC as well
RULES = {
    "EC101": [(W, 0, 22, False)],
    "EC102": [(E, 0, NEWEST, False)],
    "EC103": [(W, 0, 22, False)],
    "EC104": [(W, 0, NEWEST, False)],
    "EC105": [(W, 0, 21, False)],
    "EC106": [(W, 0, 21, False)],
    "EC107": [(W, 0, NEWEST, False)],
    "EC108": [(W, 0, NEWEST, False)],
    "EC109": [(W, 0, NEWEST, False)],
    "EC111": [(E, 0, NEWEST, False)],
    "EC112": [(E, 0, 21, False), (I, 22, NEWEST, False)],
    "EC113": [(W, 0, NEWEST, False)],
    "EC115": [(I, 0, NEWEST, False)],
    "EC116": [(W, 0, NEWEST, False)],
    "EC117": [(E, 0, NEWEST, False)],
    "EC118": [(W, 0, NEWEST, True)],
    "EC119": [(W, 0, NEWEST, True)],
    "EC120": [(W, 0, NEWEST, True)],
    "EC121": [(W, 0, NEWEST, True)],
    "EC122": [(W, 0, NEWEST, True)],
    "EC123": [(W, 0, NEWEST, True)],
    "EC124": [(W, 0, NEWEST, True)],
    "EC125": [(E, 0, NEWEST, True)],
    "EC126": [(W, 0, NEWEST, False)],
    "EC132": [(W, 0, 22, False)],
    "EC133": [(W, 0, NEWEST, False)],
    "EC134": [(W, 0, 22, False)],
    "EC135": [(W, 0, NEWEST, False)],
    "EC136": [(W, 0, NEWEST, False)],
    "EC137": [(W, 0, NEWEST, False)],
    "EC202": [(E, 0, NEWEST, False)],
    "EC213": [(W, 0, NEWEST, True)],
    "EC215": [(W, 0, NEWEST, True)],
    "EC220": [(W, 0, NEWEST, False)],
    "EC225": [(W, 0, 22, False)],
    "EC313": [(W, 0, NEWEST, False)],
    "EC315": [(W, 0, NEWEST, True)],
    "EC318": [(W, 0, NEWEST, True)],
    "EC324": [(W, 0, NEWEST, True)],
}
MINGW_ONLY = {"EC113"}
NOT_MINGW = {"EC318"}


def wanted(builder):
    # Without a version the builder is the LLVM of the module.
    named = builder if builder[-1].isdigit() else f"{builder}-{versions.LLVM}"
    kind, _, version = named.rpartition("-")
    is_msvc = builder.startswith("msvc")
    speaks = set()
    for code, gates in RULES.items():
        for severity, first, last, by_msvc in gates:
            in_range = by_msvc if is_msvc else first <= int(version) <= last
            is_mingw = kind == "mingw"
            if in_range and (code not in MINGW_ONLY or is_mingw) and not (code in NOT_MINGW and is_mingw):
                speaks.add((code, severity))
    return speaks


def check(builder, *flags):
    done = subprocess.run(
        [str(SERVER), "check", "--format=json", "--headers=builtin", "--no-cache", "-j", "1",
         f"--builder={builder}", str(HERE / "inputs"), *flags],
        capture_output=True, stdin=subprocess.DEVNULL, timeout=PATIENCE_S, check=False)
    return json.loads(done.stdout)["findings"]


def test(builder):
    found = {(f["code"], f["severity"]) for f in check(builder)
             if f["code"] in RULES and f["severity"] != "hint"}
    faults = [f"{builder}: {what} {sorted(codes)}"
              for what, codes in (("says", found - wanted(builder)),
                                  ("does not say", wanted(builder) - found)) if codes]
    return faults


def thunks_off(builder):
    flags = ["--", "--target=arm64ec-pc-windows-msvc", "-mllvm", "-arm64ec-generate-thunks=false"]
    found = [f for f in check(builder, *flags) if f["code"] == "EC223"]
    on = [f for f in check(builder, *flags[:2]) if f["code"] == "EC223"]
    twice = [f for f in found if f["message"].count("the object cannot be linked") != 1]
    return [f"{builder}: EC223"] if not found or on or twice else []


def main():
    builders = sys.argv[1:] or BUILDERS
    jobs = [(test, b) for b in builders] + [(thunks_off, b) for b in ("clang-22", "clang-19")]
    with ThreadPoolExecutor(2) as pool:
        faults = list(pool.map(lambda job: job[0](job[1]), jobs))
    for fault in sum(faults, []):
        print("FAIL  gates", fault)
    n_failed = sum(bool(f) for f in faults)
    print(f"{len(jobs) - n_failed} passed, {n_failed} failed, 0 skipped")
    return 1 if n_failed else 0


if __name__ == "__main__":
    sys.exit(main())
