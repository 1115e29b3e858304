"""Where the playlists go, which there will be, and how sure an answer must be to get in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QListWidget, QWidget

from genre_desktop.app.i18n.translate import plural, tr
from genre_desktop.core import playlist
from genre_desktop.core.playlist import PlaylistPlan
from genre_desktop.core.settings import Settings
from genre_desktop.core.tag_rules import TaggableSong
from genre_desktop.ui.widgets.factory import button, column, label, row, set_accessible_name, spin_box


class PlaylistDialog(QDialog):
    """``chosen`` carries the folder and the playlists."""

    chosen = Signal(object, tuple)

    def __init__(
        self, parent: QWidget, songs: Sequence[TaggableSong], settings: Settings, folder: str
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Save playlists"))
        self.resize(560, 480)
        self._songs, self._settings = songs, settings
        self.folder = QLineEdit(folder)
        self.minimum = spin_box(0, 100, int(settings["files.minimum"]), " %")
        self.list = QListWidget()
        self._left_out = label("", "muted", wrap=True)
        self.go = button(tr("Save"), self._save, "primary")
        self._build()
        self.folder.textChanged.connect(self._show)
        self.minimum.valueChanged.connect(self._rule_changed)
        self._show()

    @property
    def plan(self) -> PlaylistPlan:
        """What would be written now."""
        return playlist.plan(self._songs, self.minimum.value() / 100)

    def _build(self) -> None:
        set_accessible_name(
            self.folder,
            tr("Folder for the playlists"),
            tr("Playlists that lie there under the same names are replaced"),
        )
        set_accessible_name(
            self.minimum, tr("Songs with answers of at least"), tr("Your own word always counts")
        )
        set_accessible_name(self.list, tr("Playlists"))
        self.list.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        layout = column(self, margin=20, gap=12)
        layout.addWidget(label(tr("Save playlists"), "title"))
        words = tr("One playlist (M3U8) for each genre, in the order of the list. Corrected genres count.")
        layout.addWidget(label(words, "muted", wrap=True))
        where = row(gap=8)
        where.addWidget(label(tr("Folder")))
        where.addWidget(self.folder, 1)
        where.addWidget(button(tr("Choose…"), self._choose))
        layout.addLayout(where)
        rule = row(gap=8)
        rule.addWidget(label(tr("Songs with answers of at least")))
        rule.addWidget(self.minimum)
        rule.addStretch(1)
        layout.addLayout(rule)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._left_out)
        line = row(gap=8)
        line.addStretch(1)
        line.addWidget(button(tr("Cancel"), self.reject))
        line.addWidget(self.go)
        layout.addLayout(line)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Folder for the playlists"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def _rule_changed(self) -> None:
        self._settings["files.minimum"] = self.minimum.value()
        self._show()

    def _show(self) -> None:
        plan, folder = self.plan, Path(self.folder.text())
        there = self.folder.text().strip() != "" and folder.is_dir()
        self.list.clear()
        for found in plan.lists:
            words = plural(len(found.songs), "one song", "{n} songs")
            if there and (folder / found.file).exists():
                words = tr("{songs}, replaces the one that is there", songs=words)
            self.list.addItem(f"{found.file} · {words}")
        self._left_out.setText(self._words_for(plan, there))
        self.go.setEnabled(bool(plan.lists) and there)

    def _words_for(self, plan: PlaylistPlan, there: bool) -> str:
        words = []
        if not there:
            words.append(tr("Choose a folder that is there."))
        if plan.unsure:
            words.append(
                plural(plan.unsure, "One song is not sure enough.", "{n} songs are not sure enough.")
            )
        if plan.unnameable:
            words.append(
                plural(
                    plan.unnameable,
                    "One file has a name that no playlist can hold.",
                    "{n} files have names that no playlist can hold.",
                )
            )
        return " ".join(words)

    def _save(self) -> None:
        folder, lists = Path(self.folder.text()), self.plan.lists
        self.accept()
        self.chosen.emit(folder, lists)
