"""Help › About: what this is, what it is made with, and the licences of that."""

from __future__ import annotations

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QListWidget, QWidget

from genre_desktop.app.background.task import BackgroundTask
from genre_desktop.app.i18n.translate import problem_text, tr
from genre_desktop.core import licences
from genre_desktop.core.errors import Problem
from genre_desktop.core.versions import versions
from genre_desktop.ui.dialogs.text import plain_text
from genre_desktop.ui.theme import icons
from genre_desktop.ui.widgets.factory import button, column, label, row, set_accessible_name

SHOWN = (
    "librosa", "av", "numpy", "scikit-learn", "imbalanced-learn", "xgboost-cpu", "xgboost", "mlflow-skinny",
    "mlflow", "skops", "optuna", "evidently", "apscheduler", "pyqtgraph",
)  # fmt: skip
"""The parts named in the dialog; the licences name all."""


class About(QDialog):
    """Name, version, versions of the parts, and the way to the licences."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("About Genre Desktop"))
        self.setMinimumWidth(520)
        self._versions = versions()
        layout = column(self, margin=24, gap=16)
        layout.addLayout(self._head())
        words = tr("Tells what genre your music is. Everything happens on this computer.")
        layout.addWidget(label(words, wrap=True))
        layout.addLayout(self._parts())
        words = tr("Free software under the MIT licence; its parts have licences of their own.")
        layout.addWidget(label(words, "muted", wrap=True))
        layout.addStretch(1)
        layout.addLayout(self._buttons())

    def _head(self) -> QHBoxLayout:
        picture = QLabel()
        picture.setPixmap(icons.pixmap("genre-desktop", 56, "", 2.0))
        line = row(gap=16)
        line.addWidget(picture)
        words = column(gap=0)
        words.addWidget(label("Genre Desktop", "title"))
        version = tr("Version {version}", version=self._versions["genre-desktop"])
        words.addWidget(label(version, "muted", select=True))
        line.addLayout(words, 1)
        return line

    def _parts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        named = {"Python": self._versions["python"], "Qt": qVersion()}
        named |= {name: self._versions[name] for name in SHOWN if name in self._versions}
        half = (len(named) + 1) // 2
        for place, (name, version) in enumerate(named.items()):
            line, side = place % half, 2 * (place // half)
            grid.addWidget(label(name), line, side)
            grid.addWidget(label(version, "muted", select=True), line, side + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        return grid

    def _buttons(self) -> QHBoxLayout:
        line = row(gap=8)
        tip = tr("Whose work is in this program, and under which licences")
        line.addWidget(button(tr("Licences…"), lambda: Licences(self).open(), "", tip))
        tip = tr("Copy the versions of all parts")
        line.addWidget(button(tr("Copy versions"), self.copy, "", tip))
        line.addStretch(1)
        close = button(tr("Close"), self.close, "primary")
        close.setDefault(True)
        line.addWidget(close)
        return line

    def copy(self) -> None:
        """Copy the versions of all parts."""
        words = "\n".join(f"{name} {version}" for name, version in self._versions.items())
        QGuiApplication.clipboard().setText(words)


class Licences(QDialog):
    """The parts on the left, the licence of the chosen one on the right."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Licences"))
        self.resize(940, 620)
        self.chapters: list[tuple[str, str]] = []
        self.parts, self.text = QListWidget(), plain_text(tr("Licence"))
        set_accessible_name(self.parts, tr("Parts"), tr("What this program is made with"))
        self._build()
        self.parts.currentRowChanged.connect(self._show)
        self.text.setPlainText(tr("Reading the licences…"))
        self._errand = BackgroundTask(licences.text, "licences", self)
        self._errand.done.connect(self._came)
        self._errand.failed.connect(self._failed)
        self.finished.connect(lambda _result: self._errand.close())
        self._errand.start()

    def _build(self) -> None:
        layout = column(self, margin=20, gap=12)
        layout.addWidget(label(tr("Licences"), "title"))
        words = tr("This program is made with the work of others. These are their licences, word by word.")
        layout.addWidget(label(words, "muted", wrap=True))
        across = row(gap=12)
        self.parts.setFixedWidth(260)
        across.addWidget(self.parts)
        across.addWidget(self.text, 1)
        layout.addLayout(across, 1)
        line = row(gap=8)
        words = tr("Copy this licence")
        line.addWidget(
            button(
                tr("Copy"), lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()), "", words
            )
        )
        line.addStretch(1)
        line.addWidget(button(tr("Close"), self.close, "primary"))
        layout.addLayout(line)

    def _came(self, text: str) -> None:
        self.chapters = licences.chapters(text)
        self.parts.addItems([heading for heading, _ in self.chapters])
        if self.chapters:
            self.parts.item(0).setText(tr("All parts"))
        self.parts.setCurrentRow(0)

    def _failed(self, problem: Problem) -> None:
        text = problem_text(problem)
        self.text.setPlainText(f"{text.title}: {text.body}")

    def _show(self, place: int) -> None:
        if 0 <= place < len(self.chapters):
            self.text.setPlainText(self.chapters[place][1])
