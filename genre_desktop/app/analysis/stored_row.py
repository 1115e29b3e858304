"""A row restored from the stored list, whose full answer is read on demand. No Qt."""

from __future__ import annotations

from genre_desktop.app.analysis.rows import ReadAnswer, ResultRow, State
from genre_desktop.core.store.results_list import StoredResult


class StoredRow(ResultRow):
    """A row that calls ``read`` for its full answer when more of it is needed than the list shows.

    Reading thousands of answers at once would block the window for seconds. Once the file is analysed again,
    this is a row like any other.
    """

    __slots__ = ()

    def __init__(self, key: int, listed: StoredResult, read: ReadAnswer) -> None:
        super().__init__(key, listed.path, State.DONE, label=listed.label, prediction_id=listed.prediction_id)
        self.keep_stored(listed, read)
