"""Plots become PNG files: from their context menus and from the File menu."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QColor, QContextMenuEvent, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from genre_desktop.core.types import GenreScore
from genre_desktop.ui.plotting import save_image
from genre_desktop.ui.plotting.confusion_matrix import Confusion
from genre_desktop.ui.plotting.histogram import HistogramView
from genre_desktop.ui.plotting.timeline import TimelineStrip
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.count_bars import CountBars
from genre_desktop.ui.widgets.probability_bars import ProbabilityBars
from tests.ui.conftest import Desk


@pytest.fixture
def ready(desk: Desk) -> Desk:
    desk.load_plots()
    desk.open("a: b?.mp3")
    desk.until(lambda: desk.page.panel.has_picture)
    return desk


def choose(monkeypatch: pytest.MonkeyPatch, path: Path) -> list[str]:
    """Let the dialog return ``path``; return the list of suggested names."""
    offered: list[str] = []

    def dialog(_parent: object, _title: str, start: str, _kinds: str) -> tuple[str, str]:
        offered.append(Path(start).name)
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", dialog)
    return offered


def saved(desk: Desk, path: Path) -> QImage:
    desk.until(lambda: path.exists() and desk.window.notice.isVisible())
    assert desk.window.notice.accessibleName() == "The image was saved"
    return QImage(str(path))


def test_spectrogram_and_timeline_become_one_picture(
    ready: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered = choose(monkeypatch, tmp_path / "mine")  # without an ending
    view, strip = ready.page.panel.plots
    size = 2 * max(view.width(), strip.width()), 2 * (view.height() + strip.height())
    ready.window.findChild(QAction, "file.picture").trigger()
    image = saved(ready, tmp_path / "mine.png")
    assert offered == ["a b.png"]
    assert (image.width(), image.height()) == size
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}  # fmt: skip
    assert len(colours) > 3


def test_each_plot_saves_itself(ready: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    offered = choose(monkeypatch, tmp_path / "bars.png")
    (action,) = ready.page.card.answer.bars.actions()
    assert action.text() == "Save image…"
    action.trigger()
    saved(ready, tmp_path / "bars.png")
    assert offered == ["The probability of each genre.png"]


@pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen one, when a menu opens
def test_the_context_menu_of_a_plot_opens(ready: Desk) -> None:
    for plot in (ready.page.panel.view.viewport(), ready.page.panel.strip):
        seen: list[str] = []
        timer = QTimer(interval=10)  # the menu has an event loop of its own
        timer.timeout.connect(lambda seen=seen: read_and_close(seen))
        timer.start()
        where = QPoint(20, 10)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, plot.mapToGlobal(where))
        QApplication.sendEvent(plot, event)
        ready.until(lambda seen=seen: bool(seen))
        timer.stop()
        assert seen == ["Save image…"]


def read_and_close(seen: list[str]) -> None:
    menu = QApplication.activePopupWidget()
    if isinstance(menu, QMenu):
        seen += [action.text() for action in menu.actions()]
        menu.close()


def test_a_picture_that_cannot_be_written_says_so(
    ready: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    choose(monkeypatch, tmp_path / "file" / "x.png")
    ready.window.findChild(QAction, "file.picture").trigger()
    ready.until(lambda: ready.window.notice.isVisible())
    assert ready.window.notice.accessibleName() == "The image could not be saved"


def test_cancelling_saves_nothing(ready: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    ready.window.findChild(QAction, "file.picture").trigger()
    assert not ready.window.notice.isVisible()


def test_every_plot_offers_it(theme: Theme, qtbot: QtBot) -> None:
    plots = [ProbabilityBars(theme), CountBars(theme, "Clips"), Confusion(theme), HistogramView(theme, "Confidence"), TimelineStrip(theme)]  # fmt: skip
    for plot in plots:
        qtbot.addWidget(plot)
        assert [action.text() for action in plot.actions()] == ["Save image…"]
        assert plot.contextMenuPolicy() == Qt.ContextMenuPolicy.ActionsContextMenu


def test_the_ground_is_the_themes(theme: Theme, qtbot: QtBot) -> None:
    bars = ProbabilityBars(theme)
    qtbot.addWidget(bars)
    bars.show_scores([GenreScore("rock", 0.6)])
    bars.resize(300, 40)
    theme.choose("dark")
    image = save_image.image_of([bars])
    assert image.pixelColor(image.width() - 1, image.height() - 1) == QColor(theme.palette.surface)
