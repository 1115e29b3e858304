"""The commands for files: open, save, tags, playlists, watched folders, and resuming interrupted reading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from genre_desktop.app.files.exporter import Exporter
from genre_desktop.app.files.folder_watcher import FolderWatcher
from genre_desktop.app.files.song_collector import SongCollector
from genre_desktop.app.files.tag_editor import RESTORE, TagEditor, TagOutcome, TagTask
from genre_desktop.app.i18n.translate import plural, problem_text, tr
from genre_desktop.audio.file_discovery import EXTENSIONS
from genre_desktop.core.errors import AppError, Problem
from genre_desktop.core.paths import shipped
from genre_desktop.core.playlist import Playlist, common_folder
from genre_desktop.core.tag_rules import CurrentTag, Edit, TaggableSong
from genre_desktop.ui.actions.actions import UndoCommand
from genre_desktop.ui.context import AppContext
from genre_desktop.ui.external import folder_button, music_folder
from genre_desktop.ui.ports import MessageButton
from genre_desktop.ui.window.page_stack import PageStack
from genre_desktop.ui.window.recent import RecentMenu

WATCHED = "files.watched"
"""The setting that names the watched folders."""

REMEMBERED = ("privacy.remember", "results.restore")
"""The settings that must be on for the list to be restored at the next start."""


class FileActions:
    """Opens the dialogs of one window, which are imported on first use, and reports results."""

    def __init__(self, window: QWidget, context: AppContext, pages: PageStack) -> None:
        self._window, self._context, self._pages = window, context, pages
        self._notifier, self._opener = context.notifier, context.opener
        self.exporter = Exporter(lambda: context.database, window)
        self.exporter.saved.connect(self._exported)
        self.exporter.failed.connect(self._notifier.show_problem)
        self.exporter.playlists_saved.connect(self._playlists_saved)
        self.tags = TagEditor(context.client, context.jobs, lambda: context.database, window)
        self.tags.ended.connect(self._tags_ended)
        self._commands: WeakValueDictionary[TagTask, UndoCommand] = WeakValueDictionary()
        self._collector = SongCollector(window)
        self.recent = RecentMenu(
            context.memory, self._open_again, lambda: bool(context.settings["privacy.remember"])
        )
        self.folder_watcher = FolderWatcher(context.home, context.session, context.client, window)
        self.folder_watcher.found.connect(self._files_found)
        self.folder_watcher.vanished.connect(self._folder_lost)
        self.folder_watcher.returned.connect(self._folder_returned)
        self.folder_watcher.failed.connect(self._notifier.show_problem)
        context.changes.changed.connect(self._setting_changed)
        context.session.interrupted.connect(self._show_interrupted)

    def close(self) -> None:
        """Stop the folder watcher and wait for files that are being saved."""
        self.exporter.close()
        self.folder_watcher.close()

    def open_files(self) -> None:
        """Choose files and open them."""
        kinds = " ".join(f"*{extension}" for extension in sorted(EXTENSIONS))
        filters = tr("Audio and video") + f" ({kinds});;" + tr("All files") + " (*)"
        chosen, _ = QFileDialog.getOpenFileNames(self._window, tr("Open files"), self._last_folder(), filters)
        if chosen:
            self._context.memory.setValue("window/folder", str(Path(chosen[0]).parent))
            self.open_chosen([Path(name) for name in chosen])

    def open_folder(self) -> None:
        """Choose a folder and open it."""
        chosen = QFileDialog.getExistingDirectory(self._window, tr("Open folder"), self._last_folder())
        if chosen:
            self._context.memory.setValue("window/folder", chosen)
            self.open_chosen([Path(chosen)])

    def open_chosen(self, paths: list[Path]) -> None:
        """Open files and folders that the user chose, and list them among the recent ones."""
        self.recent.chosen.append(paths)
        self._opener.open_paths(paths)

    def _open_again(self, path: Path) -> None:
        if path.exists():
            self.open_chosen([path])
        else:
            self._notifier.show_problem(Problem("missing-file/clip", name=path.name))

    def open_demo(self) -> None:
        """Analyse the included demo clip."""
        self._opener.open_paths([shipped("resources", "demo.flac")])

    def export_results(self) -> None:
        """Choose a file and save the sorted and filtered list."""
        start = str(Path(self._last_folder()) / "genres.csv")
        kinds = tr("Spreadsheet") + " (*.csv);;JSON (*.json)"
        name, kind = QFileDialog.getSaveFileName(self._window, tr("Save results"), start, kinds)
        if name:
            path = Path(name)
            if not path.suffix:
                path = path.with_suffix(".json" if "json" in kind else ".csv")
            self.exporter.save(path, self._pages.analyse.model.shown)

    def save_image(self, image: QImage, name: str) -> None:
        """Choose a file, with ``name`` as the default, and save an image in the background."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        last = str(self._context.memory.value("window/pictures", folder))
        start = str(Path(last) / f"{_file_name(name)}.png")
        kinds = tr("Image") + " (*.png)"
        chosen, _ = QFileDialog.getSaveFileName(self._window, tr("Save image"), start, kinds)
        if chosen:
            path = Path(chosen) if Path(chosen).suffix.lower() == ".png" else Path(f"{chosen}.png")
            self._context.memory.setValue("window/pictures", str(path.parent))
            self.exporter.save_picture(path, image)

    def _last_folder(self) -> str:
        return str(self._context.memory.value("window/folder", "")) or music_folder()

    def _exported(self, path: Path) -> None:
        picture = path.suffix.lower() == ".png"
        title = tr("The image was saved") if picture else tr("The results were saved")
        self._notifier.show_message(str(path), title, "success", [folder_button(path, self._notifier)])

    def _show_interrupted(self, folders: list[Path]) -> None:
        title, text = tr("The analysis was interrupted"), ""
        unread = len(self._context.session.unread)
        if folders:
            title, text = (
                tr("The analysis of “{name}” was interrupted", name=folders[0].name),
                str(folders[0]),
            )
        if unread:
            text = plural(
                unread,
                "1 file of the list has not been analysed.",
                "{n} files of the list have not been analysed.",
            )
        resume = (tr("Resume"), lambda: self._resume(folders))
        self._notifier.show_message(text, title, "accent", [resume])

    def _resume(self, folders: list[Path]) -> None:
        unread = [row.path for row in self._context.session.unread]
        self._opener.open_paths([*unread, *folders])

    def write_tags(self) -> None:
        """Open the preview of genre tags for the selected files."""
        self._collector.gather(self._pages.analyse.table.selected, self._preview_tags)

    def _preview_tags(self, songs: list[TaggableSong]) -> None:
        from genre_desktop.ui.dialogs.tags import TagDialog

        if not songs:
            self._notifier.show_problem(Problem("nothing-answered"))
            return
        dialog = TagDialog(self._window, self.tags, songs, self._context.settings)
        dialog.chosen.connect(self._write)
        dialog.open()

    def restore_tags(self) -> None:
        """Open the list of earlier writes to restore one."""
        from genre_desktop.ui.dialogs.tags import RestoreDialog

        try:
            batches = self.tags.batches()
        except AppError as error:
            self._notifier.show_problem(error.problem)
            return
        dialog = RestoreDialog(self._window, batches)
        dialog.chosen.connect(lambda batch: self.tags.restore(TagTask(batch=batch)))
        dialog.open()

    def _write(self, edits: tuple[Edit, ...]) -> None:
        self._notifier.show_message("")
        self.tags.write(TagTask(edits))

    def _tags_ended(self, outcome: TagOutcome) -> None:
        task = outcome.task
        if outcome.job != RESTORE and task.batch and task not in self._commands:
            text = plural(len(task.edits), "tags of 1 file", "tags of {n} files")
            command = UndoCommand(text, lambda: self.tags.write(task), lambda: self.tags.restore(task))
            self._commands[task] = command
            self._context.undo.push(command)
        self._update_file_genres(task)
        if outcome.problem is not None:
            self._notifier.show_problem(outcome.problem, "danger")
            return
        buttons: list[MessageButton] = []
        if outcome.job != RESTORE and task.batch:
            buttons.append((tr("Undo"), lambda: self._undo_write(task)))
        if outcome.problems:
            buttons.append((tr("Show details"), lambda: self._show_problems(outcome.problems)))
        tone = "warning" if outcome.problems else "success"
        self._notifier.show_message(_text_for(outcome), _title_for(outcome), tone, buttons)

    def _update_file_genres(self, task: TagTask) -> None:
        """Read the tags of written files again, so that the list shows the genres that are in them."""
        session = self._context.session
        try:
            paths = [path for path in self.tags.paths(task) if session.row_of(Path(path)) is not None]
        except AppError:  # the list keeps what it showed
            return

        def show(tags: list[CurrentTag]) -> None:
            session.set_file_genres({Path(tag.path): tag.genre for tag in tags if tag.problem is None})

        self._reader = self.tags.look(paths, show, lambda: None)

    def _undo_write(self, task: TagTask) -> None:
        self._notifier.show_message("")
        stack = self._context.undo
        if stack.index() and stack.command(stack.index() - 1) is self._commands.get(task):
            stack.undo()
        else:  # another command was executed since
            self.tags.restore(task)

    def _show_problems(self, problems: Sequence[dict[str, Any]]) -> None:
        from genre_desktop.ui.dialogs.text import TextDialog

        texts = [problem_text(Problem.from_document(found)) for found in problems]
        lines = [
            f"{found['path']}\n  {text.title}: {text.body}"
            for found, text in zip(problems, texts, strict=True)
        ]
        about = tr("These files were not changed.")
        TextDialog(self._window, tr("Skipped files"), about, "\n".join(lines)).open()

    def save_playlists(self) -> None:
        """Open the dialog that saves a playlist for each genre."""
        self._collector.gather(self._pages.analyse.model.shown, self._preview_playlists)

    def _preview_playlists(self, songs: list[TaggableSong]) -> None:
        from genre_desktop.ui.dialogs.playlists import PlaylistDialog

        if not songs:
            self._notifier.show_problem(Problem("nothing-answered"))
            return
        folder = common_folder(songs) or self._last_folder()
        dialog = PlaylistDialog(self._window, songs, self._context.settings, folder)
        dialog.chosen.connect(self._save_playlists)
        dialog.open()

    def _save_playlists(self, folder: Path, lists: tuple[Playlist, ...]) -> None:
        self.exporter.save_playlists(folder, lists)

    def _playlists_saved(self, paths: list[Path]) -> None:
        names = ", ".join(path.name for path in paths)
        title = plural(len(paths), "1 playlist was saved", "{n} playlists were saved")
        buttons = [folder_button(paths[0], self._notifier)]
        self._notifier.show_message(f"{names} · {paths[0].parent}", title, "success", buttons)

    def start_watching(self) -> None:
        """Watch the folders in the settings."""
        folders = self._context.settings[WATCHED]
        if folders or self.folder_watcher.folders:
            self.folder_watcher.set_folders(folders)

    def watch_folder(self) -> None:
        """Choose a folder and watch it."""
        title = tr("Watch a folder")
        chosen = QFileDialog.getExistingDirectory(self._window, title, self._last_folder())
        if chosen:
            self.add_watched(Path(chosen))

    def add_watched(self, folder: Path) -> None:
        """Watch a folder for new files, and show a button that analyses the existing ones."""
        settings = self._context.settings
        settings[WATCHED] = (*(known for known in settings[WATCHED] if known != str(folder)), str(folder))
        self.start_watching()
        self._context.changes.changed.emit(WATCHED)
        self._notifier.show_message(
            tr(
                "New files in this folder and its subfolders are analysed automatically while the window "
                "is open."
            ),
            tr("Now watching “{name}”", name=folder.name),
            "success",
            [
                (tr("Analyse existing files"), lambda: self._opener.open_paths([folder])),
                (tr("Watched folders…"), self._show_watched),
            ],
        )

    def _show_watched(self) -> None:
        from genre_desktop.ui.preferences.dialog import Preferences

        Preferences.open_for(self._window, self._context, "Files")

    def _setting_changed(self, key: str) -> None:
        if key == WATCHED:
            self.start_watching()
        elif key in REMEMBERED:
            self._context.session.remembering_changed()

    def _files_found(self, number: int) -> None:
        title = plural(number, "1 new file in a watched folder", "{n} new files in watched folders")
        self._notifier.toast(title, tr("Analysing…"), "watch")

    def _folder_lost(self, folder: str) -> None:
        self._notifier.show_problem(Problem("watched-folder-gone", folder=folder))

    def _folder_returned(self, folder: str) -> None:
        self._notifier.show_message(folder, tr("A watched folder is available again"), "success")


def _title_for(outcome: TagOutcome) -> str:
    if outcome.status == "cancelled":
        return tr("Cancelled; files written so far are kept")
    if outcome.job == RESTORE:
        return plural(outcome.written, "Tags of 1 file restored", "Tags of {n} files restored")
    return plural(outcome.written, "Tags written to 1 file", "Tags written to {n} files")


def _text_for(outcome: TagOutcome) -> str:
    sentences = []
    if outcome.unchanged:
        sentences.append(plural(outcome.unchanged, "1 was unchanged.", "{n} were unchanged."))
    if outcome.problems:
        sentences.append(plural(len(outcome.problems), "1 file was skipped.", "{n} files were skipped."))
    if outcome.job != RESTORE and outcome.task.batch:
        sentences.append(tr("The previous tags are saved: File › Restore earlier tags."))
    return " ".join(sentences)


def _file_name(name: str) -> str:
    """Return ``name`` without characters that file systems forbid."""
    return " ".join(re.sub(r"[^\w\-.,()]+", " ", name).split()).strip(".") or "picture"
