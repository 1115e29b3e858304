"""The plots of a run are well-formed and show their data."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np

from genre_desktop.ml.evaluation.metrics import ReliabilityBin
from genre_desktop.ml.evaluation.plots import confusion_svg, reliability_svg

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg):
    return [node.text for node in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_the_confusion_matrix_shows_each_count_and_each_label_twice():
    svg = confusion_svg(["R&B", "Türkü <x>"], np.array([[7, 0], [2, 31]]))
    found = texts(svg)
    assert [t for t in found if t.isdigit()] == ["7", "2", "31"]
    assert found.count("R&B") == found.count("Türkü <x>") == 2


def test_a_full_row_is_darker_than_a_split_one():
    svg = confusion_svg(["a", "b"], np.array([[4, 0], [2, 2]]))
    cells = [node.get("fill") for node in ElementTree.fromstring(svg).iter(f"{SVG}rect")][1:]
    assert cells[0] == "rgb(33, 102, 172)"
    assert cells[1] == "rgb(255, 255, 255)"
    assert cells[2] == cells[3]


def test_an_empty_row_is_drawn():
    assert texts(confusion_svg(["a", "b"], np.zeros((2, 2), dtype=np.int64))).count("a") == 2


def test_reliability_puts_a_calibrated_bin_on_the_diagonal():
    svg = reliability_svg([ReliabilityBin(0.7, 0.8, 0.75, 0.75, 12), ReliabilityBin(0.9, 1.0, 1.0, 0.5, 3)])
    on, off = ElementTree.fromstring(svg).iter(f"{SVG}circle")
    assert float(on.get("cx")) - 60 == 360 + 20 - float(on.get("cy"))
    assert float(off.get("cx")) - 60 > 360 + 20 - float(off.get("cy"))
    assert float(on.get("r")) > float(off.get("r"))
    assert {"12", "3"} <= set(texts(svg))


def test_reliability_of_nothing_is_an_empty_frame():
    assert "circle" not in reliability_svg([])


def test_a_label_with_controls_leaves_a_valid_file():
    svg = confusion_svg(["\x1b[31m\0\u202e</text>"], np.zeros((1, 1), dtype=np.int64))
    assert "\\x1b[31m\\x00\\u2…" in texts(svg)
