"""Plots of a training run as small SVG files, drawn without a plotting library."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.quoting.controls import printable
from genre_desktop.ml.evaluation.metrics import ReliabilityBin

_CELL = 44
_LEFT = 130
_TOP = 120
_SIDE = 360
_EDGE = 60
_INK = "#1b1f24"
_FAINT = "#8a929c"
_BLUE = (33, 102, 172)


def confusion_svg(labels: Sequence[str], counts: NDArray[np.int64]) -> str:
    """Draw a confusion matrix from ``counts`` ``(n_labels, n_labels)``: rows the truth, columns the prediction.

    The shade is the share of the row, so that rare genres are readable too.
    """
    n = len(labels)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    parts = [_text(_LEFT + n * _CELL / 2, 20, "answer", "middle"), _text(8, _TOP - 10, "truth")]
    for i, label in enumerate(labels):
        x, y = _LEFT + i * _CELL, _TOP + i * _CELL
        parts.append(_text(_LEFT - 8, y + _CELL / 2 + 4, _short(label), "end"))
        parts.append(
            f'<text transform="translate({x + _CELL / 2 + 4} {_TOP - 8}) rotate(-50)">{escape(_short(label))}</text>'
        )
        parts += [_cell(i, j, int(counts[i, j]), float(shares[i, j])) for j in range(n)]
    return _svg(_LEFT + n * _CELL + 80, _TOP + n * _CELL + 20, "Confusion matrix", parts)


def reliability_svg(bins: Sequence[ReliabilityBin]) -> str:
    """Draw a reliability diagram: accuracy over confidence, equal on the diagonal.

    The area of a dot grows with the number of clips, which is printed beside it.
    """
    most = max((b.n for b in bins), default=1)
    parts = [
        f'<rect x="{_EDGE}" y="20" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="{_FAINT}"/>',
        f'<path d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}" stroke="{_FAINT}" stroke-dasharray="4 4"/>',
        _text(_EDGE + _SIDE / 2, _SIDE + 58, "confidence", "middle"),
        f'<text transform="translate(16 {20 + _SIDE / 2}) rotate(-90)" text-anchor="middle">share right</text>',
    ]
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        parts.append(_text(_x(tick), _SIDE + 38, f"{tick:.0%}", "middle"))
        parts.append(_text(_EDGE - 8, _y(tick) + 4, f"{tick:.0%}", "end"))
    for b in bins:
        radius = 3 + 12 * (b.n / most) ** 0.5
        x, y = _x(b.confidence), _y(b.accuracy)
        parts.append(f'<circle cx="{x}" cy="{y}" r="{radius:.1f}" fill="rgb{_BLUE}" fill-opacity="0.6"/>')
        parts.append(_text(x + radius + 3, y + 4, str(b.n)))
    return _svg(_EDGE + _SIDE + 50, _SIDE + 70, "Reliability", parts)


def _cell(row: int, column: int, count: int, share: float) -> str:
    x, y = _LEFT + column * _CELL, _TOP + row * _CELL
    shade = tuple(round(255 - (255 - c) * share) for c in _BLUE)
    ink = "#ffffff" if share > 0.5 else _INK
    color, width = (_INK, 1.5) if row == column else (_FAINT, 0.5)
    frame = f'stroke="{color}" stroke-width="{width}"'
    box = f'<rect x="{x}" y="{y}" width="{_CELL}" height="{_CELL}" fill="rgb{shade}" {frame}/>'
    if not count:
        return box
    middle, base = x + _CELL / 2, y + _CELL / 2 + 4
    return box + f'<text x="{middle}" y="{base}" text-anchor="middle" fill="{ink}">{count}</text>'


def _x(share: float) -> float:
    return round(_EDGE + share * _SIDE, 1)


def _y(share: float) -> float:
    return round(20 + (1 - share) * _SIDE, 1)


def _short(label: str) -> str:
    label = printable(label)  # most control characters make an XML file invalid
    return label if len(label) <= 16 else f"{label[:15]}…"


def _text(x: float, y: float, text: str, anchor: str = "start") -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}">{escape(text)}</text>'


def _svg(width: float, height: float, title: str, parts: Sequence[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" font-family="sans-serif" font-size="13" fill="{_INK}">'
    )
    background = f'<title>{title}</title><rect width="{width}" height="{height}" fill="#ffffff"/>'
    return "\n".join([head, background, *parts, "</svg>\n"])
