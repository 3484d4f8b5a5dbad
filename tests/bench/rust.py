"""Rust: lexing, all rules of a file, and edits through the server. Nobody else speaks of such
things, so the bounds are absolute."""

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(HERE.parents[0] / "lsp")]
from client import Client  # noqa: E402

DRIVER = ROOT / os.environ.get("OUT", "out") / "rust-driver"
LINES = 5_000
LEX_LINES_A_SECOND_MIN = 5_000_000
RULES_MS_MAX = 3
EDIT_MS_MAX = 10
PATIENCE_S = 60

HEAD = """\
#[cfg(target_arch = "x86_64")]
use core::arch::x86_64::*;
#[cfg(any(target_arch = "aarch64", target_arch = "arm64ec"))]
use core::arch::aarch64::*;

"""
FUNCTION = """\
/// Sums what stands in `values`, with a bias of {n}.
#[cfg(any(target_arch = "aarch64", target_arch = "arm64ec"))]
#[no_mangle]
pub extern "C" fn sum_{n}(values: *const f32, count: usize, bias: f32) -> f32 {{
    let mut total = bias * {n}.0;
    let mut index = 0usize;
    while index + 4 <= count {{
        unsafe {{
            let four = vld1q_f32(values.add(index));
            total += vaddvq_f32(four) /* all lanes */;
        }}
        index += 4;
    }}
    match index {{
        0 => println!("nothing of {{}} was taken: {{:?}}", count, 'x'),
        other if other < count => total += unsafe {{ *values.add(other) }},
        _ => (),
    }}
    total
}}

"""


def text_of(n_lines):
    n = n_lines // FUNCTION.count("\n")
    return HEAD + "".join(FUNCTION.format(n=i) for i in range(n)) + "const _: u32 = 0; // SPOT\n"


def driver(mode, path):
    done = subprocess.run([DRIVER, mode], input=str(path), capture_output=True, text=True, check=True)
    return done.stdout


def edits(argv, file, text, rounds):
    """Milliseconds from an edit that misspells a target to the finding that it makes."""
    lines = text.split("\n")
    line = len(lines) - 2
    times = []
    with Client(argv, cwd=file.parent) as client:
        client.initialize(file.parent, capabilities={})
        client.open(file.as_uri(), text, language="rust")
        client.call("$/arm64ecd/sync", {}, PATIENCE_S)
        for number in range(rounds):
            word = ("amd64", "x64")[number % 2]
            new = f'#[cfg(target_arch = "{word}")] const A{number}: u32 = 0; // SPOT'
            span = {"start": {"line": line, "character": 0}, "end": {"line": line, "character": len(lines[line])}}
            lines[line] = new
            time.sleep(0.15)
            started = time.perf_counter()
            client.change(file.as_uri(), number + 2, [{"range": span, "text": new}])
            client.diagnostics(file.as_uri(), lambda ds, word=word: any(word in d["message"] for d in ds), PATIENCE_S)
            times.append((time.perf_counter() - started) * 1e3)
        client.finish()
    return statistics.median(times)


def tell(name, value, unit, bound, is_met):
    print(f"{name:<34} {value:>9.1f} {unit:<12} {bound}   {'pass' if is_met else 'FAIL'}")
    return not is_met


def rows(argv, rounds):
    missed = 0
    text = text_of(LINES)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        file = Path(folder).resolve() / "main.rs"
        file.write_text(text)
        said = driver("--time", "\n".join([str(file)] * 100))
        lines, seconds = re.match(r"(\d+) lines ([\d.]+) s", said).groups()
        speed = int(lines) / float(seconds)
        missed += tell("Rust: lexing", speed / 1e6, "M lines/s", ">= 5", speed >= LEX_LINES_A_SECOND_MIN)
        file.write_text(text)
        rules_ms = float(driver("--rules", file).split()[-1])
        missed += tell(f"Rust: rules of {LINES} lines", rules_ms, "ms", f"<= {RULES_MS_MAX}", rules_ms <= RULES_MS_MAX)
        edit_ms = edits(argv, file, text, rounds)
        missed += tell(f"Rust: {LINES} lines, edit -> finding", edit_ms, "ms", f"<= {EDIT_MS_MAX}",
                       edit_ms <= EDIT_MS_MAX)
    return missed
