"""How cost grows, as pictures: lines over a logarithmic axis, in plain SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 320
LEFT, RIGHT, TOP, BOTTOM = 60, 170, 40, 50
COLOURS = ("#1f5fa8", "#b3541e", "#2f7d4f")

Points = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Line:
    """What its name says, at each size."""

    name: str
    points: Points


def plot(title: str, across: str, lines: Sequence[Line]) -> str:
    """An SVG document. Sizes are positive; costs begin at zero."""
    sizes = sorted({size for line in lines for size, _ in line.points})
    most = max(cost for line in lines for _, cost in line.points) or 1.0
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="sans-serif" font-size="12" role="img" aria-label="{title}">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{LEFT}" y="22" font-size="14">{title}</text>',
    ]
    for step in range(5):
        cost = most * step / 4
        y = _y(cost, most)
        parts.append(
            f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" stroke="#ddd"/>'
            f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{cost:.3g}</text>'
        )
    for size in sizes:
        x = _x(size, sizes)
        y = HEIGHT - BOTTOM + 18
        parts.append(f'<text x="{x:.1f}" y="{y}" text-anchor="middle">{size:,.0f}</text>')
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(f'<text x="{middle}" y="{HEIGHT - 10}" text-anchor="middle">{across}</text>')
    for number, line in enumerate(lines):
        parts.extend(_drawn(line, sizes, most, number))
    return "\n".join([*parts, "</svg>", ""])


def _drawn(line: Line, sizes: Sequence[float], most: float, number: int) -> list[str]:
    colour = COLOURS[number % len(COLOURS)]
    places = [(_x(size, sizes), _y(cost, most)) for size, cost in sorted(line.points)]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dots = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places]
    y = TOP + 12 + 18 * number
    return [
        f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>',
        *dots,
        f'<text x="{WIDTH - RIGHT + 12}" y="{y}" fill="{colour}">{line.name}</text>',
    ]


def _x(size: float, sizes: Sequence[float]) -> float:
    low, high = math.log(sizes[0]), math.log(sizes[-1])
    share = 0.5 if high == low else (math.log(size) - low) / (high - low)
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _y(cost: float, most: float) -> float:
    return TOP + (1 - cost / most) * (HEIGHT - TOP - BOTTOM)
