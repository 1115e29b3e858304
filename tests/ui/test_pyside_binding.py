"""Regressions of the Qt binding."""

from __future__ import annotations

import sys
from pathlib import Path

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidgetItem

import genre_desktop
from tests.ui.conftest import Desk

CALLS = 1000


def test_calls_that_return_nothing_do_not_use_up_none() -> None:
    """PySide6 6.12.0 on Python 3.11 did, which aborts a program after some thousands of calls."""
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        thing.setObjectName("x")
    assert sys.getrefcount(None) - before > -CALLS // 2


def layout_items() -> int:
    return sum(isinstance(found, QWidgetItem) for found in shiboken6.getAllValidWrappers())


def test_arranging_buttons_again_leaves_no_layout_item_in_python(desk: Desk) -> None:
    """PySide does not forget an item of ``QLayout.itemAt`` when Qt deletes it.

    A new style may get the same address; then ``widget.style()`` returns that item, and painting fails.
    """
    (row,) = desk.open("a.mp3")
    panel = desk.page.card.corrections
    before = layout_items()
    panel.set_labels(["rock", "made-up"])
    panel.show_row(row)
    panel.resize(120, 300)
    panel.resize(700, 300)
    desk.window.context.theme.apply()
    assert layout_items() == before


def test_no_module_asks_for_layout_items() -> None:
    package = Path(genre_desktop.__file__).parent
    assert [str(path) for path in package.rglob("*.py") if "itemAt(" in path.read_text("utf-8")] == []
