from __future__ import annotations

import pytest
from PySide6.QtWidgets import QTableWidget
from pytestqt.qtbot import QtBot

from genre_desktop.core.settings import Settings
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.table_fit import TableFit


@pytest.fixture
def table(theme: Theme, qtbot: QtBot) -> QTableWidget:
    table = QTableWidget(2, 3)
    table.setHorizontalHeaderLabels(["A", "Genauigkeit der Vorhersagen", "C"])
    qtbot.addWidget(table)
    TableFit(table, {1: 40, 2: 60}, rest=100)
    table.resize(600, 200)
    table.show()
    qtbot.waitExposed(table)
    return table


def test_headings_are_never_cut_off_and_the_rest_is_filled(table: QTableWidget) -> None:
    width = table.horizontalHeader().fontMetrics().horizontalAdvance("Genauigkeit der Vorhersagen")
    assert table.columnWidth(1) > width
    assert sum(table.columnWidth(column) for column in range(3)) == table.viewport().width()


def test_it_follows_the_size_of_the_table(table: QTableWidget) -> None:
    table.resize(900, 200)
    assert sum(table.columnWidth(column) for column in range(3)) == table.viewport().width()
    table.resize(200, 200)
    assert table.columnWidth(0) >= 100  # the table scrolls


def test_it_follows_the_text_size(table: QTableWidget, theme: Theme, settings: Settings) -> None:
    before = table.columnWidth(2), table.verticalHeader().defaultSectionSize()
    settings["ui.text_scale"] = 200
    theme.apply()
    assert table.columnWidth(2) >= 1.5 * before[0]
    assert table.verticalHeader().defaultSectionSize() > before[1]
