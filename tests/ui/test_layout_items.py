"""No layout item that Qt may delete is kept by Python.

``QLayout.itemAt`` makes a Python object that PySide does not forget when Qt deletes the item. A new style may get the
same address; then ``widget.style()`` returns that object, and nothing in the window is painted any more.
"""

from __future__ import annotations

from pathlib import Path

import shiboken6
from PySide6.QtWidgets import QWidgetItem

import genre_desktop
from tests.ui.conftest import Desk


def items() -> int:
    return sum(isinstance(found, QWidgetItem) for found in shiboken6.getAllValidWrappers())


def test_arranging_buttons_again_makes_no_items(desk: Desk) -> None:
    (row,) = desk.open("a.mp3")
    panel = desk.page.card.corrections
    before = items()
    panel.set_labels(["rock", "made-up"])
    panel.show_row(row)
    panel.resize(120, 300)
    panel.resize(700, 300)
    desk.window.context.theme.apply()
    assert items() == before


def test_no_module_asks_for_layout_items() -> None:
    package = Path(genre_desktop.__file__).parent
    assert [str(path) for path in package.rglob("*.py") if "itemAt(" in path.read_text("utf-8")] == []
