"""Help › About: version, components and their licences."""

from __future__ import annotations

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QListWidget, QWidget

from genre_desktop.app.background.task import BackgroundTask
from genre_desktop.app.i18n.translate import problem_text, tr
from genre_desktop.audio.sandbox import pool
from genre_desktop.core import licences
from genre_desktop.core.errors import Problem
from genre_desktop.core.versions import versions
from genre_desktop.ui.fitting.wrap_row import WrapRow
from genre_desktop.ui.theme import icons
from genre_desktop.ui.widgets.dialog import Dialog, dialog_buttons
from genre_desktop.ui.widgets.factory import (
    button,
    column,
    copy_text,
    fill,
    label,
    plain_text,
    row,
    set_accessible_name,
)

SHOWN = (
    "librosa", "av", "numpy", "scikit-learn", "imbalanced-learn", "xgboost-cpu", "xgboost", "mlflow-skinny",
    "mlflow", "skops", "optuna", "evidently", "apscheduler", "pyqtgraph",
)  # fmt: skip
"""The components shown in the dialog; the licences name all of them."""


def _protection() -> str:
    """Describe how files are kept from reaching anything else while they are read."""
    found = pool.expected()
    if not (found.landlock or found.seccomp):
        return tr("separate process, no sandbox")
    return str(found)


class About(Dialog):
    """Name, version, versions of the components, and a button for the licences."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, tr("About Genre Desktop"), (520, 400))
        self._versions = versions()
        summary = tr("Identifies the genre of your music. All data stays on this computer.")
        licence = tr("Free software under the MIT licence; its components have their own licences.")
        self.arrange(
            self._head(),
            label(summary, wrap=True),
            self._components(),
            label(licence, "muted", wrap=True),
            label(
                tr("Process that reads files: {protection}", protection=_protection()),
                "muted",
                wrap=True,
                select=True,
            ),
            1,
            buttons=self._buttons(),
            gap=16,
        )
        self.set_keys(self._close)

    def _head(self) -> QHBoxLayout:
        picture = QLabel()
        picture.setPixmap(icons.pixmap("genre-desktop", 56, "", 2.0))
        version = tr("Version {version}", version=self._versions["genre-desktop"])
        names = fill(column(gap=0), label("Genre Desktop", "title"), label(version, "muted", select=True))
        return fill(row(gap=16), picture, (names, 1))

    def _components(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        named = {"Python": self._versions["python"], "Qt": qVersion()}
        named |= {name: self._versions[name] for name in SHOWN if name in self._versions}
        half = (len(named) + 1) // 2
        for index, (name, version) in enumerate(named.items()):
            line, side = index % half, 2 * (index // half)
            grid.addWidget(label(name), line, side)
            grid.addWidget(label(version, "muted", select=True), line, side + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        return grid

    def _buttons(self) -> WrapRow:
        self._close = button(tr("Close"), self.close, "primary")
        tip = tr("Components of this program and their licences")
        licences_button = button(tr("Licences…"), lambda: Licences(self).open(), "", tip)
        copy = button(tr("Copy versions"), self.copy, "", tr("Copy the versions of all components"))
        return dialog_buttons(self._close, left=(licences_button, copy))

    def copy(self) -> None:
        """Copy the versions of all components."""
        lines = (f"{name} {version}" for name, version in self._versions.items())
        copy_text("\n".join(lines))


class Licences(Dialog):
    """The components on the left, the licence of the selected one on the right."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, tr("Licences"), (940, 620))
        self.chapters: list[tuple[str, str]] = []
        self.parts, self.text = QListWidget(), plain_text(tr("Licence"))
        set_accessible_name(self.parts, tr("Components"), tr("Components of this program"))
        self._build()
        self.parts.currentRowChanged.connect(self._show)
        self.text.setPlainText(tr("Loading the licences…"))
        self._task = BackgroundTask(licences.text, "licences", self)
        self._task.done.connect(self._show_parts)
        self._task.failed.connect(self._show_problem)
        self.finished.connect(lambda _result: self._task.close())
        self._task.start()

    def _build(self) -> None:
        about = tr(
            "This program contains the following components. The text of each licence is shown in full."
        )
        copy = button(tr("Copy"), self._copy, "", tr("Copy this licence"))
        close = button(tr("Close"), self.close, "primary")
        line = WrapRow(gap=12)
        line.add(self.parts, 2, letters=24)
        line.add(self.text, 5, letters=44)
        self.arrange(
            label(tr("Licences"), "title"),
            label(about, "muted", wrap=True),
            (line, 1),
            buttons=dialog_buttons(close, left=[copy]),
        )
        self.set_keys(close, self.parts)

    def _copy(self) -> None:
        copy_text(self.text.toPlainText())

    def _show_parts(self, text: str) -> None:
        self.chapters = licences.chapters(text)
        self.parts.addItems([heading for heading, _ in self.chapters])
        if self.chapters:
            self.parts.item(0).setText(tr("All components"))
        self.parts.setCurrentRow(0)

    def _show_problem(self, problem: Problem) -> None:
        text = problem_text(problem)
        self.text.setPlainText(f"{text.title}: {text.body}")

    def _show(self, chapter: int) -> None:
        if 0 <= chapter < len(self.chapters):
            self.text.setPlainText(self.chapters[chapter][1])
