"""The dialog that tells whether the microphone works."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from genre_desktop.app.i18n.translate import tr
from genre_desktop.app.sound.microphone_check import MicrophoneCheck, MicrophoneDiagnosis
from genre_desktop.audio.capture.level_meter import Level
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import button, column, label, row
from genre_desktop.ui.widgets.level_meter import LevelMeter
from genre_desktop.ui.widgets.message_bar import MessageBar

_TONES = {"works": "success", "faint": "warning", "clipped": "warning", "problem": "warning"}


class MicrophoneCheckDialog(QDialog):
    """Level meter and one sentence; begins to listen at once.

    Parameters
    ----------
    device:
        Id or name of the device; empty means the system's own choice.
    """

    def __init__(self, parent: QWidget, theme: Theme, device: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Microphone check"))
        self.setMinimumWidth(480)
        self.check = MicrophoneCheck(device, self)
        self.meter = LevelMeter(theme)
        self.notice = MessageBar(theme)
        self.again = button(tr("Listen again"), self._begin)
        layout = self._column = column(self, margin=20, gap=16)
        layout.addWidget(label(tr("Microphone check"), "title"))
        words = tr("Nothing is recorded; only the level is measured.")
        layout.addWidget(label(words, "muted", wrap=True))
        layout.addWidget(self.meter)
        layout.addWidget(self.notice)
        layout.addStretch(1)
        line = row(gap=8)
        line.addWidget(self.again)
        line.addStretch(1)
        line.addWidget(button(tr("Close"), self.close, "primary"))
        layout.addLayout(line)
        self.check.level.connect(self.meter.show_level)
        self.check.judged.connect(self._show)
        self.finished.connect(lambda _result: self.check.close())
        self._begin()

    def _begin(self) -> None:
        self.meter.show_level(Level())
        self.check.start()

    def _show(self, verdict: MicrophoneDiagnosis) -> None:
        self.notice.show_message(verdict.words, verdict.title, _TONES.get(verdict.kind, "accent"))
        self._make_room()
        self.again.setEnabled(verdict.final)
        self.meter.describe()
        self.setAccessibleDescription(f"{verdict.title}. {verdict.words}")

    def _make_room(self) -> None:
        self._column.activate()
        needed = self._column.totalHeightForWidth(self.width())
        if self.height() < needed:
            self.resize(self.width(), needed)
