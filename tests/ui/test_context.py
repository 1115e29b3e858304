"""What pages share."""

from __future__ import annotations

import gc
import weakref

from genre_desktop.ui.actions.actions import UndoCommand
from genre_desktop.ui.context import UNDO_STEPS, AppContext


class Rows:
    """A list that was removed."""


def test_changes_of_long_ago_are_forgotten_with_their_rows(context: AppContext) -> None:
    kept: list[weakref.ref[Rows]] = []
    for _ in range(UNDO_STEPS + 3):
        rows = Rows()
        kept.append(weakref.ref(rows))
        context.undo.push(UndoCommand("removal", lambda rows=rows: rows, lambda rows=rows: rows))
    del rows
    gc.collect()
    assert [n for n, each in enumerate(kept) if each() is None] == [0, 1, 2]
    assert context.undo.count() == UNDO_STEPS
