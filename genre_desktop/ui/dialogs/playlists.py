"""The dialog for saving playlists: folder, least confidence, and a preview of the playlists."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QListWidget, QWidget

from genre_desktop.app.i18n.translate import plural, tr
from genre_desktop.core import playlist
from genre_desktop.core.playlist import PlaylistPlan
from genre_desktop.core.quoting.display import shown
from genre_desktop.core.settings import Settings
from genre_desktop.core.tag_rules import TaggableSong
from genre_desktop.ui.fitting.wrap_row import WrapRow
from genre_desktop.ui.widgets.dialog import Dialog, dialog_buttons
from genre_desktop.ui.widgets.factory import button, label, set_accessible_name, spin_box


class PlaylistDialog(Dialog):
    """``chosen`` carries the folder and the playlists."""

    chosen = Signal(object, tuple)

    def __init__(
        self, parent: QWidget, songs: Sequence[TaggableSong], settings: Settings, folder: str
    ) -> None:
        super().__init__(parent, tr("Save playlists"), (560, 480))
        self._songs, self._settings = songs, settings
        self.folder = QLineEdit(folder)
        self.minimum = spin_box(0, 100, int(settings["files.minimum"]), " %")
        self.list = QListWidget()
        self._left_out = label("", "muted", wrap=True)
        self.go = button(tr("Save"), self._save, "primary")
        self._build()
        self.folder.textChanged.connect(self._show)
        self.minimum.valueChanged.connect(self._minimum_changed)
        self._show()

    @property
    def plan(self) -> PlaylistPlan:
        """The playlists for the present choices."""
        return playlist.plan(self._songs, self.minimum.value() / 100)

    def _build(self) -> None:
        set_accessible_name(
            self.folder,
            tr("Folder for the playlists"),
            tr("Playlists with the same names in this folder are replaced"),
        )
        set_accessible_name(
            self.minimum, tr("Minimum confidence"), tr("Your corrections are always included")
        )
        set_accessible_name(self.list, tr("Playlists"))
        self.list.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        about = tr("One playlist (M3U8) for each genre, in the order of the list. Your corrections are used.")
        choose = button(tr("Choose…"), self._choose)
        folder = WrapRow(label(tr("Folder")))
        folder.add(self.folder, 1)
        folder.add(choose)
        self.arrange(
            label(tr("Save playlists"), "title"),
            label(about, "muted", wrap=True),
            folder,
            WrapRow(label(tr("Minimum confidence")), self.minimum),
            (self.list, 1),
            self._left_out,
            buttons=dialog_buttons(button(tr("Cancel"), self.reject), self.go),
        )
        self.set_keys(self.go, self.folder)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Folder for the playlists"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def _minimum_changed(self) -> None:
        self._settings["files.minimum"] = self.minimum.value()
        self._show()

    def _show(self) -> None:
        plan, folder = self.plan, Path(self.folder.text())
        usable = self.folder.text().strip() != "" and folder.is_absolute() and _may_exist(folder)
        exists = usable and folder.is_dir()
        self.list.clear()
        for found in plan.lists:
            songs = plural(len(found.songs), "1 song", "{n} songs")
            if exists and (folder / found.file).exists():
                songs = tr("{songs}, replaces the existing playlist", songs=songs)
            self.list.addItem(shown(f"{found.file} · {songs}"))
        self._left_out.setText(_left_out_text(plan, _about_folder(exists, usable)))
        self.go.setEnabled(bool(plan.lists) and usable)

    def _save(self) -> None:
        folder, lists = Path(self.folder.text()), self.plan.lists
        self.accept()
        self.chosen.emit(folder, lists)


def _may_exist(folder: Path) -> bool:
    """Return whether a folder is one or could be created: its nearest existing ancestor is a folder."""
    try:
        return next((each for each in (folder, *folder.parents) if each.exists()), folder).is_dir()
    except OSError:  # a name that is too long, for example
        return False


def _about_folder(exists: bool, usable: bool) -> str:
    if not usable:
        return tr("This is no folder.")
    return "" if exists else tr("This folder will be created.")


def _left_out_text(plan: PlaylistPlan, about_folder: str) -> str:
    sentences = [about_folder] if about_folder else []
    if plan.unsure:
        sentences.append(
            plural(plan.unsure, "1 song is below this confidence.", "{n} songs are below this confidence.")
        )
    if plan.unnameable:
        sentences.append(
            plural(
                plan.unnameable,
                "1 file has a name that a playlist cannot contain.",
                "{n} files have names that a playlist cannot contain.",
            )
        )
    return " ".join(sentences)
