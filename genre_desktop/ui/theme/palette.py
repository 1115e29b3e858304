"""All colours, named by purpose.

Text has a contrast of at least 4.5:1 on every background it is used on, meaningful edges 3:1 (WCAG
2.2, 1.4.3 and 1.4.11). A test checks the pairs of :data:`TEXT_PAIRS` and :data:`EDGE_PAIRS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Palette:
    """One theme's colours as ``#RRGGBB``.

    ``*_soft`` colours are backgrounds of short messages of that kind; ``on_*`` is the text on them.
    """

    name: Literal["light", "dark"]
    window: str
    surface: str
    raised: str
    border: str
    outline: str
    scroll: str
    text: str
    muted: str
    accent: str
    on_accent: str
    accent_hover: str
    accent_soft: str
    on_accent_soft: str
    danger: str
    danger_soft: str
    warning: str
    warning_soft: str
    success: str
    success_soft: str


LIGHT = Palette(
    name="light",
    window="#F4F5F9",
    surface="#FFFFFF",
    raised="#ECEEF4",
    border="#DFE2EA",
    outline="#7D8596",
    scroll="#C3C9D5",
    text="#191C26",
    muted="#565E70",
    accent="#5646D8",
    on_accent="#FFFFFF",
    accent_hover="#4636BE",
    accent_soft="#EAE8FC",
    on_accent_soft="#3D2FB2",
    danger="#B3261E",
    danger_soft="#FCE9E7",
    warning="#855000",
    warning_soft="#FDF1DC",
    success="#146C43",
    success_soft="#E1F4EA",
)

DARK = Palette(
    name="dark",
    window="#111319",
    surface="#1A1D25",
    raised="#262A35",
    border="#2D323F",
    outline="#7A8497",
    scroll="#464D5D",
    text="#ECEEF4",
    muted="#A3ACBD",
    accent="#A99EFF",
    on_accent="#17122E",
    accent_hover="#BDB4FF",
    accent_soft="#2D2952",
    on_accent_soft="#D6D1FF",
    danger="#FF9A90",
    danger_soft="#42201D",
    warning="#F2BE6A",
    warning_soft="#3A2C12",
    success="#7FD9A8",
    success_soft="#163325",
)

PALETTES: dict[str, Palette] = {"light": LIGHT, "dark": DARK}

TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    ("text", "window"), ("text", "surface"), ("text", "raised"), ("text", "accent_soft"),
    ("muted", "window"), ("muted", "surface"), ("muted", "raised"),
    ("on_accent", "accent"), ("on_accent", "accent_hover"), ("on_accent_soft", "accent_soft"),
    ("accent", "surface"), ("accent", "window"),
    ("danger", "surface"), ("danger", "danger_soft"), ("text", "danger_soft"),
    ("warning", "surface"), ("warning", "warning_soft"), ("text", "warning_soft"),
    ("success", "surface"), ("success", "success_soft"), ("text", "success_soft"),
)  # fmt: skip
"""``(text, background)`` as used in the window: at least 4.5:1."""

EDGE_PAIRS: tuple[tuple[str, str], ...] = (
    ("outline", "surface"), ("outline", "window"),
    ("accent", "surface"), ("accent", "window"), ("accent", "raised"),
)  # fmt: skip
"""Edges, bars and focus rings on their backgrounds: at least 3:1."""


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#RRGGBB``, 0 (black) to 1 (white), as WCAG 2.2 defines it."""
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def ink_on(ground: str) -> str:
    """Return black or white, whichever has more contrast on ``ground``: at least 4.5:1."""
    return max("#000000", "#FFFFFF", key=lambda ink: contrast(ink, ground))


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
