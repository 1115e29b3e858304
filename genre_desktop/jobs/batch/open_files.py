"""The files of a batch that were found and are not done: as many as fit, however many there are in all."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Sequence
from typing import NamedTuple

WINDOW = 8192
"""Files from the first that is not done to the last that was found; some chunks more may be found before it is noticed.

As many results at most wait for an earlier file, where they are to come in order.
"""

KNOWN = 100_000
"""Most files finished by an earlier run whose rows are still to be read."""


class NumberedFile(NamedTuple):
    """A file and its number in the order found."""

    number: int
    path: str


class OpenFiles:
    """Numbers files in the order found, and holds them until they are done.

    Parameters
    ----------
    window, known:
        As :data:`WINDOW` and :data:`KNOWN`.
    """

    def __init__(self, window: int = WINDOW, known: int = KNOWN) -> None:
        self._window, self._most_known = window, known
        self._found = self._places = 0
        self._new: OrderedDict[int, tuple[str, int]] = (
            OrderedDict()
        )  # path and place among those to be analysed
        self._known: deque[NumberedFile] = deque()

    @property
    def has_room(self) -> bool:
        """Whether more files may be found."""
        return self._places - self._first_place < self._window and not self.known_is_full

    @property
    def known_is_full(self) -> bool:
        """Whether the rows of an earlier run must be read before more files are found."""
        return len(self._known) >= self._most_known

    @property
    def known(self) -> int:
        """How many rows of an earlier run are still to be read."""
        return len(self._known)

    @property
    def known_is_due(self) -> bool:
        """Whether the next row of an earlier run is needed, or nearly: results before it are not far behind."""
        return bool(self._known) and self._known[0].number - self._first_number < self._window

    @property
    def _first_number(self) -> int:
        return next(iter(self._new), self._found)

    @property
    def _first_place(self) -> int:
        return next(iter(self._new.values()))[1] if self._new else self._places

    def skip(self) -> int:
        """Return the number of a file that needs no analysis."""
        self._found += 1
        self._places += 1
        return self._found - 1

    def add(self, path: str) -> int:
        """Hold a file to be analysed; return its number."""
        number = self.skip()
        self._new[number] = path, self._places - 1
        return number

    def add_known(self, path: str) -> None:
        """Hold a file that an earlier run finished."""
        self._known.append(NumberedFile(self._found, path))
        self._found += 1

    def take_known(self, most: int) -> Sequence[NumberedFile]:
        """Return the next files that an earlier run finished, no longer held."""
        return [self._known.popleft() for _ in range(min(most, len(self._known)))]

    def reopen(self, file: NumberedFile) -> None:
        """Hold a file of an earlier run whose row is gone: it is to be analysed."""
        self._new[file.number] = file.path, self._places
        self._places += 1

    def path(self, number: int) -> str:
        """Return the path of a file to be analysed."""
        return self._new[number][0]

    def done(self, number: int) -> str:
        """Return the path of an analysed file, no longer held."""
        return self._new.pop(number)[0]
