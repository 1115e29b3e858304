"""Complete feature rows of windows: signal processing, and the music encoder on a few patches of each.

The encoder costs as much per second of sound as all other columns, and neighbouring patches of a song are
alike: five patches of a clip of 30 s are as accurate as ten (``docs/accuracy.md``). Windows of a song overlap
by half and share their patches, one in 15 s.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, wait
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import AppError, Problem, problem_of
from genre_desktop.ml import starvation
from genre_desktop.ml.features import schema
from genre_desktop.ml.features.dsp.filter_banks import Float32
from genre_desktop.ml.features.extractor import Extractor, check
from genre_desktop.ml.features.song_music import MusicalMeasures

if TYPE_CHECKING:
    from genre_desktop.ml.features.encoder.encoder import Encoder

Row = NDArray[np.float64]
T = TypeVar("T")
log = logging.getLogger(__name__)

PATCH = 3 * schema.SAMPLE_RATE
"""Samples of a patch."""
PATCHES = 5
"""Patches of a window that is a whole clip, spread evenly over it."""
BUDGET_S = 3.0
"""Seconds for which a user's answer waits for the encoding of one window, see :mod:`.starvation`; usually it takes 0.1 s."""
SPACING = round(2.9 * schema.SAMPLE_RATE)
"""Samples from one patch of a live window to the next; a little less than a patch, as windows start on a grid."""


class WindowExtractor:
    """Extracts rows of :data:`.schema.NAMES`; one instance per thread.

    ``load`` returns the encoder, or raises ``AppError``; it is called until it succeeds. ``concurrent`` encodes a
    window while its other columns are computed: the row is ready sooner where a core is idle, and costs a twentieth
    more processor time. ``budget_s`` replaces :data:`BUDGET_S`.

    Attributes
    ----------
    encoder_problem:
        Why the encoder's columns of the last row are missing (NaN); None where they are not.
    """

    def __init__(
        self, load: Callable[[], Encoder], concurrent: bool = False, budget_s: float | None = None
    ) -> None:
        self.encoder_problem: Problem | None = None
        self._load, self._concurrent, self._budget_s = load, concurrent, budget_s
        self._signal = Extractor()
        self._encoder: Encoder | None = None
        self._encodings: dict[int, Row] = {}
        self._in_use = threading.Lock()
        self._hanging: Future[Row] | None = None

    def warm(self) -> None:
        """Build the filter banks and begin to load the encoder, so that the first window does not wait for them.

        Where the encoder cannot be loaded the first window tries again, and says why.
        """
        self._begin(self._loaded)
        noise = np.random.default_rng(0).normal(scale=0.1, size=schema.SAMPLE_RATE)
        self._signal.extract(noise.astype(np.float32))

    def extract(self, samples: Float32, start: int = 0, whole: bool = True, shift: int = 0) -> Row:
        """Extract the features of one window of a song.

        Parameters
        ----------
        samples:
            float32 ``(n,)``, mono, 22050 Hz, full scale 1.
        start:
            Number of its first sample in the song.
        whole:
            Whether the window is all that is analysed of the song; else it overlaps its neighbours by half.
        shift:
            Samples by which it starts before the place that was planned, to which its patches keep.

        Returns
        -------
        Row
            float64 ``(n_features,)``; the encoder's columns are NaN where it failed.

        Raises
        ------
        AppError
            As :meth:`.Extractor.extract`.
        """
        check(samples)
        self._forget(start or None)
        places = [place + shift for place in _places(len(samples), whole)]
        return self._row(samples, None if whole else start, start, places, shift)

    def musical(self) -> MusicalMeasures:
        """Return what tempo and key of the window that was extracted last are found from."""
        return self._signal.musical()

    def extract_live(self, samples: Float32, position: int | None = None) -> Row:
        """Extract the features of a window of a running stream, which starts at sample ``position`` of it.

        Only the newest three seconds are encoded; earlier patches that are still in the window count too.
        Raises as :meth:`.Extractor.extract`.
        """
        check(samples)
        places = [max(0, len(samples) - PATCH)]
        self._forget(position)
        for place in sorted(self._encodings, reverse=True):
            if place - (position or 0) <= places[-1] - SPACING:
                places.append(place - (position or 0))
        return self._row(samples, position, position or 0, places)

    def _forget(self, before: int | None) -> None:
        """Drop encodings of patches that start before a sample, or all: another song starts."""
        kept = () if before is None else self._encodings.items()
        self._encodings = {place: row for place, row in kept if before is not None and place >= before}

    def _row(
        self, samples: Float32, position: int | None, start: int, places: Sequence[int], shift: int = 0
    ) -> Row:
        """Extract a row; the encoder's columns are averaged over patches at ``places`` of the window."""
        missing = [place for place in places if start + place not in self._encodings]
        begin = partial(self._begin, lambda: self._encoded(samples, missing, shift))
        rows = begin() if self._concurrent and missing else None
        signal = self._signal.extract(samples, position)
        try:
            found: Sequence[Row] = list(self._result(rows or begin())) if missing else []
        except MemoryError:
            raise
        except Exception as error:  # the other columns are enough for the fallback
            if not isinstance(error, AppError):
                log.exception("A window could not be encoded")
            self.encoder_problem = problem_of(error)
            return np.concatenate([signal, np.full(len(schema.ENCODER_NAMES), np.nan)])
        self.encoder_problem = None
        self._encodings.update({start + place: row for place, row in zip(missing, found, strict=True)})
        return np.concatenate([signal, np.mean([self._encodings[start + place] for place in places], axis=0)])

    def _begin(self, work: Callable[[], T]) -> Future[T]:
        """Call a function that uses the encoder in a separate thread, so that a hanging encoder blocks no answer."""
        future: Future[T] = Future()

        def run() -> None:
            try:
                with self._in_use:
                    future.set_result(work())
            except BaseException as error:
                future.set_exception(error)

        if self._hanging is not None and not self._hanging.done():
            future.set_exception(AppError("encoder-slow/busy"))
        else:
            threading.Thread(target=run, name="encoder", daemon=True).start()
        return future

    def _result(self, rows: Future[Row]) -> Row:
        budget_s = BUDGET_S if self._budget_s is None else self._budget_s
        if not starvation.wait(lambda timeout_s: bool(wait([rows], timeout_s).done), budget_s):
            self._hanging = rows
            raise AppError("encoder-slow", budget=budget_s)
        return rows.result()

    def _encoded(self, samples: Float32, places: Sequence[int], shift: int) -> Row:
        """Return the encoder's columns of patches, ``(n, 250)``."""
        from genre_desktop.ml.features.encoder import log_mel

        found = self._loaded().encode(np.stack([log_mel.patch_of(samples, place, shift) for place in places]))
        return np.hstack([found.logits, found.embedding]).astype(np.float64)

    def _loaded(self) -> Encoder:
        if self._encoder is None:
            self._encoder = self._load()
        return self._encoder


def _places(n: int, whole: bool) -> tuple[int, ...]:
    """Return where the patches of a window of ``n`` samples start."""
    if whole:
        count = max(1, min(PATCHES, n // PATCH))
        return tuple(max(0, round((i + 0.5) * n / count - PATCH / 2)) for i in range(count))
    return tuple(round(n * part - PATCH / 2) for part in (0.25, 0.75))
