"""Search of a folder of genre folders for the files that an import has to read, one at a time.

A second search, in a thread, only counts: an import of a million files shows how many there are without
waiting for them and without holding their paths.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Self

from genre_desktop.audio.file_discovery import Unreadable, find_audio
from genre_desktop.core.errors import AppError, Cancelled
from genre_desktop.core.labels import Spellings, clean_label, label_of, tidy_label
from genre_desktop.core.messages import message
from genre_desktop.core.serialization import surrogate_safe
from genre_desktop.core.store.library import Change, FileStamp, Library
from genre_desktop.core.types import GENRES
from genre_desktop.ml.data.import_report import Report, reason_of
from genre_desktop.ml.features.schema import FEATURE_VERSION
from genre_desktop.ml.task_context import JobContext, check_cancelled

_WAIT_S = 0.2


class Labels:
    """Labels in their established spelling: that of the starter models first, then the library's."""

    def __init__(self, root: Path, library: Library) -> None:
        self._root = root
        self._spellings = Spellings([*GENRES, *filter(None, map(tidy_label, library.genres()))])

    def spelling(self, label: str) -> str:
        """Return a label in its established spelling; ``AppError`` as :func:`.clean_label`."""
        return self._spellings.of(clean_label(label))

    def of(self, path: Path) -> str:
        """Return the label of a file; empty outside a genre folder; ``AppError`` as :func:`.clean_label`."""
        return self._spellings.of(label_of(path, self._root))


class FolderSearch:
    """The files below ``root`` that have to be read; the others are added to the ``report``.

    A context manager: leaving it ends the count.
    """

    def __init__(
        self, root: Path, library: Library, labels: Labels, report: Report, context: JobContext
    ) -> None:
        self._root, self._library, self._labels, self._report = root, library, labels, report
        self._context = context
        self._found = self._settled = 0
        self._ended = False
        self._count = _Count(root)

    def __enter__(self) -> Self:
        self._count.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._count.stop()

    def __iter__(self) -> Iterator[str]:
        """Yield the path of each file to read, as it is found.

        Raises
        ------
        AppError
            ``missing-file``, ``not-a-folder``.
        Cancelled
            The user stopped it.
        """
        for path in self._audio_files():
            check_cancelled(self._context)
            if self._settle(path):
                self._settled += 1
            else:
                self._found += 1
                yield str(path)
        self._ended = True

    def expected(self) -> tuple[int, bool]:
        """Return how many files have to be read, and whether there may be more."""
        if self._ended:
            return self._found, False
        return max(self._found, self._count.files - self._settled), not self._count.complete

    def _audio_files(self) -> Iterator[Path]:
        if not self._root.exists():
            raise AppError("missing-file/import", path=str(self._root))
        if not self._root.is_dir():
            raise AppError("not-a-folder", root=str(self._root))
        for found in find_audio(
            [self._root], recursive=True, report_hidden=True, cancelled=self._context.cancelled
        ):
            if isinstance(found, Unreadable):
                self._report.skip(str(found.path), reason_of(found.problem))
            else:
                yield found

    def _settle(self, path: Path) -> bool:
        """Report a file that need not be read, and return whether it is one."""
        try:
            label = self._labels.of(path)
        except AppError as error:
            self._report.skip(str(path), reason_of(error.problem))
            return True
        if label:
            return _already_imported(path, label, self._library, self._report)
        reason = message(
            "It is in {name} itself and not in a folder named after a genre.", name=self._root.name
        )
        self._report.skip(str(path), reason)
        return True


class _Count:
    """Counts the audio files below a folder, in a thread."""

    def __init__(self, root: Path) -> None:
        self.files = 0
        self.complete = False
        self._root = root
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="file-count", daemon=True)

    def start(self) -> None:
        """Start counting."""
        self._thread.start()

    def stop(self) -> None:
        """End the count, complete or not; a folder that hangs is not waited for."""
        self._stopping.set()
        self._thread.join(_WAIT_S)

    def _run(self) -> None:
        with suppress(Cancelled, OSError):
            for found in find_audio([self._root], recursive=True, cancelled=self._stopping.is_set):
                self.files += not isinstance(found, Unreadable)
            self.complete = True


def _already_imported(path: Path, label: str, library: Library, report: Report) -> bool:
    try:
        known = library.unchanged(path, FileStamp.of(path), FEATURE_VERSION)
    except OSError:  # the decoder reports it
        return False
    if known is None:
        return False
    if known.path != surrogate_safe(str(path)):
        if not Path(known.path).exists():
            return False  # the first copy is gone: this one replaces it
        report.add(str(path), label, Change("duplicate", known.path, known.label))
    elif known.label == label:
        report.add(str(path), label, Change("unchanged"))
    else:
        library.relabel(known.id, label)
        report.add(str(path), label, Change("relabelled", known.label))
    return True
