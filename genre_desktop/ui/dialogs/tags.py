"""The preview of genres to be written into files, and the list of what can be put back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QWidget,
)

from genre_desktop.app.files.tag_editor import TagEditor, TagReader
from genre_desktop.app.i18n.time_format import moment
from genre_desktop.app.i18n.translate import count, plural, tr
from genre_desktop.core.settings import Settings
from genre_desktop.core.store.tag_history import TagBatch
from genre_desktop.core.tag_rules import CurrentTag, TaggableSong
from genre_desktop.ui.dialogs.tag_table import TagModel, TagTable
from genre_desktop.ui.widgets.factory import button, column, label, row, set_accessible_name, spin_box


class TagDialog(QDialog):
    """Shows what each file says and what it is to say; ``chosen`` carries the ticked edits."""

    chosen = Signal(tuple)

    def __init__(
        self, parent: QWidget, desk: TagEditor, songs: Sequence[TaggableSong], settings: Settings
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Write genre tags"))
        self.resize(860, 560)
        self._settings, self._looked = settings, 0
        self.model = TagModel(songs, self._minimum_set)
        self.table = TagTable(self.model)
        self.minimum = spin_box(0, 100, int(settings["files.minimum"]), " %")
        self.replace = QCheckBox(tr("Also replace genres that are there already"))
        self.bar = QProgressBar(textVisible=False, maximum=max(1, len(songs)))
        self._count = label("", "muted", wrap=True)
        self.go = button(tr("Write"), self._write, "primary")
        self._build()
        self.minimum.valueChanged.connect(self._rule_changed)
        self.replace.toggled.connect(self._rule_changed)
        self.model.counted.connect(self._show_count)
        self._show_count()
        self._look: TagReader = desk.look([song.path for song in songs], self._found, self.bar.hide)
        self.finished.connect(lambda _result: self._look.stop())

    @property
    def _minimum_set(self) -> float:
        return int(self._settings["files.minimum"]) / 100

    def _build(self) -> None:
        layout = column(self, margin=20, gap=12)
        layout.addWidget(label(tr("Write genre tags"), "title"))
        words = tr(
            "Only the genre in the ticked files’ tags changes, not a bit of the sound. "
            "What stands there now is kept, and can be put back today or later."
        )
        layout.addWidget(label(words, "muted", wrap=True))
        layout.addLayout(self._rules())
        set_accessible_name(self.bar, tr("Progress"))
        layout.addWidget(self.bar)
        layout.addWidget(self.table, 1)
        line = row(gap=8)
        line.addWidget(self._count, 1)
        line.addWidget(button(tr("Cancel"), self.reject))
        line.addWidget(self.go)
        layout.addLayout(line)

    def _rules(self) -> QHBoxLayout:
        line = row(gap=8)
        words = label(tr("Tick answers of at least"))
        words.setBuddy(self.minimum)
        set_accessible_name(
            self.minimum, tr("Tick answers of at least"), tr("Your own word is always ticked")
        )
        set_accessible_name(self.replace, self.replace.text())
        line.addWidget(words)
        line.addWidget(self.minimum)
        line.addSpacing(16)
        line.addWidget(self.replace)
        line.addStretch(1)
        return line

    def _found(self, found: list[CurrentTag]) -> None:
        self._looked += len(found)
        self.bar.setValue(self._looked)
        self.model.take(found)

    def _rule_changed(self) -> None:
        self._settings["files.minimum"] = self.minimum.value()
        self.model.set_rule(self.minimum.value() / 100, replace=self.replace.isChecked())

    def _show_count(self) -> None:
        total = len(self.model.rows)
        reading = self._looked < total
        ticked = 0 if reading else len(self.model.edits)
        words = tr("{n} of {total} files are ticked.", n=count(ticked), total=count(total))
        if reading:
            words = tr("Reading the tags: {n} of {total}.", n=count(self._looked), total=count(total))
        self._count.setText(words)
        self.go.setText(plural(ticked, "Write one file", "Write {n} files"))
        set_accessible_name(self.go, self.go.text())
        self.go.setEnabled(ticked > 0 and not reading)

    def _write(self) -> None:
        edits = self.model.edits
        self.accept()
        self.chosen.emit(edits)


class RestoreDialog(QDialog):
    """Earlier writes, newest first; ``chosen`` carries the number of the batch to put back."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget, batches: Sequence[TagBatch]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Restore earlier tags"))
        self.resize(560, 400)
        self.list = QListWidget()
        set_accessible_name(self.list, tr("Earlier writes"))
        for batch in batches:
            item = QListWidgetItem(_describe(batch))
            item.setData(Qt.ItemDataRole.UserRole, batch.id)
            item.setToolTip(batch.first)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(lambda _item: self._restore())
        self.go = button(tr("Put back"), self._restore, "primary")
        self.go.setEnabled(bool(batches))
        layout = column(self, margin=20, gap=12)
        layout.addWidget(label(tr("Restore earlier tags"), "title"))
        words = tr("The genres that stood in the files before come back; what was changed since then stays.")
        layout.addWidget(
            label(words if batches else tr("Nothing was written into files yet."), "muted", wrap=True)
        )
        layout.addWidget(self.list, 1)
        line = row(gap=8)
        line.addStretch(1)
        line.addWidget(button(tr("Cancel"), self.reject))
        line.addWidget(self.go)
        layout.addLayout(line)

    def _restore(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.accept()
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))


def _describe(batch: TagBatch) -> str:
    name, when = Path(batch.first).name, moment(batch.time)
    if batch.files == 1:
        return f"{when} · {name}"
    others = plural(batch.files - 1, "and one more file", "and {n} more files")
    return f"{when} · {name} {others}"
