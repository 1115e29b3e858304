"""The preview of tags to write, and the list of earlier writes to restore."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem, QProgressBar, QWidget

from genre_desktop.app.files.tag_editor import TagEditor, TagReader
from genre_desktop.app.i18n.time_format import moment
from genre_desktop.app.i18n.translate import count, plural, tr
from genre_desktop.core.quoting.display import shown
from genre_desktop.core.settings import Settings
from genre_desktop.core.store.tag_history import TagBatch
from genre_desktop.core.tag_rules import CurrentTag, TaggableSong, TagRule
from genre_desktop.ui.dialogs.tag_table import TagModel, TagTable
from genre_desktop.ui.fitting.wrap_row import RIGHT, WrapRow
from genre_desktop.ui.widgets.dialog import Dialog, dialog_buttons
from genre_desktop.ui.widgets.factory import button, label, set_accessible_name, spin_box


class TagDialog(Dialog):
    """Shows the present and the new tags of each file; ``chosen`` carries the ticked edits."""

    chosen = Signal(tuple)

    def __init__(
        self, parent: QWidget, editor: TagEditor, songs: Sequence[TaggableSong], settings: Settings
    ) -> None:
        super().__init__(parent, tr("Write genre tags"), (960, 580))
        self._settings, self._read = settings, 0
        self.minimum = spin_box(0, 100, int(settings["files.minimum"]), " %")
        self.replace = QCheckBox(tr("Replace existing genres"))
        self.styles = QCheckBox(tr("Add styles from tags"))
        self.styles.setChecked(settings["files.styles"])
        self.moods = QCheckBox(tr("Write moods"))
        self.moods.setChecked(settings["files.moods"])
        self.tempo_key = QCheckBox(tr("Write tempo and key"))
        self.tempo_key.setChecked(settings["files.tempo_key"])
        self.tempo_key.setEnabled(any(song.bpm or song.key for song in songs))
        self.styles.setEnabled(any(song.styles for song in songs))
        self.moods.setEnabled(any(song.moods for song in songs))
        self.model = TagModel(songs, self._rule)
        self.table = TagTable(self.model)
        self.bar = QProgressBar(textVisible=False, maximum=max(1, len(songs)))
        self._count = label("", "muted", wrap=True)
        self.go = button(tr("Write"), self._write, "primary")
        self._build()
        self.minimum.valueChanged.connect(self._rule_changed)
        for box in (self.replace, self.styles, self.moods, self.tempo_key):
            box.toggled.connect(self._rule_changed)
        self.table.show_fields(self._rule)
        self.model.counted.connect(self._show_count)
        self._show_count()
        self._reader: TagReader = editor.look([song.path for song in songs], self._tags_read, self.bar.hide)
        self.finished.connect(lambda _result: self._reader.stop())

    def _build(self) -> None:
        set_accessible_name(self.bar, tr("Progress"))
        about = tr(
            "Only the fields shown here change in the selected files’ tags; the audio is not changed. The "
            "current values are saved; you can restore them at any time."
        )
        self.table.setProperty("kind", "rows")
        buttons = WrapRow(at=RIGHT)
        buttons.add(self._count, 1, letters=20)
        for each in (button(tr("Cancel"), self.reject), self.go):
            buttons.add(each)
        self.arrange(
            label(tr("Write genre tags"), "title"),
            label(about, "muted", wrap=True),
            self._rules(),
            WrapRow(self.styles, self.moods, self.tempo_key, gap=16),
            self.bar,
            (self.table, 1),
            buttons=buttons,
        )
        self.set_keys(self.go, self.table)

    def _rules(self) -> WrapRow:
        title = label(tr("Select answers with a confidence of at least"), wrap=True)
        title.setBuddy(self.minimum)
        set_accessible_name(self.minimum, title.text(), tr("Your corrections are always selected"))
        set_accessible_name(self.replace, self.replace.text())
        set_accessible_name(
            self.styles, self.styles.text(), tr("Several genres in each file: the genre, then its styles")
        )
        set_accessible_name(
            self.moods, self.moods.text(), tr("Written into the mood tag that media players read")
        )
        set_accessible_name(
            self.tempo_key,
            self.tempo_key.text(),
            tr(
                "Whole beats per minute, and the key such as F#m; values in the file stay unless they are replaced"
            ),
        )
        first = WrapRow()
        first.add(title, letters=44)
        first.add(self.minimum)
        return WrapRow(first, self.replace, gap=24)

    def _tags_read(self, tags: list[CurrentTag]) -> None:
        self._read += len(tags)
        self.bar.setValue(self._read)
        self.model.set_current(tags)

    @property
    def _rule(self) -> TagRule:
        return TagRule(
            self.minimum.value() / 100,
            replace=self.replace.isChecked(),
            styles=self.styles.isChecked(),
            moods=self.moods.isChecked(),
            tempo_key=self.tempo_key.isChecked(),
        )

    def _rule_changed(self) -> None:
        values = {
            "files.minimum": self.minimum.value(),
            "files.styles": self.styles.isChecked(),
            "files.moods": self.moods.isChecked(),
            "files.tempo_key": self.tempo_key.isChecked(),
        }
        for key, value in values.items():
            if self._settings[key] != value:
                self._settings[key] = value
        self.table.show_fields(self._rule)
        self.model.set_rule(self._rule)

    def _show_count(self) -> None:
        total = len(self.model.rows)
        reading = self._read < total
        ticked = 0 if reading else len(self.model.edits)
        text = tr("{n} of {total} files are selected.", n=count(ticked), total=count(total))
        if reading:
            text = tr("Reading the tags: {n} of {total}.", n=count(self._read), total=count(total))
        self._count.setText(text)
        self.go.setText(plural(ticked, "Write 1 file", "Write {n} files"))
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
            item = QListWidgetItem(shown(_describe(batch)))
            item.setData(Qt.ItemDataRole.UserRole, batch.id)
            item.setToolTip(shown(batch.first))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.itemDoubleClicked.connect(lambda _item: self._restore())
        self.go = button(tr("Restore"), self._restore, "primary")
        self.go.setEnabled(bool(batches))
        about = tr("No tags have been written yet.")
        if batches:
            about = tr(
                "Restores the tags that the files had before. Later changes by other programs are kept."
            )
        self.arrange(
            label(tr("Restore earlier tags"), "title"),
            label(about, "muted", wrap=True),
            (self.list, 1),
            buttons=dialog_buttons(button(tr("Cancel"), self.reject), self.go),
        )
        self.set_keys(self.go, self.list)

    def _restore(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.accept()
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))


def _describe(batch: TagBatch) -> str:
    name, when = Path(batch.first).name, moment(batch.time)
    if batch.files == 1:
        return f"{when} · {name}"
    others = plural(batch.files - 1, "and 1 more file", "and {n} more files")
    return f"{when} · {name} {others}"
