from __future__ import annotations

import pytest

from genre_desktop.ui.theme.genre_colours import GENRE_COLOURS, NO_GENRE
from genre_desktop.ui.theme.palette import (
    EDGE_PAIRS,
    PALETTES,
    TEXT_PAIRS,
    Palette,
    contrast,
    ink_on,
    luminance,
)

both = pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)


def test_the_formula_is_that_of_the_guideline() -> None:
    assert luminance("#000000") == 0
    assert luminance("#FFFFFF") == pytest.approx(1)
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)  # the well-known near miss


@both
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_can_be_read(palette: Palette, text: str, ground: str) -> None:
    assert contrast(getattr(palette, text), getattr(palette, ground)) >= 4.5


@both
@pytest.mark.parametrize(("edge", "ground"), EDGE_PAIRS)
def test_edges_can_be_seen(palette: Palette, edge: str, ground: str) -> None:
    assert contrast(getattr(palette, edge), getattr(palette, ground)) >= 3


@pytest.mark.parametrize("colour", [*GENRE_COLOURS.values(), NO_GENRE])
def test_labels_on_genre_colours_can_be_read(colour: str) -> None:
    assert contrast(ink_on(colour), colour) >= 4.5
