"""Things that can be undone, as entries of the window's undo stack."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand


class Step(QUndoCommand):
    """Something that was just done; ``redo`` does it again after ``undo`` took it back.

    Qt calls ``redo`` when the step is pushed. It has been done by then, so that call is left out:
    what fails must fail before there is anything to undo.
    """

    def __init__(self, words: str, redo: Callable[[], object], undo: Callable[[], object]) -> None:
        super().__init__(words)
        self._redo, self._undo, self._done = redo, undo, False

    def redo(self) -> None:
        """Do it again."""
        if self._done:
            self._redo()
        self._done = True

    def undo(self) -> None:
        """Take it back."""
        self._undo()
