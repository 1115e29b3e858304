"""The preview of what a contribution sends: every row that would leave, and what never does."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QTableView, QWidget

from genre_desktop.app.i18n.translate import decimal, mark, plural, tr
from genre_desktop.app.jobs.job_text import server_name
from genre_desktop.core.quoting.display import shown
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.dialog import Dialog, dialog_buttons
from genre_desktop.ui.widgets.factory import button, label, set_accessible_name
from genre_desktop.ui.widgets.message_bar import MessageBar
from genre_desktop.ui.widgets.table_fit import TableFit, set_up_table

Index = QModelIndex | QPersistentModelIndex

COLUMNS = (mark("Genre"), mark("Recording"), mark("Group"), mark("Windows"), mark("Length"), mark("Features"))
SIZE = (980, 560)
"""Size in pixels at 100 % text, where a line has this height."""
NEVER = mark(
    "Never sent: audio, paths, file names, titles, artists and albums. A recording and its artist are "
    "identified by numbers that only your team can compare."
)


class ContributionDialog(Dialog):
    """Shows the file of a ``contribute-preview`` job; ``chosen`` carries the digest of what was shown."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, theme: Theme, file: Path) -> None:
        """Read the file; raises ``OSError`` or ``ValueError``."""
        super().__init__(parent, tr("Contribute corrections"), SIZE)
        self._file = file
        document = json.loads(file.read_text("utf-8"))
        self._digest = str(document["digest"])
        self.model = RowsModel(document)
        self.table = QTableView()
        self.table.setModel(self.model)
        set_accessible_name(self.table, tr("Rows to send"))
        self.table.setProperty("kind", "rows")
        set_up_table(self.table)
        TableFit(self.table, {0: 96, 1: 292, 3: 70, 4: 70, 5: 74}, row_height=30, rest=250)
        self.save = button(tr("Save preview…"), self._save, "", tr("Save all rows to a text file"))
        self.cancel = button(tr("Cancel"), self.reject)
        self.go = button(tr("Send"), self._send, "primary")
        self.notice = MessageBar(theme, on_close=lambda: None)
        self.notice.hide()
        self.arrange(
            label(tr("Contribute corrections"), "title"),
            label(_about(document), "muted", wrap=True),
            (self.table, 1),
            label(tr(NEVER), wrap=True),
            self.notice,
            buttons=dialog_buttons(self.cancel, self.go, left=[self.save]),
        )
        self.set_keys(self.cancel, self.table)  # Return sends nothing

    def _send(self) -> None:
        self.accept()
        self.chosen.emit(self._digest)

    def _save(self) -> None:
        suggested = str(Path.home() / "contribution.json")
        path, _ = QFileDialog.getSaveFileName(self, tr("Save preview"), suggested, "JSON (*.json)")
        if not path:
            return
        try:
            shutil.copyfile(self._file, path)
        except OSError as error:
            self.notice.show_message(str(error), tr("The file could not be saved"), "danger")


class RowsModel(QAbstractTableModel):
    """The rows of a preview as text, exactly as they would leave."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        super().__init__()
        version = str(document["feature_version"])
        self._rows = [
            (
                str(one["label"]),
                str(one["recording"]),
                str(one["group"]),
                str(one["windows"]),
                f"{decimal(one['duration_s'])} s",
                tr("version {version}", version=version),
            )
            for one in document["rows"]
        ]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of clips."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Return a heading."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a text."""
        text = shown(self._rows[index.row()][index.column()])
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{tr(COLUMNS[index.column()])}: {text}"
        return None


def _about(document: Mapping[str, Any]) -> str:
    clips = plural(int(document["clips"]), "1 corrected clip", "{n} corrected clips")
    windows = plural(int(document["windows"]), "1 row of features", "{n} rows of features")
    text = tr(
        "{clips} with {windows} ({size} MB) will be sent to {server} and replace earlier contributions of this computer.",
        clips=clips,
        windows=windows,
        size=decimal(int(document["bytes"]) / 1e6),
        server=server_name(str(document["server"])),
    )
    left_out = int(document["left_out"])
    if not left_out:
        return text
    return f"{text} " + plural(left_out, "1 clip cannot be sent.", "{n} clips cannot be sent.")
