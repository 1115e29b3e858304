"""The commands that compare the list by sound: songs like the selected ones, and a path between two."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from genre_desktop.app.analysis.rows import ResultRow
from genre_desktop.app.files.exporter import Exporter
from genre_desktop.app.files.song_collector import songs_of
from genre_desktop.app.i18n.translate import plural, tr
from genre_desktop.app.jobs.sound_jobs import PATH, SIMILAR, FoundSongs, SoundJob
from genre_desktop.core.errors import Problem
from genre_desktop.core.playlist import common_folder, of_songs
from genre_desktop.core.quoting.display import shown
from genre_desktop.ui.context import AppContext
from genre_desktop.ui.dialogs.song_list import MOST, SongListDialog
from genre_desktop.ui.external import music_folder
from genre_desktop.ui.window.page_stack import PageStack

SIMILAR_SONGS, PATH_SONGS = 25, 12
"""Songs that are shown at first."""
_TYPING_MS = 500
"""Delay after the last change of a number before another path is searched."""


class SoundActions:
    """Opens the dialogs of one window; each has a job of its own, which ends with it."""

    def __init__(self, window: QWidget, context: AppContext, pages: PageStack, exporter: Exporter) -> None:
        self._window, self._context, self._pages, self._exporter = window, context, pages, exporter

    def more_like_this(self) -> None:
        """Show the songs most like the selected ones."""
        seeds = self._pages.analyse.table.selected
        name = seeds[0].name if len(seeds) == 1 else plural(len(seeds), "1 song", "{n} songs")
        dialog = self._open(
            tr("More like {name}", name=shown(name)),
            tr("The songs of the list that sound most similar, most similar first; of copies only one."),
            SIMILAR_SONGS,
        )
        found: list[FoundSongs] = []
        job = self._job(SIMILAR, dialog)

        def show(_number: int = 0) -> None:
            if found:
                dialog.show_songs(found[0].rows[: dialog.number.value()], found[0].left_out + self._left_out)

        def arrived(songs: FoundSongs) -> None:
            found[:] = [songs]
            show()

        job.found.connect(arrived)
        dialog.number_changed.connect(show)
        job.ask(self._pages.analyse.model.music, seeds, MOST)

    def path_between(self) -> None:
        """Show a path of songs between the two selected ones; it ends at the current one."""
        seeds = self._ends()
        if len(seeds) != 2:
            self._context.notifier.show_problem(Problem("two-songs-needed"))
            return
        dialog = self._open(
            tr("From {first} to {last}", first=shown(seeds[0].name), last=shown(seeds[1].name)),
            tr("A path in small steps: each song sounds similar to the one before and the one after it."),
            PATH_SONGS,
        )
        job = self._job(PATH, dialog)
        timer = QTimer(dialog, singleShot=True, interval=_TYPING_MS)

        def ask() -> None:
            dialog.wait()
            job.ask(self._pages.analyse.model.music, seeds, dialog.number.value())

        job.found.connect(lambda songs: dialog.show_songs(songs.rows, songs.left_out + self._left_out))
        timer.timeout.connect(ask)
        dialog.number_changed.connect(lambda _number: timer.start())
        ask()

    @property
    def _left_out(self) -> int:
        """Files of the list that are not compared at all: without a genre, or without a stored answer."""
        model = self._pages.analyse.model
        return model.total - sum(1 for row in model.music if row.prediction_id is not None)

    def _ends(self) -> list[ResultRow]:
        table = self._pages.analyse.table
        if table.chosen != 2:
            return []
        current = self._pages.analyse.current
        return sorted(table.selected, key=lambda row: row is current)

    def _open(self, title: str, about: str, number: int) -> SongListDialog:
        analyse = self._pages.analyse
        folder = common_folder(songs_of(analyse.table.selected)) or music_folder()
        dialog = SongListDialog(self._window, title, about, number, folder)
        dialog.listed.connect(analyse.show_first)
        dialog.activated.connect(analyse.play_row)
        dialog.saved.connect(self._save)
        dialog.show()
        return dialog

    def _job(self, name: str, dialog: SongListDialog) -> SoundJob:
        job = SoundJob(self._context.jobs, name, dialog)

        def failed(problem: Problem | None) -> None:
            dialog.close()
            if problem is not None:
                self._context.notifier.show_problem(problem)

        job.failed.connect(failed)
        dialog.finished.connect(job.cancel)
        return job

    def _save(self, path: Path, rows: Sequence[ResultRow]) -> None:
        playlist = of_songs(path.stem, path.name, songs_of(rows))
        self._exporter.save_playlists(path.parent, (playlist,))
        unnameable = len(rows) - len(playlist.songs)
        if unnameable:
            text = plural(
                unnameable,
                "1 file has a name that a playlist cannot contain.",
                "{n} files have names that a playlist cannot contain.",
            )
            self._context.notifier.toast(tr("Save playlist"), text, "playlist")
