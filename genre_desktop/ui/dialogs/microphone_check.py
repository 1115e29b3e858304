"""The dialog that tests the microphone."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from genre_desktop.app.i18n.translate import tr
from genre_desktop.app.sound.microphone_check import MicrophoneCheck, MicrophoneDiagnosis
from genre_desktop.audio.capture.level_meter import Level
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.dialog import Dialog, dialog_buttons
from genre_desktop.ui.widgets.factory import button, label
from genre_desktop.ui.widgets.level_meter import LevelMeter
from genre_desktop.ui.widgets.message_bar import MessageBar

_TONES = {"works": "success", "faint": "warning", "clipped": "warning", "problem": "warning"}


class MicrophoneCheckDialog(Dialog):
    """Level meter and diagnosis; starts to listen at once.

    Parameters
    ----------
    device:
        Id or name of the device; empty for the system's default.
    """

    def __init__(self, parent: QWidget, theme: Theme, device: str) -> None:
        title = tr("Microphone check")
        super().__init__(parent, title)
        self.setMinimumWidth(480)
        self.check = MicrophoneCheck(device, self)
        self.meter = LevelMeter(theme)
        self.notice = MessageBar(theme)
        self.again = button(tr("Check again"), self._start)
        about = label(tr("Nothing is recorded; only the level is measured."), "muted", wrap=True)
        close = button(tr("Close"), self.close, "primary")
        buttons = dialog_buttons(close, left=[self.again])
        self.arrange(label(title, "title"), about, self.meter, self.notice, 1, buttons=buttons, gap=16)
        self.set_keys(close)
        self.check.level.connect(self.meter.show_level)
        self.check.judged.connect(self._show)
        self.finished.connect(lambda _result: self.check.close())
        self._start()

    def _start(self) -> None:
        self.meter.show_level(Level())
        self.check.start()

    def _show(self, diagnosis: MicrophoneDiagnosis) -> None:
        self.notice.show_message(diagnosis.words, diagnosis.title, _TONES.get(diagnosis.kind, "accent"))
        self.grow()
        self.again.setEnabled(diagnosis.final)
        self.meter.describe()
        self.setAccessibleDescription(f"{diagnosis.title}. {diagnosis.words}")
