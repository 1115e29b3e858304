"""The table of user actions, from which menus, buttons and the list of shortcuts are built."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import KW_ONLY, dataclass
from typing import Literal

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QUndoCommand

from genre_desktop.app.i18n.translate import mark, tr
from genre_desktop.core.settings import Settings
from genre_desktop.ui.actions import shortcuts
from genre_desktop.ui.actions.commands import Commands
from genre_desktop.ui.actions.page_specs import PAGES

Fact = Literal[
    "rows",
    "selection",
    "group",
    "doubtful",
    "busy",
    "picture",
    "playable",
    "begun",
    "clip",
    "version",
    "versions",
    "undo",
    "redo",
    "log",
]
"""Conditions in the window; an action is disabled while the condition it needs does not hold."""

MENUS: tuple[tuple[str, str], ...] = (
    ("file", mark("&File")),
    ("edit", mark("&Edit")),
    ("view", mark("&View")),
    ("play", mark("&Play")),
    ("live", mark("&Live")),
    ("library", mark("Li&brary")),
    ("models", mark("&Models")),
    ("help", mark("&Help")),
)


@dataclass(frozen=True, slots=True)
class Action:
    """One entry of the table. ``after_line`` puts a separator above it in its menu."""

    id: str
    text: str
    run: Callable[[Commands], None]
    _: KW_ONLY
    shortcut: str = ""
    icon: str = ""
    tip: str = ""
    needs: Fact | None = None
    after_line: bool = False

    @property
    def menu(self) -> str:
        """The id of its menu: the part of the id before the dot."""
        return self.id.partition(".")[0]

    def make(self, commands: Commands, settings: Settings, parent: QObject) -> QAction:
        """Create the Qt action for menus and buttons, without its icon."""
        action = QAction(tr(self.text), parent)
        action.setObjectName(self.id)
        action.triggered.connect(lambda _checked=False: self.run(commands))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        self.rebind(action, settings)
        return action

    def rebind(self, action: QAction, settings: Settings) -> None:
        """Set the shortcut of the Qt action from the settings, also in its tool tip."""
        keys = shortcuts.keys_of(settings, self.id, self.shortcut)
        shortcuts.set_shortcuts(action, keys, tr(self.tip or self.text).replace("&", ""))


ACTIONS: tuple[Action, ...] = (
    Action("file.open", mark("&Open files…"), lambda w: w.file_actions.open_files(), shortcut="Ctrl+O", icon="open-file", tip=mark("Choose songs or videos to analyse")),
    Action("file.folder", mark("Open &folder…"), lambda w: w.file_actions.open_folder(), shortcut="Ctrl+Shift+O", icon="open-folder", tip=mark("Analyse all files in a folder and its subfolders")),
    Action("file.watch", mark("&Watch a folder…"), lambda w: w.file_actions.watch_folder(), shortcut="Ctrl+Shift+W", icon="watch", tip=mark("Analyse new files in a folder automatically")),
    Action("file.demo", mark("Try the &demo clip"), lambda w: w.file_actions.open_demo(), shortcut="Ctrl+D", icon="demo", tip=mark("Analyse the short clip included with the program")),
    Action("file.pause", mark("&Pause/Resume analysis"), lambda w: w.pause_or_resume(), shortcut="Ctrl+P", icon="pause", tip=mark("Pause or resume the analysis"), needs="busy", after_line=True),
    Action("file.cancel", mark("&Cancel analysis"), lambda w: w.cancel(), shortcut="Ctrl+.", icon="close", tip=mark("Stop the analysis; completed answers are kept"), needs="busy"),
    Action("file.export", mark("&Save results…"), lambda w: w.file_actions.export_results(), shortcut="Ctrl+S", icon="export", tip=mark("Save the list as CSV or JSON"), needs="rows", after_line=True),
    Action("file.playlists", mark("Save p&laylists…"), lambda w: w.file_actions.save_playlists(), shortcut="Ctrl+Shift+S", icon="playlist", tip=mark("Save a playlist for each genre"), needs="rows"),
    Action("file.similar", mark("&More like this…"), lambda w: w.sound_actions.more_like_this(), shortcut="Ctrl+M", icon="similar", tip=mark("Find the songs of the list that sound most like the selected ones"), needs="selection"),
    Action("file.path", mark("Path &between two songs…"), lambda w: w.sound_actions.path_between(), shortcut="Ctrl+B", icon="path", tip=mark("Find a path of similar songs from one selected song to the other"), needs="selection"),
    Action("file.tags", mark("Write genre &tags…"), lambda w: w.file_actions.write_tags(), shortcut="Ctrl+T", icon="tag", tip=mark("Write genres into the selected files, after a preview"), needs="selection", after_line=True),
    Action("file.restore_tags", mark("&Restore earlier tags…"), lambda w: w.file_actions.restore_tags(), icon="undo", tip=mark("Restore the tags that files had before their genre was written")),
    Action("file.picture", mark("Save &image…"), lambda w: w.analyse.save_picture(), shortcut="Ctrl+Shift+P", icon="picture", tip=mark("Save spectrogram and timeline as a PNG; the context menu of every plot has this command"), needs="picture"),
    Action("file.quit", mark("&Quit"), lambda w: w.close_window(), shortcut="Ctrl+Q", icon="quit", after_line=True),
    Action("edit.undo", mark("&Undo"), lambda w: w.undo(), shortcut="Ctrl+Z", icon="undo", tip=mark("Undo the last change to genres or clips"), needs="undo"),
    Action("edit.redo", mark("&Redo"), lambda w: w.redo(), shortcut="Ctrl+Shift+Z", icon="redo", tip=mark("Redo the change that was undone last"), needs="redo"),
    Action("edit.confirm", mark("C&onfirm genre"), lambda w: w.analyse.confirm(), shortcut="K", icon="check", tip=mark("Confirm that the answer is right; it becomes a training example"), needs="selection", after_line=True),
    Action("edit.group_genre", mark("Set genre of &group"), lambda w: w.analyse.correct_groups(), shortcut="Ctrl+G", icon="check", tip=mark("Give the songs of the selected group the genre that they voted for"), needs="group"),
    Action("edit.review", mark("Re&view answers"), lambda w: w.analyse.toggle_review(), shortcut="Ctrl+E", icon="review", tip=mark("Go through the answers that need review, or finish"), needs="doubtful"),
    Action("edit.find", mark("&Find in list"), lambda w: w.analyse.search(), shortcut="Ctrl+F", icon="search", tip=mark("Search the list"), needs="rows"),
    Action("edit.copy_details", mark("&Copy details"), lambda w: w.analyse.copy_details(), shortcut="Ctrl+Shift+C", icon="copy", tip=mark("Copy answers or problems as text"), needs="selection"),
    Action("edit.copy_path", mark("Copy pat&h"), lambda w: w.analyse.copy_path(), shortcut="Ctrl+Alt+C", icon="copy", tip=mark("Copy the paths of the selected files"), needs="selection"),
    Action("edit.show_in_folder", mark("Show in &folder"), lambda w: w.analyse.show_in_folder(), shortcut="Ctrl+Shift+F", icon="open-folder", tip=mark("Open the folder of the selected file"), needs="selection"),
    Action("edit.again", mark("&Try again"), lambda w: w.analyse.again(), shortcut="F5", icon="again", tip=mark("Analyse the selected files again"), needs="selection", after_line=True),
    Action("edit.answer_again", mark("Answer again with the current &model"), lambda w: w.analyse.answer_again(), shortcut="Shift+F5", icon="again", tip=mark("Have the champion answer what another model answered"), needs="rows"),
    Action("edit.remove", mark("&Remove from list"), lambda w: w.analyse.remove(), shortcut="Del", icon="remove", tip=mark("The files themselves are not deleted"), needs="selection"),
    Action("edit.clear", mark("C&lear list"), lambda w: w.analyse.clear(), shortcut="Ctrl+Shift+Del", tip=mark("Remove all files from the list"), needs="rows"),
    Action("edit.preferences", mark("&Preferences…"), lambda w: w.show_preferences(), shortcut="Ctrl+,", icon="preferences", tip=mark("Open all settings"), after_line=True),
    Action("view.zoom_in", mark("Zoom &in"), lambda w: w.analyse.zoom(0.5), shortcut="Ctrl++", icon="zoom-in", tip=mark("Show less time in the spectrogram"), needs="picture"),
    Action("view.zoom_out", mark("Zoom &out"), lambda w: w.analyse.zoom(2.0), shortcut="Ctrl+-", icon="zoom-out", tip=mark("Show more time in the spectrogram"), needs="picture"),
    Action("view.zoom_fit", mark("Show the &whole song"), lambda w: w.analyse.zoom(None), shortcut="Ctrl+0", icon="zoom-fit", tip=mark("Reset the zoom"), needs="picture"),
    Action("view.map", mark("&Map of the list"), lambda w: w.toggle_map(), shortcut="Ctrl+Shift+G", icon="map", tip=mark("Show the songs by their sound on a map, or the table again"), needs="rows", after_line=True),
    Action("view.alerts", mark("&Alerts"), lambda w: w.show_monitor("alerts"), shortcut="Ctrl+Shift+A", icon="bell", tip=mark("Events that concern the program and its models"), after_line=True),
    Action("view.jobs", mark("&Jobs"), lambda w: w.toggle_jobs(), shortcut="Ctrl+J", icon="jobs", tip=mark("Progress and results of jobs")),
    Action("view.schedule", mark("Sc&hedule"), lambda w: w.show_monitor("schedule"), shortcut="Ctrl+Shift+J", icon="schedule", tip=mark("Jobs that run automatically")),
    Action("play.toggle", mark("&Play/Pause"), lambda w: w.analyse.play("toggle"), shortcut="Space", icon="resume", tip=mark("Play or pause the selected song"), needs="playable"),
    Action("play.previous", mark("Pre&vious song"), lambda w: w.analyse.play("previous"), shortcut="Ctrl+Left", icon="previous", tip=mark("Select the previous song, and go on playing"), needs="selection"),
    Action("play.next", mark("&Next song"), lambda w: w.analyse.play("next"), shortcut="Ctrl+Right", icon="next", tip=mark("Select the next song, and go on playing"), needs="selection"),
    Action("play.back", mark("5 seconds &back"), lambda w: w.analyse.play("back"), shortcut="Left", tip=mark("Go back 5 seconds"), needs="begun"),
    Action("play.forward", mark("5 seconds &forward"), lambda w: w.analyse.play("forward"), shortcut="Right", tip=mark("Go forward 5 seconds"), needs="begun"),
    Action("play.stop", mark("&Stop"), lambda w: w.analyse.play("stop"), shortcut="Shift+Space", tip=mark("Stop and return to the beginning"), needs="begun"),
    Action("play.louder", mark("Volume &up"), lambda w: w.analyse.play("louder"), shortcut="Ctrl+Up", icon="volume", tip=mark("Increase the volume"), needs="playable", after_line=True),
    Action("play.softer", mark("Volume d&own"), lambda w: w.analyse.play("softer"), shortcut="Ctrl+Down", tip=mark("Decrease the volume"), needs="playable"),
    Action("live.listen", mark("Start/Stop &listening"), lambda w: w.listen(), shortcut="Ctrl+L", icon="live", tip=mark("Identify the genre of the music around you")),
    Action("live.record", mark("Start/Stop &recording"), lambda w: w.record(), shortcut="Ctrl+R", icon="record", tip=mark("Record the input to a file")),
    Action("live.now", mark("&Now view"), lambda w: w.live.toggle_now(), shortcut="F11", icon="zoom-fit", tip=mark("Show the genre in large type on the whole screen, or leave that"), after_line=True),
    Action("live.save_table", mark("Save log as &table…"), lambda w: w.live.log_panel.save_table(), shortcut="Ctrl+Shift+E", icon="export", tip=mark("Save the live log as CSV"), needs="log", after_line=True),
    Action("live.save_cue_sheet", mark("Save log as c&ue sheet…"), lambda w: w.live.log_panel.save_cue_sheet(), shortcut="Ctrl+Shift+K", icon="playlist", tip=mark("Save a cue sheet of the recording, with a track for each line of the log"), needs="log"),
    Action("live.clear_log", mark("&Clear log"), lambda w: w.live.log_panel.clear(), icon="remove", tip=mark("Remove all lines from the live log; this can be undone"), needs="log"),
    Action("live.check", mark("Check the &microphone…"), lambda w: w.help_actions.check_microphone(), icon="live", tip=mark("Check whether the microphone receives sound"), after_line=True),
    Action("library.import_folder", mark("Import &folder…"), lambda w: w.library_page().import_folder(), shortcut="Ctrl+I", icon="import", tip=mark("Import a folder that holds one folder for each genre")),
    Action("library.import_table", mark("Import &table…"), lambda w: w.library_page().import_table(), shortcut="Ctrl+Shift+I", icon="import", tip=mark("Import features that were measured elsewhere, with a label column")),
    Action("library.relabel", mark("Change &genre…"), lambda w: w.library_page().edit_label(), shortcut="F2", icon="edit", tip=mark("Change the genre of the selected clips"), needs="clip", after_line=True),
    Action("library.remove", mark("&Remove from library"), lambda w: w.library_page().remove(), shortcut="Ctrl+Del", icon="remove", tip=mark("Remove the selected clips from the library; the files stay"), needs="clip"),
    Action("models.retrain", mark("&Retrain…"), lambda w: w.models_page().retrain(), shortcut="Ctrl+Shift+R", icon="retrain", tip=mark("Train on your library and corrections")),
    Action("models.check_drift", mark("Check &drift now"), lambda w: w.check_drift(), shortcut="Ctrl+Shift+D", icon="monitor", tip=mark("Compare the latest music with the training music")),
    Action("models.promote", mark("&Promote"), lambda w: w.models_page().promote(), shortcut="Ctrl+Shift+M", icon="promote", tip=mark("Make the selected version the champion"), needs="version", after_line=True),
    Action("models.roll_back", mark("Roll &back"), lambda w: w.models_page().roll_back(), shortcut="Ctrl+Shift+B", icon="undo", tip=mark("Undo the last promotion")),
    Action("models.restore", mark("Re&store starter models"), lambda w: w.models_page().restore_starters(), icon="again", tip=mark("Make the models that came with the program champion and fallback")),
    Action("models.compare", mark("&Compare"), lambda w: w.models_page().compare(), shortcut="Ctrl+Alt+K", icon="models", tip=mark("Evaluate the two selected versions on the same clips"), needs="versions", after_line=True),
    Action("models.evaluate", mark("&Evaluate a folder…"), lambda w: w.models_page().evaluate(), shortcut="Ctrl+Alt+E", icon="open-folder", tip=mark("Evaluate a model on a folder that contains one folder for each genre")),
    Action("help.keys", mark("&Keyboard shortcuts"), lambda w: w.help_actions.show_shortcuts(), shortcut="F1", icon="help"),
    Action("help.log", mark("Show &log…"), lambda w: w.help_actions.show_log(), shortcut="Ctrl+Shift+L", icon="log", tip=mark("Log entries of the program, its workers and its jobs"), after_line=True),
    Action("help.diagnostics", mark("&Copy diagnostics"), lambda w: w.help_actions.copy_diagnostics(), icon="copy", tip=mark("Versions, devices and recent problems as text, without song names")),
    Action("help.about", mark("&About Genre Desktop"), lambda w: w.help_actions.show_about(), icon="info", after_line=True),
)  # fmt: skip
"""The table, in the order of the menus."""


def page_actions() -> Iterator[Action]:
    """Yield one action for each page, for the View menu."""
    for page in PAGES:
        yield Action(
            f"view.page.{page.id}", page.title, _opener(page.id), shortcut=page.shortcut, icon=page.icon
        )


def make_all(commands: Commands, settings: Settings, parent: QObject) -> dict[str, QAction]:
    """Create all Qt actions, by id."""
    return {action.id: action.make(commands, settings, parent) for action in all_actions()}


def enable(actions: dict[str, QAction], facts: set[Fact]) -> None:
    """Enable the actions whose condition is among ``facts`` and disable the others."""
    for action in ACTIONS:
        actions[action.id].setEnabled(action.needs is None or action.needs in facts)


def all_actions() -> tuple[Action, ...]:
    """Return all actions, in the order of the menus."""
    return (*ACTIONS, *page_actions())


def rebind(actions: Mapping[str, QAction], settings: Settings) -> None:
    """Update the shortcuts of all actions from the settings."""
    for action in all_actions():
        action.rebind(actions[action.id], settings)


def _opener(page: str) -> Callable[[Commands], None]:
    return lambda commands: commands.show_page(page)


class UndoCommand(QUndoCommand):
    """A command that was executed before it is pushed on the undo stack.

    Qt calls ``redo`` when a command is pushed; that call is skipped, so that a command that fails is never
    pushed.
    """

    def __init__(self, text: str, redo: Callable[[], object], undo: Callable[[], object]) -> None:
        super().__init__(text)
        self._redo, self._undo, self._done = redo, undo, False

    def redo(self) -> None:
        """Execute the command again, except on the call at pushing."""
        if self._done:
            self._redo()
        self._done = True

    def undo(self) -> None:
        """Undo the command."""
        self._undo()
