from __future__ import annotations

from pathlib import Path

import numpy as np
import pyqtgraph
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.core.settings import Settings
from genre_desktop.ui.pages.analyse.spectrogram_panel import SpectrogramPanel
from genre_desktop.ui.plotting.loader import PlotLoader
from genre_desktop.ui.plotting.spectrogram_view import SpectrogramView
from genre_desktop.ui.theme.palette import DARK
from genre_desktop.ui.theme.theme import Theme
from tests.fixtures.qt import GONE, answer, picture


@pytest.fixture
def panel(theme: Theme, settings: Settings, plots: PlotLoader, qtbot: QtBot) -> SpectrogramPanel:
    panel = SpectrogramPanel(theme, settings, plots)
    qtbot.addWidget(panel)
    panel.resize(900, 360)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


@pytest.fixture
def view(
    panel: SpectrogramPanel, plots: PlotLoader, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> SpectrogramView:
    plots.start()
    qtbot.waitUntil(lambda: panel.view is not None)
    assert panel.view is not None
    monkeypatch.setitem(pyqtgraph.CONFIG_OPTIONS, "mouseRateLimit", 0)  # tests are faster than hands
    return panel.view


def row() -> ResultRow:
    path = Path("/music/a.mp3")
    return ResultRow(1, path, State.DONE, answer(path))


def times(view: SpectrogramView) -> tuple[float, float]:
    low, high = view.getViewBox().viewRange()[0]
    return round(low, 3), round(high, 3)


def test_a_picture_that_comes_before_the_plots_are_loaded_is_shown_later(
    panel: SpectrogramPanel, plots: PlotLoader, qtbot: QtBot
) -> None:
    panel.show_row(row())
    panel.show_picture(picture())
    assert not panel.has_picture
    plots.start()
    qtbot.waitUntil(lambda: panel.has_picture)
    assert panel.strip.isVisible()


def test_a_whole_song_is_shown_first(panel: SpectrogramPanel, view: SpectrogramView) -> None:
    panel.show_row(row())
    panel.show_picture(picture(60))
    assert times(view) == (0, 60)


def test_zoom_by_button_key_and_wheel(panel: SpectrogramPanel, view: SpectrogramView, qtbot: QtBot) -> None:
    panel.show_row(row())
    panel.show_picture(picture(60))
    panel.zoom(0.5)
    low, high = times(view)
    assert high - low == pytest.approx(30)
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert np.diff(times(view)) == pytest.approx(15)
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert times(view) == (0, 60)
    where = QPointF(view.width() / 2, view.height() / 2)
    wheel = QWheelEvent(
        where, view.mapToGlobal(where), where.toPoint() * 0, where.toPoint() * 0 + _UP,
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), wheel)
    low, high = times(view)
    assert high - low < 60
    assert view.getViewBox().viewRange()[1] == pytest.approx([0, 1])  # frequency stays
    panel.zoom(None)
    assert times(view) == (0, 60)


def test_a_picture_that_is_shown_already_keeps_its_zoom(
    panel: SpectrogramPanel, view: SpectrogramView
) -> None:
    shown, other = picture(60), picture(60)
    panel.show_row(row())
    panel.show_picture(shown)
    panel.zoom(0.5)
    panel.show_picture(shown)
    assert np.diff(times(view)) == pytest.approx(30)
    panel.show_picture(other)
    assert times(view) == (0, 60)


def drag_by(view: SpectrogramView, qtbot: QtBot, right: int, down: int = 0) -> None:
    """Press in the centre, move in small steps and release."""
    left, start = Qt.MouseButton.LeftButton, view.viewport().rect().center()
    qtbot.mousePress(view.viewport(), left, pos=start)
    for step in range(1, 11):
        qtbot.mouseMove(view.viewport(), start + QPoint(right * step // 10, down * step // 10))
    qtbot.mouseRelease(view.viewport(), left, pos=start + QPoint(right, down))


def test_dragging_moves_time_with_the_mouse_and_seeks_nothing(
    panel: SpectrogramPanel, view: SpectrogramView, qtbot: QtBot
) -> None:
    panel.show_row(row())
    panel.show_picture(picture(60))
    view.getViewBox().setXRange(20, 40, padding=0)
    with qtbot.assertNotEmitted(panel.seek_requested, wait=10):
        drag_by(view, qtbot, -100)
    moved = 100 * view.getViewBox().viewPixelSize()[0]
    assert times(view) == pytest.approx((20 + moved, 40 + moved), abs=0.01)
    assert view.getViewBox().viewRange()[1] == pytest.approx([0, 1])
    assert (panel.strip._from, panel.strip._to) == pytest.approx(times(view), abs=1e-3)


def test_a_drag_received_late_by_a_busy_window_is_no_click(
    panel: SpectrogramPanel, view: SpectrogramView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel.show_row(row())
    panel.show_picture(picture(60))
    qtbot.mouseMove(view.viewport(), view.viewport().rect().center() + QPoint(0, 9))
    monkeypatch.setitem(pyqtgraph.CONFIG_OPTIONS, "mouseRateLimit", 1e-6)  # no move arrives in time
    with qtbot.assertNotEmitted(panel.seek_requested, wait=10):
        drag_by(view, qtbot, 100)


@pytest.mark.parametrize(
    ("right", "shown", "end"), [(150, (1.0, 11.0), (0, 10)), (-150, (49.0, 59.0), (50, 60))]
)
def test_dragging_ends_where_the_song_does(
    panel: SpectrogramPanel,
    view: SpectrogramView,
    qtbot: QtBot,
    right: int,
    shown: tuple[float, float],
    end: tuple[float, float],
) -> None:
    panel.show_row(row())
    panel.show_picture(picture(60))
    view.getViewBox().setXRange(*shown, padding=0)
    for _ in range(2):
        drag_by(view, qtbot, right, down=60)
        assert times(view) == end
    assert view.getViewBox().viewRange()[1] == pytest.approx([0, 1])


def test_a_whole_song_cannot_be_dragged_away(
    panel: SpectrogramPanel, view: SpectrogramView, qtbot: QtBot
) -> None:
    panel.show_row(row())
    panel.show_picture(picture(60))
    drag_by(view, qtbot, 200)
    assert times(view) == (0, 60)


def test_a_click_after_a_drag_seeks_where_it_points(
    panel: SpectrogramPanel, view: SpectrogramView, qtbot: QtBot
) -> None:
    panel.show_row(row())
    panel.show_picture(picture(60))
    view.getViewBox().setXRange(20, 40, padding=0)
    drag_by(view, qtbot, 120)
    shown, where = times(view), view.viewport().rect().center()
    expected = view.getViewBox().mapSceneToView(view.mapToScene(where)).x()
    with qtbot.waitSignal(panel.seek_requested) as heard:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert heard.args == [pytest.approx(expected)]
    assert times(view) == shown


def test_the_timeline_follows_the_zoom_and_aligns_with_the_spectrogram(
    panel: SpectrogramPanel, view: SpectrogramView, qtbot: QtBot
) -> None:
    panel.show_row(row())
    panel.show_picture(picture(60))
    panel.zoom(0.5)
    assert (panel.strip._from, panel.strip._to) == pytest.approx(times(view), abs=1e-3)
    box = view.getViewBox().sceneBoundingRect()
    left, right = panel.strip._margins
    assert left == pytest.approx(box.left(), abs=1)
    assert panel.strip.width() - right == pytest.approx(box.right(), abs=1)


def test_choosing_a_stretch_brings_it_into_view(
    panel: SpectrogramPanel, view: SpectrogramView, qtbot: QtBot
) -> None:
    panel.show_row(row())
    panel.show_picture(picture(60))
    view.getViewBox().setXRange(0, 10, padding=0)
    panel.strip.setFocus()
    qtbot.keyClick(panel.strip, Qt.Key.Key_Right)
    low, high = times(view)
    assert (low, high) == (30, 60)


def test_hovering_reads_out_time_frequency_note_and_level(
    panel: SpectrogramPanel, view: SpectrogramView, qtbot: QtBot
) -> None:
    panel.choose("spectrogram.axis", "linear")
    panel.show_row(row())
    panel.show_picture(picture(60))
    box = view.getViewBox()
    loud = box.mapViewToScene(QPointF(30.05, 16 / 128))
    qtbot.mouseMove(view.viewport(), view.mapFromScene(loud))
    qtbot.waitUntil(lambda: panel.read_out.text() != "")
    time_s, hz, note, level = panel.read_out.text().split("   ")
    assert time_s in {"0:30.0", "0:30.1"}
    assert abs(float(hz.removesuffix(" Hz").replace(",", "")) - 11025 / 8) < 60
    assert note in {"F6", "E6"}
    assert level == "−10 dB"
    assert view.accessibleDescription() == panel.read_out.text()


def test_the_keyboard_reads_out_too(panel: SpectrogramPanel, view: SpectrogramView, qtbot: QtBot) -> None:
    panel.show_row(row())
    panel.show_picture(picture(60))
    qtbot.keyClick(view, Qt.Key.Key_Right)
    first = panel.read_out.text()
    assert first.startswith("0:01.2")
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert panel.read_out.text() != first
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert panel.read_out.text().startswith("0:00.0")


def test_axis_colours_and_floor_are_chosen_and_remembered(
    panel: SpectrogramPanel, view: SpectrogramView, settings: Settings, qtbot: QtBot
) -> None:
    panel.show_row(row())
    panel.show_picture(picture())
    mel = view._pixels.copy()
    qtbot.mouseClick(panel.axes["log"], Qt.MouseButton.LeftButton)
    assert not np.array_equal(view._pixels, mel)
    panel.maps.setCurrentIndex(panel.maps.findData("cividis"))
    panel.maps.activated.emit(panel.maps.currentIndex())
    panel.lowest_level.setValue(-60)
    assert tuple(view._image.getLevels()) == (-60, 0)
    reread = Settings.load(settings.path)
    assert [reread[f"spectrogram.{key}"] for key in ("axis", "colour_map", "floor_db")] == [
        "log", "cividis", -60.0,
    ]  # fmt: skip


@pytest.mark.parametrize("colour_map", ["magma", "viridis", "inferno", "plasma", "cividis", "grey"])
def test_every_colour_map_there_is(
    panel: SpectrogramPanel, view: SpectrogramView, colour_map: str, settings: Settings
) -> None:
    panel.choose("spectrogram.colour_map", colour_map)
    panel.show_picture(picture())
    assert panel.maps.currentData() == colour_map


def test_plots_follow_the_theme(panel: SpectrogramPanel, view: SpectrogramView, theme: Theme) -> None:
    theme.choose("dark")
    assert view.backgroundBrush().color().name() == DARK.surface.lower()


def test_a_row_with_a_problem_has_no_picture(panel: SpectrogramPanel, view: SpectrogramView) -> None:
    panel.show_row(row())
    panel.show_picture(picture())
    assert panel.has_picture
    panel.show_row(ResultRow(2, Path("/music/b.mp3"), State.FAILED, problem=GONE))
    assert not panel.has_picture
    assert not panel.strip.isVisible()
    panel.show_problem(GONE)
    assert GONE.title in panel._message.text()


def test_nothing_to_zoom_is_no_error(panel: SpectrogramPanel) -> None:
    panel.zoom(0.5)
    panel.zoom(None)
    panel.zoom_to(0, 1)


_UP = QPointF(0, 120).toPoint()


def test_the_text_without_a_picture_follows_the_state(
    panel: SpectrogramPanel, plots: PlotLoader, qtbot: QtBot
) -> None:
    song = ResultRow(1, Path("/music/a.mp3"))

    def text(state: State) -> str:
        song.state = state
        panel.show_row(song)
        return panel._message.text()

    assert text(State.WAITING) == "The spectrogram follows once the file is analysed."
    assert text(State.WORKING) == "Drawing the spectrogram…"
    assert text(State.CANCELLED) == "This file is not analysed yet."
    assert text(State.INTERRUPTED) == "This file is not analysed yet."
    song.answer = answer(song.path)
    assert text(State.DONE) == "Drawing the spectrogram…"
    plots.start()
    panel.show_picture(picture())
    qtbot.waitUntil(lambda: panel.has_picture)
    panel.show_row(song)
    assert panel.has_picture
