"""The live log on the Live page, with fake sound devices and made-up answers."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog

from genre_desktop.core.listening.cue_sheet import MOST_TRACKS
from genre_desktop.core.types import TagScore
from genre_desktop.ui.pages.live.log_panel import LogPanel
from genre_desktop.ui.pages.live.log_table import COLUMNS
from genre_desktop.ui.pages.live.page import LivePage
from genre_desktop.ui.theme.genre_colours import colour_of
from tests.app.sound.test_section_tracker import answers
from tests.core.listening.samples import line, taken
from tests.core.listening.test_cue_sheet import parsed
from tests.fakes.sound_devices import FakeComputer
from tests.ui import accessibility_checks
from tests.ui.conftest import Desk
from tests.ui.pages.live.test_page import record


@pytest.fixture
def panel(page: LivePage) -> LogPanel:
    page.show_view("log")
    return page.log_panel


def hear(page: LivePage, *parts: tuple[str, float]) -> None:
    """Answers as they arrive while the page listens."""
    page.log.begin(3.0)
    for answer in answers(*parts):
        page._answered(answer)


def cells(panel: LogPanel, row: int) -> list[str]:
    return [panel.model.index(row, column).data() for column in range(len(COLUMNS))]


def names(panel: LogPanel) -> list[str]:
    return [cells(panel, row)[2] for row in range(panel.model.rowCount())]


def fill(page: LivePage, *sections: Any) -> None:
    page.log.restore(sections)


def run(desk: Desk, action: str) -> None:
    assert desk.window.context.actions[action].isEnabled()
    desk.window.context.actions[action].trigger()


def choose(monkeypatch: pytest.MonkeyPatch, path: Path) -> list[str]:
    """Choose a file in the next dialog; return the list to which the dialog's suggestions are added."""
    suggested: list[str] = []
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *args: (suggested.append(args[2]), (str(path), ""))[1]
    )
    return suggested


def saved(desk: Desk, panel: LogPanel) -> str:
    """Wait for the message about a saved file and return it."""
    desk.until(desk.window.notice.isVisible)
    panel.close_down()
    return desk.window.notice.accessibleName() + ": " + desk.window.notice.accessibleDescription()


def test_what_is_heard_is_listed_newest_first(page: LivePage, panel: LogPanel) -> None:
    assert panel._empty.isVisible()
    hear(page, ("jazz", 75), ("silence", 10), ("hiphop", 12))
    assert names(panel) == ["Hip-Hop", "Silence", "Jazz"]
    start, *rest = cells(panel, 2)
    assert re.fullmatch(r"\d\d:\d\d:\d\d", start)
    assert rest == ["1:15", "Jazz", "80 %", "", ""]
    assert not panel._empty.isVisible()


def test_tags_are_in_the_users_words(page: LivePage, panel: LogPanel) -> None:
    fill(page, line(0.0, tags=(TagScore("soul", 0.9), TagScore("70s", 0.4))))
    assert cells(panel, 0)[5] == "Soul, 1970s"


def test_a_key_sets_the_genre_of_the_selected_lines_and_that_can_be_undone(
    desk: Desk, page: LivePage, panel: LogPanel
) -> None:
    fill(page, line(0.0, "rock"), line(60.0, ""), line(70.0, "jazz"))
    panel.table.setFocus()
    panel.table.selectRow(0)
    QTest.keyClick(panel.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(panel.table, "6")
    assert names(panel) == ["Jazz", "Jazz", "Rock"]
    assert [cells(panel, row)[4] for row in range(3)] == ["Confirmed", "Corrected", ""]
    assert [cells(panel, row)[3] for row in range(3)] == ["75 %", "", "75 %"]
    assert "Silence" in panel.model.index(1, 2).data(Qt.ItemDataRole.ToolTipRole)
    run(desk, "edit.undo")
    assert names(panel) == ["Jazz", "Silence", "Rock"]
    assert cells(panel, 0)[4] == ""
    run(desk, "edit.redo")
    assert names(panel) == ["Jazz", "Jazz", "Rock"]


def test_the_menu_has_every_genre_and_an_own_one_joins_it(
    page: LivePage, panel: LogPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(page, line(0.0, "rock"))
    assert not panel._genre.isEnabled()
    panel.table.selectRow(0)
    assert panel._genre.isEnabled()
    entries = {action.text(): action for action in panel.genres.actions()}
    assert {"Blues\t1", "Rock\t0", "Other genre…"} <= set(entries)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: (" Drum &  Bass\x1b[31m", True))
    entries["Other genre…"].trigger()
    assert names(panel) == ["Drum & Bass"]
    assert "Drum && Bass\tD" in {action.text() for action in panel.genres.actions()}
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("hip hop", True))
    panel._ask_for_genre()
    assert names(panel) == ["Hip-Hop"]


def test_the_list_and_the_selection_stay_while_the_last_line_grows(page: LivePage, panel: LogPanel) -> None:
    hear(page, ("jazz", 20), ("rock", 12))
    panel.table.selectRow(1)
    for answer in answers(("rock", 10), ("pop", 10), start_s=35.0):
        page._answered(answer)
    assert [section.model_genre for section in panel.table.selected] == ["jazz"]
    assert names(panel) == ["Pop", "Rock", "Jazz"]
    assert cells(panel, 1)[1] == "0:22"


def test_the_dot_of_a_genre_keeps_its_colour_in_a_selected_line(page: LivePage, panel: LogPanel) -> None:
    fill(page, line(0.0, "disco"))
    icon = panel.model.index(0, 2).data(Qt.ItemDataRole.DecorationRole)
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
        assert icon.pixmap(24, 24, mode).toImage().pixelColor(8, 12).name() == colour_of("disco").lower()


def test_clearing_can_be_undone(desk: Desk, page: LivePage, panel: LogPanel) -> None:
    assert not desk.window.context.actions["live.clear_log"].isEnabled()
    fill(page, line(0.0, "rock"), line(60.0, "jazz"))
    run(desk, "live.clear_log")
    assert names(panel) == []
    assert not desk.window.context.actions["live.save_table"].isEnabled()
    run(desk, "edit.undo")
    assert names(panel) == ["Jazz", "Rock"]
    desk.window.show_page("library")
    assert not desk.window.context.actions["live.clear_log"].isEnabled()
    desk.window.show_page("live")
    assert desk.window.context.actions["live.clear_log"].isEnabled()


def test_it_is_saved_as_a_table(
    desk: Desk, page: LivePage, panel: LogPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(page, line(0.0, "rock", label="=Ska"), line(60.0, "jazz"))
    choose(monkeypatch, tmp_path / "evening")
    run(desk, "live.save_table")
    assert "evening.csv" in saved(desk, panel)
    with (tmp_path / "evening.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["genre"] for row in csv.DictReader(file)] == ["'=Ska", "jazz"]
    assert (tmp_path / "evening.csv").read_bytes().startswith(b"\xef\xbb\xbfstarted,")
    assert "Show in folder" in [each.text() for each in desk.window.notice.findChildren(type(panel._save))]


def test_it_is_saved_as_a_cue_sheet_beside_the_recording(
    desk: Desk, page: LivePage, panel: LogPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(page, line(0.0, "rock", **taken(-3.0)), line(60.0, "jazz", label="Bebop", **taken(57.0)))
    suggested = choose(monkeypatch, tmp_path / "set.cue")
    run(desk, "live.save_cue_sheet")
    assert saved(desk, panel).startswith("The cue sheet was saved: 2 tracks · Take 1.flac · ")
    assert suggested == [str(page._context.home.takes / "Take 1.cue")]
    text = (tmp_path / "set.cue").read_bytes().decode()
    assert parsed(text) == ("Take 1.flac", [(1, "Rock", 0.0), (2, "Bebop", 57.0)])


def test_a_cue_sheet_says_what_it_cannot_hold(
    desk: Desk, page: LivePage, panel: LogPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(page, *(line(60.0 * place, ("rock", "jazz")[place % 2]) for place in range(120)))
    choose(monkeypatch, tmp_path / "set.cue")
    run(desk, "live.save_cue_sheet")
    assert "at most 99 tracks; the last 21 are missing" in saved(desk, panel)
    assert len(parsed((tmp_path / "set.cue").read_bytes().decode())[1]) == MOST_TRACKS


def test_a_file_that_cannot_be_written_is_reported(
    desk: Desk, page: LivePage, panel: LogPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(page, line(0.0))
    (tmp_path / "file").touch()
    choose(monkeypatch, tmp_path / "file" / "log.csv")
    run(desk, "live.save_table")
    assert "could not be saved" in saved(desk, panel)


@pytest.mark.parametrize("action", ["live.save_table", "live.save_cue_sheet"])
def test_a_cancelled_dialog_saves_nothing(
    desk: Desk, page: LivePage, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    fill(page, line(0.0))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    run(desk, action)
    assert page.log_panel.exporter._thread is None


def test_a_recording_made_while_listening_is_in_the_log(
    desk: Desk, page: LivePage, computer: FakeComputer
) -> None:
    record(desk, page, computer)
    begun_s = page.listener.position_s
    for answer in answers(("jazz", 12), start_s=begun_s + 1.0):
        page._answered(answer)
    (section,) = page.log.sections
    (take,) = section.takes
    assert take.file == page.listener._recorder.path.name  # type: ignore[union-attr]
    assert take.seconds == pytest.approx(begun_s + 1.0, abs=0.2)  # its pre-roll is all that was heard
    page.stop()
    assert page.log.current is None


def test_deleting_all_data_empties_it(desk: Desk, page: LivePage, panel: LogPanel) -> None:
    fill(page, line(0.0))
    page._context.monitoring.statistics.forget_everything()
    desk.until(lambda: names(panel) == [])


def test_it_comes_back_with_the_next_window(desk: Desk, page: LivePage, panel: LogPanel) -> None:
    fill(page, line(0.0, "rock"), line(60.0, "jazz", label="Bebop"))
    page.close_down()
    again = LivePage(page._context)
    desk.bot.addWidget(again)
    desk.until(lambda: names(again.log_panel) == ["Bebop", "Rock"])
    again.close_down()


@pytest.mark.parametrize(
    ("size", "scale"), [((1280, 840), 100), ((1024, 700), 100), ((960, 540), 100), ((1280, 840), 150)]
)
def test_the_spectrogram_and_the_log_fit_into_the_window(
    desk: Desk, page: LivePage, size: tuple[int, int], scale: int
) -> None:
    page._context.settings["ui.text_scale"] = scale
    page._context.theme.apply()
    fill(page, *(line(60.0 * place, "classical") for place in range(30)))
    desk.window.resize(*size)
    for view in ("spectrogram", "log"):
        page.show_view(view)
        QApplication.processEvents()
        assert (desk.window.width(), desk.window.height()) == size
        assert accessibility_checks.cut_off(desk.window) == []
    assert page.log_panel.table.viewport().height() > 3 * page.log_panel.table.rowHeight(0)
