"""Names of files, genres, models and devices in the window: plain text, without controls, no wider than there is room."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QToolTip,
    QWidget,
)

from genre_desktop.app.jobs.manager import Job, JobManager
from genre_desktop.core.errors import Problem
from genre_desktop.core.messages import Message, message
from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.quoting.controls import CONTROL
from genre_desktop.core.store.alerts import AlertMessage
from genre_desktop.core.store.tag_history import TagBatch
from genre_desktop.core.tag_rules import TaggableSong
from genre_desktop.core.types import GenreScore, ModelRef, TagScore
from genre_desktop.jobs.messages import JobEnded
from genre_desktop.jobs.tasks import registry
from genre_desktop.ui.dialogs.contribution import ContributionDialog
from genre_desktop.ui.dialogs.evaluation import EvaluationDialog
from genre_desktop.ui.dialogs.playlists import PlaylistDialog
from genre_desktop.ui.dialogs.tags import RestoreDialog
from genre_desktop.ui.dialogs.text import TextDialog
from genre_desktop.ui.pages.library.page import LibraryPage
from genre_desktop.ui.pages.models.page import ModelsPage
from genre_desktop.ui.preferences.dialog import Preferences
from genre_desktop.ui.preferences.special_controls import Folders
from tests.ui.accessibility_checks import describe
from tests.ui.conftest import Desk
from tests.ui.dialogs.test_contribution import DOCUMENT, ROWS
from tests.ui.pages.library.test_page import add_clip
from tests.ui.pages.models.test_evaluations import EVALUATION
from tests.ui.pages.models.test_page import FAMILIES, version
from tests.ui.test_accessibility import opened, topics

HOSTILE = "<b>x</b>&amp;<img src=x> A & B \x1b[31m\u202eevil\u2028\u200e\x9b\u061c"
LONG = HOSTILE + "x" * 10_000


def texts(root: QWidget) -> Iterator[tuple[str, str]]:
    """Yield where a text is and the text, for all that a window shows, explains or reads out."""
    for widget in [root, *root.findChildren(QWidget)]:
        kind = type(widget).__name__
        yield f"{kind}.toolTip", widget.toolTip()
        yield f"{kind}.accessibleName", widget.accessibleName()
        yield f"{kind}.accessibleDescription", widget.accessibleDescription()
        if widget.isWindow():
            yield f"{kind}.windowTitle", widget.windowTitle()
        yield from _own_texts(kind, widget)
    for action in root.findChildren(QAction):
        yield "QAction.text", action.text()
        yield "QAction.toolTip", action.toolTip()


def _own_texts(kind: str, widget: QWidget) -> Iterator[tuple[str, str]]:
    if isinstance(widget, QLabel | QAbstractButton):
        yield f"{kind}.text", widget.text()
    if isinstance(widget, QComboBox):
        yield from ((f"{kind}.item", widget.itemText(i)) for i in range(widget.count()))
    if isinstance(widget, QPlainTextEdit):
        yield f"{kind}.text", widget.toPlainText()
    if isinstance(widget, QLineEdit) and widget.isReadOnly():
        yield f"{kind}.text", widget.text()
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _cells(kind, widget.model())


def _cells(kind: str, model: QAbstractItemModel) -> Iterator[tuple[str, str]]:
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    for row in range(model.rowCount()):
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount()):
            for role in roles:
                yield f"{kind} cell {column} {role.name}", model.index(row, column).data(role) or ""


def faults(name: str, root: QWidget) -> list[str]:
    """Return what is shown with a control character or as markup, and what makes the window too wide."""
    QApplication.processEvents()
    found = [
        f"{name}: {place}: {text[:120]!r}"
        for place, text in texts(root)
        if CONTROL.search(text.replace("\n", "")) or "x" * 1000 in text
    ]
    found += [
        f"{name}: {type(label).__name__} parses {label.text()[:80]!r}"
        for label in root.findChildren(QLabel)
        if label.isVisible() and label.text() and label.textFormat() is not Qt.TextFormat.PlainText
    ]
    if (least := root.minimumSizeHint().width()) > 960:
        wide = sorted(root.findChildren(QWidget), key=lambda widget: -widget.minimumSizeHint().width())
        found.append(f"{name}: at least {least} pixels wide, for {list(map(describe, wide[:8]))}")
    found += [
        f"{name}: {describe(area)} scrolls to the right"
        for area in root.findChildren(QScrollArea)
        if area.isVisible() and area.widget().width() > area.viewport().width()
    ]
    return found


@pytest.fixture
def hostile(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A window whose library, list, models and alerts hold names that are meant to do harm."""
    monkeypatch.setattr(JobManager, "start", lambda *_: None)
    monkeypatch.setattr(registry, "read_list", lambda home: None)
    monkeypatch.setattr(JobManager, "running", lambda *_: [])
    database = desk.window.context.database
    add_clip(desk, "a", "rock")
    add_clip(desk, "b", "jazz")
    with database.transaction() as store:  # as an older version stored them
        values = (f"/music/{LONG}.wav", LONG, f"artist:{LONG}")
        store.execute("UPDATE clips SET path = ?, label = ?, group_key = ? WHERE label = 'rock'", values)
    value = message("{name} is gone", name=LONG)
    AlertService(database).raise_(AlertMessage("x", "error", value, value, Message(LONG), details=value))
    desk.load_plots()
    return desk


def show_list(desk: Desk) -> None:
    top = (GenreScore(LONG, 0.6), GenreScore(HOSTILE, 0.3), GenreScore("rock", 0.1))
    changes: dict[str, Any] = {
        "top": top,
        "probabilities": top,
        "style": LONG,
        "tags": (TagScore(HOSTILE, 0.9), TagScore(LONG, 0.8)),
        "model": ModelRef(LONG, HOSTILE, "fallback", LONG, because=message("{why}", why=LONG)),
        "warnings": (message("{name}", name=LONG),),
        "unusual": True,
    }
    desk.open(f"{HOSTILE}{'x' * 200}.mp3", genre=LONG, **changes)
    desk.page.table.selectRow(0)
    desk.until(lambda: desk.page.current is not None)


def test_what_pages_show_is_plain_text(hostile: Desk) -> None:
    window = hostile.window
    window.resize(1024, 700)
    show_list(hostile)
    found = faults("analyse", window)
    hostile.page.card.answer.choose("why")
    found += faults("why", window)

    window.open_paths([Path(f"/music/{HOSTILE}.wav")])
    hostile.until(lambda: bool(hostile.workers.asked()))
    (request,) = hostile.workers.asked()
    hostile.workers.fail(request, Problem("made-up", title=LONG, reason=LONG, hint=HOSTILE))
    hostile.until(lambda: hostile.rows[-1].problem is not None)
    hostile.page.table.selectRow(1)
    found += faults("a file that fails", window)

    window.show_page("library")
    library = window.page("library")
    assert isinstance(library, LibraryPage)
    skipped = [{"path": LONG, "reason": HOSTILE}, {"path": "/a", "warning": LONG}]
    ended = JobEnded(
        "succeeded", result={"skipped": skipped, "warnings": [], "genres": {LONG: 3}, "added": 3}
    )
    library._imported(Job(1, "import", {}, 0.0, ended=ended))
    assert library.model.rowCount() == 2
    found += faults("library", window)

    window.show_page("models")
    models = window.page("models")
    assert isinstance(models, ModelsPage)
    scores = {"per_genre": {LONG: {"recall": 0.8}}, "confusion": {LONG: {HOSTILE: 3, LONG: 4}}}
    tags = {"clips": LONG, "decision": "promoted", "reason": LONG}
    listed = [version(HOSTILE, "champion", scores=scores, tags=tags, family=LONG)]
    models.show_result({"models": listed, "families": FAMILIES | {LONG: LONG}, "web_ui": False})
    models.options.show()
    found += faults("models", window)
    models.options.hide()

    for section in ("alerts", "schedule", "overview"):
        window.notifications.show(section)
        found += faults(f"monitor/{section}", window)
    window.show_problem(Problem("made-up", title=LONG, reason=LONG, hint=HOSTILE))
    found += faults("a problem", window)
    assert not found, "\n".join(dict.fromkeys(found))


def test_what_dialogs_show_is_plain_text(hostile: Desk, tmp_path: Path) -> None:
    window, context = hostile.window, hostile.window.context
    context.settings["live.device"] = HOSTILE
    context.settings["files.watched"] = (f"/music/{HOSTILE}",)
    songs = (TaggableSong(f"/music/{LONG}.mp3", LONG, 0.9), TaggableSong("/music/b.mp3", HOSTILE, 0.9))
    preview = tmp_path / "preview.json"
    rows = [row | {"label": LONG, "recording": HOSTILE} for row in ROWS]
    preview.write_text(json.dumps(DOCUMENT | {"rows": rows}))
    evaluation = EVALUATION | {
        "folder": f"/music/{HOSTILE}",
        "per_genre": {LONG: {"n": 7, "recall": 0.5, "precision": 0.5}},
        "confusion": {LONG: {HOSTILE: 3, LONG: 4}},
        "skipped": [{"path": LONG, "reason": HOSTILE}],
    }
    found = []
    for make in (
        partial(EvaluationDialog, window, context.theme, evaluation),
        partial(PlaylistDialog, window, songs, context.settings, "/music"),
        partial(RestoreDialog, window, [TagBatch(1, 0.0, 2, f"/music/{LONG}.mp3")]),
        partial(ContributionDialog, window, context.theme, preview),
        partial(TextDialog, window, "Diagnostics", HOSTILE, "words"),
        partial(Preferences, window, context),
    ):
        with opened(make) as dialog:
            for name, surface in topics(dialog):
                found += faults(name, surface)
    assert not found, "\n".join(dict.fromkeys(found))


def test_what_is_copied_is_not_obeyed_by_a_terminal(hostile: Desk) -> None:
    window = hostile.window
    show_list(hostile)
    hostile.page.copy_details()
    copied = [QApplication.clipboard().text()]
    window.show_problem(Problem("made-up", title=LONG, reason=HOSTILE, hint=HOSTILE))
    next(
        button for button in window.notice.findChildren(QPushButton) if button.text() == "Copy details"
    ).click()
    copied.append(QApplication.clipboard().text())
    with opened(partial(TextDialog, window, "Diagnostics", "About", HOSTILE)) as dialog:
        next(button for button in dialog.findChildren(QPushButton) if button.text() == "Copy").click()
        copied.append(QApplication.clipboard().text())
    assert len(set(copied)) == 3
    assert [text for text in copied if CONTROL.search(text.replace("\n", ""))] == []


def test_a_genre_is_chosen_by_what_it_is_and_not_by_how_it_is_shown(hostile: Desk) -> None:
    corrections = hostile.page.card.answer._corrections
    corrections.set_labels(["A & B", HOSTILE])
    first, second = corrections._choices.values()
    assert first.text() == "1  A && B"
    assert first.accessibleName() == "A & B"
    chosen: list[str] = []
    corrections.chosen.connect(chosen.append)
    second.click()
    assert chosen == [HOSTILE]


def test_one_of_two_genres_that_are_cut_alike_can_be_chosen(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = ("x" * 60 + end + "y" * 60 for end in "12")
    add_clip(desk, "a", one)
    add_clip(desk, "b", other)
    desk.window.show_page("library")
    page = desk.window.page("library")
    assert isinstance(page, LibraryPage)
    page.table.selectRow([entry.label for entry in page.model.shown].index(one))

    def choose(*arguments: Any) -> tuple[str, bool]:
        offered, current = arguments[3:5]
        return next(text for text in offered[-2:] if text != offered[current]), True

    monkeypatch.setattr(QInputDialog, "getItem", choose)
    page.edit_label()
    assert {entry.label for entry in page.entries} == {other}


def test_no_tool_tip_and_no_question_is_parsed(desk: Desk) -> None:
    QToolTip.showText(QPoint(5, 5), "<b>x</b>", desk.window)
    (tip,) = (w for w in QApplication.topLevelWidgets() if w.metaObject().className() == "QTipLabel")
    assert isinstance(tip, QLabel)
    assert tip.textFormat() is Qt.TextFormat.PlainText
    QToolTip.hideText()
    box = QMessageBox(desk.window)
    box.setText("<b>x</b>")
    box.show()
    formats = {label.textFormat() for label in box.findChildren(QLabel)}
    box.close()
    assert formats == {Qt.TextFormat.PlainText}


def test_the_folders_of_the_settings_stay_what_they_are(desk: Desk) -> None:
    settings = desk.window.context.settings
    folder = f"/music/{HOSTILE}"
    settings["files.watched"] = (folder, "/b")
    with opened(partial(Preferences, desk.window, desk.window.context)) as dialog:
        dialog.show_page("Files")
        (editor,) = dialog.findChildren(Folders)
        assert editor.folders == (folder, "/b")
