"""The preview of genre tags to write, and the list of earlier writes to restore."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QListWidget, QListWidgetItem, QProgressBar, QWidget

from genre_desktop.app.files.tag_editor import TagEditor, TagReader
from genre_desktop.app.i18n.time_format import moment
from genre_desktop.app.i18n.translate import count, plural, tr
from genre_desktop.core.settings import Settings
from genre_desktop.core.store.tag_history import TagBatch
from genre_desktop.core.tag_rules import CurrentTag, TaggableSong
from genre_desktop.ui.dialogs.tag_table import TagModel, TagTable
from genre_desktop.ui.widgets.dialog import Dialog
from genre_desktop.ui.widgets.factory import button, column, fill, label, row, set_accessible_name, spin_box


class TagDialog(Dialog):
    """Shows the present and the new genre of each file; ``chosen`` carries the ticked edits."""

    chosen = Signal(tuple)

    def __init__(
        self, parent: QWidget, editor: TagEditor, songs: Sequence[TaggableSong], settings: Settings
    ) -> None:
        super().__init__(parent, tr("Write genre tags"), (860, 560))
        self._settings, self._read = settings, 0
        self.model = TagModel(songs, int(settings["files.minimum"]) / 100)
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
        self._reader: TagReader = editor.look([song.path for song in songs], self._tags_read, self.bar.hide)
        self.finished.connect(lambda _result: self._reader.stop())

    def _build(self) -> None:
        set_accessible_name(self.bar, tr("Progress"))
        about = tr(
            "Only the genre in the ticked files’ tags changes; the audio is not changed. "
            "The current genres are saved; you can restore them at any time."
        )
        fill(
            column(self, margin=20, gap=12),
            label(tr("Write genre tags"), "title"),
            label(about, "muted", wrap=True),
            self._rules(),
            self.bar,
            (self.table, 1),
            fill(row(), (self._count, 1), button(tr("Cancel"), self.reject), self.go),
        )

    def _rules(self) -> QHBoxLayout:
        title = label(tr("Tick answers of at least"))
        title.setBuddy(self.minimum)
        set_accessible_name(self.minimum, title.text(), tr("Your own word is always ticked"))
        set_accessible_name(self.replace, self.replace.text())
        line = fill(row(), title, self.minimum)
        line.addSpacing(16)
        return fill(line, self.replace, 1)

    def _tags_read(self, tags: list[CurrentTag]) -> None:
        self._read += len(tags)
        self.bar.setValue(self._read)
        self.model.set_current(tags)

    def _rule_changed(self) -> None:
        self._settings["files.minimum"] = self.minimum.value()
        self.model.set_rule(self.minimum.value() / 100, replace=self.replace.isChecked())

    def _show_count(self) -> None:
        total = len(self.model.rows)
        reading = self._read < total
        ticked = 0 if reading else len(self.model.edits)
        text = tr("{n} of {total} files are ticked.", n=count(ticked), total=count(total))
        if reading:
            text = tr("Reading the tags: {n} of {total}.", n=count(self._read), total=count(total))
        self._count.setText(text)
        self.go.setText(plural(ticked, "Write one file", "Write {n} files"))
        set_accessible_name(self.go, self.go.text())
        self.go.setEnabled(ticked > 0 and not reading)

    def _write(self) -> None:
        edits = self.model.edits
        self.accept()
        self.chosen.emit(edits)


class RestoreDialog(Dialog):
    """Earlier writes, newest first; ``chosen`` carries the number of the batch to restore."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget, batches: Sequence[TagBatch]) -> None:
        super().__init__(parent, tr("Restore earlier tags"), (560, 400))
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
        about = tr("Nothing was written into files yet.")
        if batches:
            about = tr(
                "The genres that stood in the files before come back; what was changed since then stays."
            )
        fill(
            column(self, margin=20, gap=12),
            label(tr("Restore earlier tags"), "title"),
            label(about, "muted", wrap=True),
            (self.list, 1),
            fill(row(), 1, button(tr("Cancel"), self.reject), self.go),
        )

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
