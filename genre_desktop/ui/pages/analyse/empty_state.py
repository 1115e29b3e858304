"""The introduction shown while the list is empty."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from genre_desktop.app.i18n.translate import mark, tr
from genre_desktop.ui.fitting.scroll import Contents
from genre_desktop.ui.fitting.wrap_row import CENTRE, WrapRow
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import action_button, column, label, row

_STEPS = (
    ("open-folder", mark("Add"), mark("Songs, albums, folders or videos.")),
    (
        "analyse",
        mark("Analyse"),
        mark("Each song is analysed in windows, so you see where its genre changes."),
    ),
    ("done", mark("Explore"), mark("The genre, its confidence and the alternatives.")),
)

_LETTERS = 18
"""Letters in a line of a step."""


class EmptyState(Contents):
    """Explains the first steps; buttons for ``file.open``, ``file.folder``, ``file.demo`` and ``live.check``."""

    def __init__(self, theme: Theme, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        outer = column(self, margin=24, gap=24)
        outer.addStretch(1)
        middle = row(gap=0)
        middle.addStretch(1)
        middle.addWidget(_Card(theme, actions), 8)
        middle.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(1)
        outer.addWidget(
            label(tr("All data stays on this computer."), "caption"), alignment=Qt.AlignmentFlag.AlignHCenter
        )


class _Card(QWidget):
    def __init__(self, theme: Theme, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self._theme = theme
        self.setMaximumWidth(760)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        layout = column(self, margin=40, gap=8)
        self._picture = _centred(QLabel())
        layout.addWidget(self._picture)
        layout.addSpacing(8)
        layout.addWidget(_centred(label(tr("Drop music here"), "title")))
        formats = label(
            tr("WAV, MP3, FLAC, M4A, OGG, Opus and audio from videos; single songs or whole folders."),
            "muted",
            wrap=True,
        )
        layout.addWidget(_centred(formats))
        layout.addSpacing(16)
        layout.addWidget(self._buttons(actions))
        layout.addSpacing(24)
        layout.addWidget(self._steps())
        layout.addSpacing(16)
        layout.addWidget(self._listen_line(actions))
        theme.changed.connect(self._draw)
        self._draw()

    def _buttons(self, actions: Mapping[str, QAction]) -> WrapRow:
        kinds = {"file.open": "primary", "file.folder": "", "file.demo": "quiet"}
        buttons = (action_button(actions[action], kind) for action, kind in kinds.items())
        return WrapRow(*buttons, gap=12, at=CENTRE)

    def _listen_line(self, actions: Mapping[str, QAction]) -> WrapRow:
        hint = label(tr("No files? Use a microphone:"), "muted")
        return WrapRow(hint, action_button(actions["live.check"], "quiet"), gap=4, at=CENTRE)

    def _steps(self) -> WrapRow:
        line = WrapRow(gap=24)
        for icon, title, text in _STEPS:
            box, picture = QWidget(), QLabel()
            step = column(box, gap=4)
            picture.setObjectName(icon)
            step.addWidget(_centred(picture))
            step.addWidget(_centred(label(tr(title), "section")))
            step.addWidget(_centred(label(tr(text), "caption", wrap=True)))
            step.addStretch(1)
            line.add(box, 1, letters=_LETTERS)
        return line

    def _draw(self) -> None:
        self._theme.set_pixmap(self._picture, "drop", 64, "accent")
        for icon, *_ in _STEPS:
            picture = self.findChild(QLabel, icon)
            if picture is not None:
                self._theme.set_pixmap(picture, icon, 24)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dashed frame of a drop area."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(self._theme.palette.outline), 2, Qt.PenStyle.DashLine)
        pen.setDashPattern([4, 4])
        painter.setPen(pen)
        painter.setBrush(QColor(self._theme.palette.surface))
        painter.drawRoundedRect(self.rect().adjusted(2, 2, -2, -2), 16, 16)
        painter.end()


def _centred(text: QLabel) -> QLabel:
    text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return text
