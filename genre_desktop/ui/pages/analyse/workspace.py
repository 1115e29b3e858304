"""The panes of the Analyse page: list, spectrogram and answer, with borders that the user can drag."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QEvent, QSettings, Qt, QTimer
from PySide6.QtWidgets import QSplitter, QWidget

from genre_desktop.ui.fitting.panes import is_narrow

_HANDLE = 4


class Workspace(QSplitter):
    """The answer beside list and spectrogram; in a narrow window it is between them."""

    def __init__(self, listed: QWidget, panel: QWidget, answer: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._answer, self._between = answer, False
        self._chosen: tuple[QByteArray, QByteArray] | None = None  # sizes for a wide window
        self._left = QSplitter(Qt.Orientation.Vertical)
        for widget in (listed, panel):
            self._left.addWidget(widget)
        self.addWidget(self._left)
        self.addWidget(answer)
        for splitter in (self, self._left):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(_HANDLE)
            splitter.splitterMoved.connect(self._dragged)
        for place, splitter in ((0, self), (0, self._left), (1, self._left)):
            splitter.setStretchFactor(place, 1)
        self._set_sizes()

    def save(self, memory: QSettings) -> None:
        """Save the sizes that the user has chosen for a wide window, if any."""
        if self._chosen is not None:
            memory.setValue("analyse/beside", self._chosen[0])
            memory.setValue("analyse/below", self._chosen[1])

    def restore(self, memory: QSettings) -> None:
        """Set the sizes that were saved, if any."""
        beside, below = memory.value("analyse/beside"), memory.value("analyse/below")
        if isinstance(beside, QByteArray) and isinstance(below, QByteArray):
            self._chosen = beside, below
            self._set_sizes()

    def event(self, event: QEvent) -> bool:
        """Move the answer once the width or the text has changed."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.StyleChange) and is_narrow(self) != self._between:
            QTimer.singleShot(0, self, self._arrange)  # Qt crashes where a widget moves while it gets a style
        return super().event(event)

    def _arrange(self) -> None:
        between = is_narrow(self)
        if between == self._between:
            return
        self._between = between
        if between:
            self._left.insertWidget(1, self._answer)
        else:
            self.addWidget(self._answer)
            self._set_sizes()

    def _dragged(self) -> None:
        if not self._between:
            self._chosen = self.saveState(), self._left.saveState()

    def _set_sizes(self) -> None:
        self.setSizes([804, 364])
        self._left.setSizes([330, 350])
        if self._chosen is not None:
            self.restoreState(self._chosen[0])
            self._left.restoreState(self._chosen[1])
