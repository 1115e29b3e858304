"""The dialog with songs in an order by sound: how many, show them in the list, save them as a playlist."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QListWidget, QListWidgetItem, QWidget

from genre_desktop.app.analysis.rows import ResultRow
from genre_desktop.app.analysis.table_model import clock
from genre_desktop.app.i18n.genre_names import genre_name
from genre_desktop.app.i18n.translate import plural, tr
from genre_desktop.core import playlist
from genre_desktop.core.quoting.display import shown
from genre_desktop.core.quoting.file_names import file_names
from genre_desktop.ui.widgets.dialog import Dialog
from genre_desktop.ui.widgets.factory import button, column, fill, label, row, set_accessible_name, spin_box

LEAST, MOST = 3, 100


class SongListDialog(Dialog):
    """Songs in an order; the dialog lets the list be used meanwhile.

    ``number_changed`` carries how many songs are wanted, ``activated`` a song to play, ``listed`` the songs
    to show in the list, ``saved`` the path of a playlist and its songs.
    """

    number_changed = Signal(int)
    activated = Signal(object)
    listed = Signal(list)
    saved = Signal(object, list)

    def __init__(self, parent: QWidget, title: str, about: str, number: int, folder: str) -> None:
        super().__init__(parent, title, (560, 560))
        self._title, self._folder = title, folder
        self._rows: Sequence[ResultRow] = ()
        self.number = spin_box(LEAST, MOST, number)
        self.list = QListWidget()
        self._note = label("", "muted", wrap=True)
        self.show_button = button(tr("Show in list"), lambda: self.listed.emit(list(self._rows)))
        self.save_button = button(tr("Save playlist…"), self._save, "primary")
        self._build(about)
        self.number.valueChanged.connect(self._number_changed)
        self.list.itemActivated.connect(self._activate)
        self.wait()

    def wait(self) -> None:
        """Show that the songs are being found."""
        self._note.setText(tr("Comparing the songs of the list…"))
        self._enable(False)

    def show_songs(self, rows: Sequence[ResultRow], left_out: int) -> None:
        """Show songs in their order, and how many files of the list could not be compared."""
        self._rows = rows
        self.list.clear()
        for place, song in enumerate(rows, 1):
            item = QListWidgetItem(shown(f"{place}  {song.name} · {_about(song)}"))
            item.setData(Qt.ItemDataRole.UserRole, song)
            item.setToolTip(shown(song.location))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._note.setText(_note(len(rows), self.number.value(), left_out))
        self._enable(bool(rows))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Play the current song on Return in the list."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.focusWidget() is self.list:
            return  # the list has reported it
        super().keyPressEvent(event)

    def _build(self, about: str) -> None:
        set_accessible_name(self.number, tr("Number of songs"), tr("How many songs are shown and saved"))
        set_accessible_name(self.list, tr("Songs"), tr("Double-click or Return plays a song"))
        close = button(tr("Close"), self.reject)
        fill(
            column(self, margin=20, gap=12),
            label(self._title, "title", wrap=True),
            label(about, "muted", wrap=True),
            fill(row(), label(tr("Number of songs")), self.number, 1),
            (self.list, 1),
            self._note,
            fill(row(), 1, close, self.show_button, self.save_button),
        )
        self.set_keys(self.save_button, self.number)

    def _enable(self, on: bool) -> None:
        for each in (self.show_button, self.save_button):
            each.setEnabled(on)

    def _number_changed(self) -> None:
        self.number_changed.emit(self.number.value())

    def _activate(self, item: QListWidgetItem) -> None:
        self.activated.emit(item.data(Qt.ItemDataRole.UserRole))

    def _save(self) -> None:
        name = file_names([self._title], playlist.SUFFIX)[self._title]
        kinds = tr("Playlist") + f" (*{playlist.SUFFIX})"
        start = str(Path(self._folder) / name)
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Save playlist"), start, kinds)
        if chosen:
            path = Path(chosen)
            path = path if path.suffix.lower() == playlist.SUFFIX else Path(f"{path}{playlist.SUFFIX}")
            self.saved.emit(path, list(self._rows))


def _about(song: ResultRow) -> str:
    return " · ".join(filter(None, (genre_name(song.genre), clock(song.duration_s))))


def _note(found: int, wanted: int, left_out: int) -> str:
    sentences = []
    if found < wanted:
        sentences.append(
            plural(found, "The list has only one such song.", "The list has only {n} such songs.")
        )
    if left_out:
        sentences.append(
            plural(
                left_out,
                "1 file of the list was skipped: it contains no music, or its answer is not stored or was given without the music encoder.",
                "{n} files of the list were skipped: they contain no music, or their answers are not stored or were given without the music encoder.",
            )
        )
    return " ".join(sentences)
