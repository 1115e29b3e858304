"""Everything a user can do, in one table: menus, buttons and the list of shortcuts follow from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QUndoCommand

from genre_desktop.app.text import mark, tr
from genre_desktop.core.options import Settings
from genre_desktop.ui.actions import shortcuts
from genre_desktop.ui.actions.commands import Commands
from genre_desktop.ui.actions.page_specs import PAGES

Fact = Literal["rows", "selection", "busy", "picture", "playable", "begun", "undo", "redo"]
"""What may be the case in the window; an action that needs a fact is greyed out without it."""

MENUS: tuple[tuple[str, str], ...] = (
    ("file", mark("&File")),
    ("edit", mark("&Edit")),
    ("view", mark("&View")),
    ("play", mark("&Play")),
    ("live", mark("&Live")),
    ("help", mark("&Help")),
)


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do. ``after_line`` puts a line above it in its menu."""

    id: str
    text: str
    run: Callable[[Commands], None]
    shortcut: str = ""
    icon: str = ""
    tip: str = ""
    needs: Fact | None = None
    after_line: bool = False

    @property
    def menu(self) -> str:
        """The menu it is in: the part of the id before the dot."""
        return self.id.partition(".")[0]

    def make(self, commands: Commands, settings: Settings, parent: QObject) -> QAction:
        """Create the Qt action, ready to be put into menus and behind buttons; without its icon."""
        action = QAction(tr(self.text), parent)
        action.setObjectName(self.id)
        action.triggered.connect(lambda _checked=False: self.run(commands))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        self.rebind(action, settings)
        return action

    def rebind(self, action: QAction, settings: Settings) -> None:
        """Set the keys of the Qt action as the settings say, in its tool tip too."""
        keys = shortcuts.keys_of(settings, self.id, self.shortcut)
        shortcuts.put(action, keys, tr(self.tip or self.text).replace("&", ""))


ACTIONS: tuple[Action, ...] = (
    Action("file.open", mark("&Open files…"), lambda w: w.files.open_files(), "Ctrl+O", "open-file", mark("Choose songs or videos to analyse")),
    Action("file.folder", mark("Open &folder…"), lambda w: w.files.open_folder(), "Ctrl+Shift+O", "open-folder", mark("Analyse everything in a folder and below")),
    Action("file.watch", mark("&Watch a folder…"), lambda w: w.files.watch_folder(), "Ctrl+Shift+W", "watch", mark("Analyse new files in a folder by themselves")),
    Action("file.demo", mark("Try the &demo clip"), lambda w: w.files.open_demo(), "Ctrl+D", "demo", mark("Analyse the short clip that comes with the program")),
    Action("file.pause", mark("&Pause or resume"), lambda w: w.pause_or_resume(), "Ctrl+P", "pause", mark("Stop reading for now, or go on"), "busy", after_line=True),
    Action("file.cancel", mark("&Cancel reading"), lambda w: w.cancel(), "Ctrl+.", "close", mark("Stop; answers so far stay"), "busy"),
    Action("file.export", mark("&Save results…"), lambda w: w.files.export_results(), "Ctrl+S", "export", mark("Save the list as CSV or JSON"), "rows", after_line=True),
    Action("file.playlists", mark("Save p&laylists…"), lambda w: w.files.save_playlists(), "Ctrl+Shift+S", "playlist", mark("Save a playlist for each genre"), "rows"),
    Action("file.tags", mark("Write genre &tags…"), lambda w: w.files.write_tags(), "Ctrl+T", "tag", mark("Write the genre into the chosen files, after a preview"), "selection", after_line=True),
    Action("file.restore_tags", mark("&Restore earlier tags…"), lambda w: w.files.restore_tags(), "", "undo", mark("Put back what stood in files before their genre was written")),
    Action("file.picture", mark("Save p&icture…"), lambda w: w.analyse.save_picture(), "Ctrl+Shift+P", "picture", mark("Save spectrogram and timeline as a PNG; every plot has this in its context menu"), "picture"),
    Action("file.quit", mark("&Quit"), lambda w: w.close_window(), "Ctrl+Q", "quit", after_line=True),
    Action("edit.undo", mark("&Undo"), lambda w: w.undo(), "Ctrl+Z", "undo", mark("Take back what was done last to labels and clips"), "undo"),
    Action("edit.redo", mark("&Redo"), lambda w: w.redo(), "Ctrl+Shift+Z", "redo", mark("Do again what was taken back"), "redo"),
    Action("edit.confirm", mark("C&onfirm genre"), lambda w: w.analyse.confirm(), "K", "check", mark("Say that the answer is right; it becomes a training example"), "selection", after_line=True),
    Action("edit.find", mark("&Find in list"), lambda w: w.analyse.search(), "Ctrl+F", "search", mark("Search the list"), "rows"),
    Action("edit.copy_details", mark("&Copy details"), lambda w: w.analyse.copy_details(), "Ctrl+Shift+C", "copy", mark("Copy answers or problems as text"), "selection"),
    Action("edit.again", mark("&Try again"), lambda w: w.analyse.again(), "F5", "again", mark("Read the chosen files once more"), "selection", after_line=True),
    Action("edit.remove", mark("&Remove from list"), lambda w: w.analyse.remove(), "Del", "remove", mark("The files themselves stay where they are"), "selection"),
    Action("edit.clear", mark("C&lear list"), lambda w: w.analyse.clear(), "Ctrl+Shift+Del", "", mark("Start over with an empty list"), "rows"),
    Action("edit.preferences", mark("&Preferences…"), lambda w: w.show_preferences(), "Ctrl+,", "preferences", mark("Everything that can be set"), after_line=True),
    Action("view.zoom_in", mark("Zoom &in"), lambda w: w.analyse.zoom(0.5), "Ctrl++", "zoom-in", mark("Show less time in the spectrogram"), "picture"),
    Action("view.zoom_out", mark("Zoom &out"), lambda w: w.analyse.zoom(2.0), "Ctrl+-", "zoom-out", mark("Show more time in the spectrogram"), "picture"),
    Action("view.zoom_fit", mark("Show the &whole song"), lambda w: w.analyse.zoom(None), "Ctrl+0", "zoom-fit", mark("Undo all zooming"), "picture"),
    Action("view.alerts", mark("&Alerts"), lambda w: w.show_monitor("alerts"), "Ctrl+Shift+A", "bell", mark("What the program noticed about itself and its models"), after_line=True),
    Action("view.jobs", mark("&Jobs"), lambda w: w.toggle_jobs(), "Ctrl+J", "jobs", mark("What takes long: how far it is, and how it ended")),
    Action("view.schedule", mark("Sc&hedule"), lambda w: w.show_monitor("schedule"), "Ctrl+Shift+J", "schedule", mark("Jobs that run by themselves")),
    Action("play.toggle", mark("&Play or pause"), lambda w: w.analyse.play("toggle"), "Space", "resume", mark("Hear the chosen song, or pause"), "playable"),
    Action("play.back", mark("5 seconds &back"), lambda w: w.analyse.play("back"), "Left", "", mark("Hear the last seconds again"), "begun"),
    Action("play.forward", mark("5 seconds &forward"), lambda w: w.analyse.play("forward"), "Right", "", mark("Skip some seconds"), "begun"),
    Action("play.stop", mark("&Stop"), lambda w: w.analyse.play("stop"), "Shift+Space", "", mark("Stop and go back to the beginning"), "begun"),
    Action("play.louder", mark("&Louder"), lambda w: w.analyse.play("louder"), "Ctrl+Up", "volume", mark("Turn the volume up"), "playable", after_line=True),
    Action("play.softer", mark("S&ofter"), lambda w: w.analyse.play("softer"), "Ctrl+Down", "", mark("Turn the volume down"), "playable"),
    Action("live.listen", mark("&Listen or stop"), lambda w: w.listen(), "Ctrl+L", "live", mark("Hear what genre the room is in")),
    Action("live.record", mark("&Record or stop"), lambda w: w.record(), "Ctrl+R", "record", mark("Keep what is heard as a file")),
    Action("live.check", mark("Check the &microphone…"), lambda w: w.helper.check_microphone(), "", "live", mark("See whether the microphone hears anything"), after_line=True),
    Action("help.keys", mark("&Keyboard shortcuts"), lambda w: w.helper.show_shortcuts(), "F1", "help"),
    Action("help.log", mark("Show &log…"), lambda w: w.helper.show_log(), "Ctrl+Shift+L", "log", mark("What the program, its workers and its jobs wrote down"), after_line=True),
    Action("help.diagnostics", mark("&Copy diagnostics"), lambda w: w.helper.copy_diagnostics(), "", "copy", mark("Versions, devices and the latest problems as text, without names of songs")),
    Action("help.about", mark("&About Genre Desktop"), lambda w: w.helper.show_about(), "", "info", after_line=True),
)  # fmt: skip
"""The table. Order is the order in the menus."""


def page_actions() -> Iterator[Action]:
    """One action for each page, in the View menu."""
    for page in PAGES:
        yield Action(
            f"view.page.{page.id}", page.title, _opener(page.id), shortcut=page.shortcut, icon=page.icon
        )


def make_all(commands: Commands, settings: Settings, parent: QObject) -> dict[str, QAction]:
    """Create every action, by its id."""
    return {action.id: action.make(commands, settings, parent) for action in every()}


def enable(actions: dict[str, QAction], facts: set[Fact]) -> None:
    """Grey out what cannot be done now."""
    for action in ACTIONS:
        actions[action.id].setEnabled(action.needs is None or action.needs in facts)


def every() -> tuple[Action, ...]:
    """Every action there is, in the order of the menus."""
    return (*ACTIONS, *page_actions())


def rebind(actions: Mapping[str, QAction], settings: Settings) -> None:
    """Let all actions follow shortcuts that were changed."""
    for action in every():
        action.rebind(actions[action.id], settings)


def _opener(page: str) -> Callable[[Commands], None]:
    return lambda commands: commands.show_page(page)


class Step(QUndoCommand):
    """Something that was just done, on the window's undo stack.

    Qt calls ``redo`` when the command is pushed. It has been done by then, so that call is skipped:
    what fails must fail before there is anything to undo.
    """

    def __init__(self, text: str, redo: Callable[[], object], undo: Callable[[], object]) -> None:
        super().__init__(text)
        self._redo, self._undo, self._done = redo, undo, False

    def redo(self) -> None:
        """Do it again."""
        if self._done:
            self._redo()
        self._done = True

    def undo(self) -> None:
        """Undo it."""
        self._undo()
