from __future__ import annotations

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray

from genre_desktop.core.types import GENRES
from genre_desktop.ui.theme import genre_colours
from genre_desktop.ui.theme.genre_colours import GENRE_COLOURS, NO_GENRE, OWN_COLOURS, colour_of

# Machado, Oliveira & Fernandes 2009, severity 1.0, on linear RGB.
SIGHT = {
    "normal": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}  # fmt: skip
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = np.array([0.9505, 1.0, 1.089])


def lab(colour: str, sight: str) -> NDArray[np.float64]:
    rgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.asarray(SIGHT[sight]) @ linear, 0, 1)
    ratio = XYZ @ seen / WHITE
    f = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def ciede2000(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Sharma, Wu & Dalal 2005."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean7 = ((np.hypot(a1, b1) + np.hypot(a2, b2)) / 2) ** 7
    g = 0.5 * (1 - np.sqrt(mean7 / (mean7 + 25.0**7)))
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = np.degrees(np.arctan2(b1, a1)) % 360, np.degrees(np.arctan2(b2, a2)) % 360
    dh = (h2 - h1 + 180) % 360 - 180
    big_h = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(dh / 2))
    lm, cm = (l1 + l2) / 2, (c1 + c2) / 2
    hm = (h1 + h2) / 2 + (180 if abs(h1 - h2) > 180 else 0)
    t = (
        1 - 0.17 * np.cos(np.radians(hm - 30)) + 0.24 * np.cos(np.radians(2 * hm))
        + 0.32 * np.cos(np.radians(3 * hm + 6)) - 0.20 * np.cos(np.radians(4 * hm - 63))
    )  # fmt: skip
    sl = 1 + 0.015 * (lm - 50) ** 2 / np.sqrt(20 + (lm - 50) ** 2)
    sc, sh = 1 + 0.045 * cm, 1 + 0.015 * cm * t
    turn = np.sin(np.radians(60 * np.exp(-(((hm - 275) / 25) ** 2))))
    rt = -2 * np.sqrt(cm**7 / (cm**7 + 25.0**7)) * turn
    dc, dl = (c2 - c1) / sc, (l2 - l1) / sl
    return float(np.sqrt(dl**2 + dc**2 + (big_h / sh) ** 2 + rt * dc * big_h / sh))


def test_the_measure_agrees_with_its_published_test_data() -> None:
    one, other = np.array([50.0, 2.6772, -79.7751]), np.array([50.0, 0.0, -82.7485])
    assert ciede2000(one, other) == pytest.approx(2.0425, abs=1e-4)
    one, other = np.array([90.8027, -2.0831, 1.4410]), np.array([91.1528, -1.6435, 0.0447])
    assert ciede2000(one, other) == pytest.approx(1.4441, abs=1e-4)


@pytest.mark.parametrize("sight", SIGHT)
def test_every_two_genres_are_distinguishable(sight: str) -> None:
    pairs = itertools.combinations(GENRE_COLOURS.values(), 2)
    assert min(ciede2000(lab(one, sight), lab(other, sight)) for one, other in pairs) >= 15


def test_every_genre_has_a_colour_and_own_genres_keep_theirs() -> None:
    assert set(GENRE_COLOURS) == set(GENRES)
    assert colour_of("Rock") == colour_of("rock") == GENRE_COLOURS["rock"]
    assert colour_of("Krautrock") == colour_of("krautrock")
    assert colour_of("") == NO_GENRE


@pytest.mark.parametrize("sight", SIGHT)
def test_own_genres_have_colours_of_their_own(sight: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(genre_colours, "_own", {})
    names = [f"genre {number}" for number in range(len(OWN_COLOURS) + 3)]
    found = [colour_of(name) for name in names]
    assert sorted(found[: len(OWN_COLOURS)]) == sorted(OWN_COLOURS)
    assert [colour_of(name) for name in names] == found
    own = [lab(colour, sight) for colour in OWN_COLOURS]
    others = [lab(colour, sight) for colour in (*GENRE_COLOURS.values(), NO_GENRE)]
    pairs = [*itertools.combinations(own, 2), *itertools.product(own, others)]
    assert min(ciede2000(one, other) for one, other in pairs) >= 8
