"""Accessibility of every page and dialog: names, descriptions, Tab, small windows, large text, colours."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

import genre_desktop.ui
from genre_desktop.app.i18n import catalogue, translate
from genre_desktop.app.i18n.translate import tr
from genre_desktop.app.jobs.manager import JobManager
from genre_desktop.app.jobs.sound_jobs import SoundMap
from genre_desktop.app.monitoring.alerts_model import LEVEL_ICONS
from genre_desktop.audio.capture import capture
from genre_desktop.audio.devices import input_devices
from genre_desktop.core.errors import AppError
from genre_desktop.core.settings import Settings
from genre_desktop.core.store.database import Database
from genre_desktop.core.tag_rules import TaggableSong
from genre_desktop.jobs.catalogue import JOBS
from genre_desktop.jobs.tasks import registry
from genre_desktop.ui.actions import shortcuts
from genre_desktop.ui.actions.page_specs import PAGES
from genre_desktop.ui.already_running import AlreadyRunningDialog
from genre_desktop.ui.dialogs.about import About, Licences
from genre_desktop.ui.dialogs.contribution import ContributionDialog
from genre_desktop.ui.dialogs.evaluation import EvaluationDialog
from genre_desktop.ui.dialogs.log_window import LogWindow
from genre_desktop.ui.dialogs.microphone_check import MicrophoneCheckDialog
from genre_desktop.ui.dialogs.playlists import PlaylistDialog
from genre_desktop.ui.dialogs.quit import question as quit_question
from genre_desktop.ui.dialogs.shortcuts import Shortcuts
from genre_desktop.ui.dialogs.song_list import SongListDialog
from genre_desktop.ui.dialogs.tags import RestoreDialog, TagDialog
from genre_desktop.ui.dialogs.text import TextDialog
from genre_desktop.ui.pages.models.page import ModelsPage
from genre_desktop.ui.pages.monitor.schedule import TriggerDialog
from genre_desktop.ui.preferences.dialog import Preferences
from genre_desktop.ui.theme import stylesheet
from genre_desktop.ui.theme.palette import PALETTES, Palette, contrast
from genre_desktop.ui.unusable_home import UnusableHomeDialog
from genre_desktop.ui.widgets.alert_actions import confirmation
from genre_desktop.ui.widgets.dialog import Dialog
from genre_desktop.ui.widgets.log_view import LogView
from genre_desktop.ui.widgets.table_cells import STATE_LOOKS
from tests.fakes.sound_devices import FakeComputer
from tests.fixtures.qt import GONE
from tests.ui import accessibility_checks
from tests.ui.conftest import Desk
from tests.ui.dialogs.test_contribution import DOCUMENT as PREVIEW
from tests.ui.pages.library.test_page import add_clip
from tests.ui.pages.models.test_evaluations import EVALUATION
from tests.ui.pages.models.test_page import FAMILIES, version
from tests.ui.store_writer import Writer
from tests.ui.window_states import states

Check = Callable[[QWidget], list[str]]
Shape = tuple[str, int, int, int]

FIT = (accessibility_checks.cut_off, accessibility_checks.overlapping)

SECTIONS = ("alerts", "schedule", "overview")


@pytest.fixture
def full(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A window with contents on every page and fake hardware."""
    computer = FakeComputer()
    monkeypatch.setattr(capture, "SoundDeviceBackend", lambda: computer)
    monkeypatch.setattr(input_devices, "input_devices", lambda: ())
    monkeypatch.setattr(JobManager, "start", lambda *_: None)
    monkeypatch.setattr(registry, "read_list", lambda home: None)
    home = desk.window.context.home
    desk.window.context.settings["registry.uri"] = PREVIEW["server"]  # for all that a team has
    (home.logs / "genre-desktop.log").write_text("2026-01-01 10:00:00,1 WARNING x: odd\n")
    database = Database(home.store)
    Writer(database).week(60)
    database.close()
    for name, genre in (("a", "rock"), ("b", "polka")):
        add_clip(desk, name, genre)
    desk.load_plots()
    desk.open("a.mp3", "b.mp3")
    desk.until(lambda: desk.page.panel.has_picture)
    return desk


def surfaces(desk: Desk) -> Iterator[tuple[str, QWidget]]:
    """Yield every page with contents, then every dialog, one at a time."""
    window = desk.window
    for page in PAGES:
        window.show_page(page.id)
        made = window.page(page.id)
        if isinstance(made, ModelsPage):
            found = [version("2", "champion"), version("1", "fallback")]
            made.show_result({"models": found, "families": FAMILIES, "web_ui": False})
        if page.id == "monitor":
            desk.until(lambda: window.context.monitoring.statistics.latest is not None)
            for section in SECTIONS:
                window.notifications.show(section)
                QApplication.processEvents()
                yield f"monitor/{section}", window
        else:
            QApplication.processEvents()
            yield page.id, window
    yield from charts(desk)
    window.show_problem(GONE)
    yield "a problem", window
    window.notice.hide()
    for make in (*dialogs(desk), *questions(desk)):
        with opened(make) as dialog:
            yield from topics(dialog)


def charts(desk: Desk) -> Iterator[tuple[str, QWidget]]:
    """Yield the map of the list while it is arranged, and when it is shown."""
    desk.window.toggle_map()
    panel = desk.page.map
    assert panel is not None
    QApplication.processEvents()
    yield "a map to come", desk.window
    panel.job.found.emit(SoundMap(tuple(desk.rows), np.zeros((len(desk.rows), 2), np.float32), 0))
    QApplication.processEvents()
    yield "the map", desk.window
    desk.window.toggle_map()


def dialogs(desk: Desk) -> Iterator[Callable[[], QDialog]]:
    """Yield the constructor of each dialog."""
    window, context = desk.window, desk.window.context
    songs = (TaggableSong("/music/a.mp3", "rock", 0.8), TaggableSong("/music/b.mp3", "jazz", 0.9))
    log = context.home.logs / "genre-desktop.log"
    preview = context.home.root / "preview.json"
    preview.write_text(json.dumps(PREVIEW))
    yield partial(About, window)
    yield partial(ContributionDialog, window, context.theme, preview)
    yield partial(EvaluationDialog, window, context.theme, EVALUATION)
    yield partial(Licences, window)
    yield partial(LogWindow, window, context.theme, context.home, window)
    yield partial(LogView, window, "Drift check", log)
    yield partial(MicrophoneCheckDialog, window, context.theme, "")
    yield partial(PlaylistDialog, window, songs, context.settings, "/music")
    yield partial(Preferences, window, context)
    yield partial(RestoreDialog, window, ())
    yield partial(Shortcuts, window, shortcuts.listed(context.actions))
    yield partial(SongListDialog, window, "More like a.mp3", "The most similar songs.", 25, "/music")
    yield partial(TextDialog, window, "Diagnostics", "All of it.", "words")
    yield partial(TriggerDialog, window, "drift", context.settings)


def questions(desk: Desk) -> Iterator[Callable[[], QDialog]]:
    """Yield the constructor of each message box, and of the dialog that first waits for the tags of files."""
    window, context = desk.window, desk.window.context
    text = tr(JOBS["restore-starters"].confirm)
    songs = (TaggableSong("/music/a.mp3", "rock", 0.8),)
    yield partial(quit_question, window, 12, ("retrain", "import"))
    yield partial(confirmation, window, tr(JOBS["restore-starters"].button), text)
    yield partial(AlreadyRunningDialog, context.home, [])
    yield partial(UnusableHomeDialog, AppError("home-unusable/file", path="/"))
    yield partial(TagDialog, window, window.file_actions.tags, songs, context.settings)


@contextmanager
def opened(make: Callable[[], QDialog]) -> Iterator[QDialog]:
    dialog = make()
    dialog.show()
    dialog.activateWindow()
    QApplication.processEvents()
    yield dialog
    dialog.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def topics(dialog: QDialog) -> Iterator[tuple[str, QDialog]]:
    """Yield a dialog once for each of its topics."""
    name = type(dialog).__name__
    if not isinstance(dialog, Preferences):
        yield name, dialog
        return
    for topic in dialog.sections:
        dialog.show_page(topic)
        QApplication.processEvents()
        yield f"{name}/{topic}", dialog


def check_surfaces(desk: Desk, *checks: Check, prepare: Callable[[QWidget], None] = lambda _: None) -> None:
    """Apply checks to every page and dialog."""
    faults = []
    for name, surface in surfaces(desk):
        prepare(surface)
        faults += [f"{name}: {fault}" for check in checks for fault in check(surface)]
    assert not faults, "\n".join(faults)


def test_every_dialog_is_checked() -> None:
    """A new dialog must be added to :func:`dialogs`."""
    for module in pkgutil.walk_packages(genre_desktop.ui.__path__, "genre_desktop.ui."):
        importlib.import_module(module.name)
    kinds = [*QDialog.__subclasses__(), *Dialog.__subclasses__()]
    ours = {kind.__name__ for kind in kinds if kind.__module__.startswith("genre_desktop")} - {"Dialog"}
    source = Path(__file__).read_text("utf-8")
    assert {name for name in ours if f"partial({name}," not in source} == set()


def test_every_control_has_a_name_and_a_description_and_no_colour_is_without_text(full: Desk) -> None:
    checks = (
        accessibility_checks.nameless,
        accessibility_checks.unexplained,
        accessibility_checks.pictures_without_text,
        accessibility_checks.toned_without_text,
    )
    check_surfaces(full, *checks)


def test_tab_reaches_every_control(full: Desk) -> None:
    check_surfaces(full, accessibility_checks.unreachable)


CORNER = ("de", 1024, 700, 200)
"""The largest text in the language with the longest words, in a small window."""

SIZES = [
    ("en", 1024, 700, 100),
    ("en", 960, 540, 100),  # a 1920 × 1080 screen at 200 %
    ("en", 1280, 840, 150),
    CORNER,
]


@pytest.fixture
def shape(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Shape]:
    """Language, size of the window and text size; set up before the window is made."""
    language, _, _, text = request.param
    settings["ui.text_scale"] = text
    translate.set_catalogue(catalogue.load(language))
    yield request.param
    translate.set_catalogue(catalogue.load("en"))


def settle() -> None:
    """Let layouts follow, which takes an event for each level of parents."""
    for _ in range(10):
        QApplication.processEvents()


def resize(desk: Desk, shape: Shape) -> None:
    _, width, height, _ = shape
    desk.window.resize(width, height)
    QApplication.processEvents()
    assert (desk.window.width(), desk.window.height()) == (width, height)


@pytest.mark.parametrize("shape", SIZES, indirect=True, ids=str)
def test_nothing_is_cut_off(shape: Shape, full: Desk) -> None:
    resize(full, shape)
    _, width, height, _ = shape

    def fit(surface: QWidget) -> None:
        if surface is not full.window:
            surface.resize(surface.size().boundedTo(QSize(width, height)))
        settle()

    check_surfaces(full, *FIT, prepare=fit)


@pytest.mark.parametrize("shape", SIZES, indirect=True, ids=str)
def test_nothing_is_cut_off_in_any_state(shape: Shape, full: Desk) -> None:
    resize(full, shape)
    faults = []
    for name in states(full):
        settle()
        faults += [f"{name}: {fault}" for check in FIT for fault in check(full.window)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("shape", [*SIZES, ("de", 900, 600, 100)], indirect=True, ids=str)
def test_the_introduction_is_not_cut_off_below_a_message(shape: Shape, desk: Desk) -> None:
    resize(desk, shape)
    desk.window.show_problem(GONE)
    QApplication.processEvents()
    assert [fault for check in FIT for fault in check(desk.window)] == []


@pytest.mark.parametrize("shape", [CORNER], indirect=True, ids=str)
def test_the_list_shows_rows_in_the_smallest_window_with_the_largest_text(shape: Shape, full: Desk) -> None:
    resize(full, shape)
    table = full.page.table
    row = table.verticalHeader().defaultSectionSize()
    assert table.viewport().height() >= 4 * row
    first = table.visualRect(full.page.model.index(0, 0)).bottomLeft()
    page = full.window.stack
    assert table.viewport().mapTo(page, first).y() + 2 * row <= page.height()  # without scrolling the page


def test_states_and_levels_differ_in_more_than_colour() -> None:
    assert len({icon for icon, _ in STATE_LOOKS.values()}) == len(STATE_LOOKS)
    assert len({icon for icon, _ in LEVEL_ICONS.values()}) == len(LEVEL_ICONS)


@pytest.mark.parametrize("kind", ["", "primary", "quiet", "segment", "choice"])
def test_a_disabled_button_looks_different(desk: Desk, kind: str) -> None:
    made = QPushButton("Open run folder")
    made.setProperty("kind", kind)
    made.resize(made.sizeHint())
    enabled = made.grab().toImage()
    made.setEnabled(False)
    assert made.grab().toImage() != enabled
    made.deleteLater()


@pytest.mark.parametrize("palette", PALETTES.values(), ids=list(PALETTES))
def test_text_and_background_of_every_style_rule_have_enough_contrast(palette: Palette) -> None:
    sheet = stylesheet.write(palette, 14, "theme:")
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", sheet)
    pairs = 0
    for selector, body in rules:
        text, ground = (re.search(rf"(?<![-\w]){name}: (#\w{{6}})", body) for name in ("color", "background"))
        if text and ground and ":disabled" not in selector:  # disabled controls are exempt (WCAG 1.4.3)
            pairs += 1
            assert contrast(text[1], ground[1]) >= 4.5, selector.strip()
    assert pairs > 8
