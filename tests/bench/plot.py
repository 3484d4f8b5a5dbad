"""Two curves over a logarithmic axis as an SVG file, for the README."""

import math
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 420, 260, 62, 14, 34, 40
COLOURS = ("#0b6bcb", "#c2570c", "#5b7a2e")


@dataclass
class Curve:
    name: str
    points: list  # [(x, y)], x and y above 0


@dataclass
class Chart:
    title: str
    x_name: str
    unit: str
    curves: list


def decades(low, high):
    return [10.0**power for power in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)]


def short(value):
    for size, letter in ((1e6, "M"), (1e3, "k")):
        if value >= size:
            return f"{value / size:g} {letter}"
    return f"{value:g}"


def chart_lines(chart, left):
    points = [point for curve in chart.curves for point in curve.points]
    xs, ys = decades(min(x for x, _ in points), max(x for x, _ in points)), decades(
        min(y for _, y in points), max(y for _, y in points))  # fmt: skip

    def place(value, ticks, begin, end):
        low, high = math.log10(ticks[0]), math.log10(ticks[-1])
        return begin + (math.log10(value) - low) / ((high - low) or 1) * (end - begin)

    across = lambda x: left + place(x, xs, LEFT, WIDTH - RIGHT)
    down = lambda y: place(y, ys, HEIGHT - BOTTOM, TOP)
    yield f'<text x="{left + LEFT}" y="18" font-weight="bold">{escape(chart.title)}</text>'
    for x in xs:
        yield f'<path d="M{across(x):.1f} {TOP}V{HEIGHT - BOTTOM}" class="grid"/>'
        yield f'<text x="{across(x):.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{short(x)}</text>'
    for y in ys:
        yield f'<path d="M{left + LEFT} {down(y):.1f}H{left + WIDTH - RIGHT}" class="grid"/>'
        yield (f'<text x="{left + LEFT - 6}" y="{down(y) + 4:.1f}" text-anchor="end">'
               f"{short(y)} {escape(chart.unit)}</text>")  # fmt: skip
    yield f'<text x="{left + WIDTH - RIGHT}" y="{HEIGHT - 6}" text-anchor="end">{escape(chart.x_name)}</text>'
    for number, curve in enumerate(chart.curves):
        colour = COLOURS[number % len(COLOURS)]
        path = " ".join(f"{across(x):.1f},{down(y):.1f}" for x, y in curve.points)
        yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
        for x, y in curve.points:
            yield f'<circle cx="{across(x):.1f}" cy="{down(y):.1f}" r="3" fill="{colour}"/>'
        x, y = curve.points[-1]
        yield (f'<text x="{across(x):.1f}" y="{down(y) - 8:.1f}" text-anchor="end" fill="{colour}">'
               f"{escape(curve.name)}</text>")  # fmt: skip


def write_charts(path, charts):
    """The charts side by side."""
    body = [line for number, chart in enumerate(charts) for line in chart_lines(chart, number * WIDTH)]
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH * len(charts)}" height="{HEIGHT}"\n'
        f'  viewBox="0 0 {WIDTH * len(charts)} {HEIGHT}" font-family="sans-serif" font-size="12">\n'
        "<style>.grid{stroke:#8886;stroke-width:.5}text{fill:#666}</style>\n"
        + "\n".join(body) + "\n</svg>\n")  # fmt: skip
