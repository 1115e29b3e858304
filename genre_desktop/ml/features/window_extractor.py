"""Complete feature rows of windows: signal processing, and the music encoder on a few patches of each.

The encoder costs as much per second of sound as all other columns, and neighbouring patches of a song are
alike: five patches of a clip of 30 s are as accurate as ten (``docs/accuracy.md``). Windows of a song overlap
by half and share their patches, one in 15 s.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import AppError, Problem, problem_of
from genre_desktop.ml.features import schema
from genre_desktop.ml.features.dsp.filter_banks import Float32
from genre_desktop.ml.features.extractor import Extractor

if TYPE_CHECKING:
    from genre_desktop.ml.features.encoder.encoder import Encoder

Row = NDArray[np.float64]
log = logging.getLogger(__name__)

PATCH = 3 * schema.SAMPLE_RATE
"""Samples of a patch."""
PATCHES = 5
"""Patches of a window that is a whole clip, spread evenly over it."""
BUDGET_S = 3.0
"""Seconds that encoding one window may take; usually it takes 0.15 s."""
SPACING = round(2.9 * schema.SAMPLE_RATE)
"""Samples from one patch of a live window to the next; a little less than a patch, as windows start on a grid."""


class WindowExtractor:
    """Extracts rows of :data:`.schema.NAMES`; one instance per thread.

    ``load`` returns the encoder, or raises ``AppError``; it is called until it succeeds.

    Attributes
    ----------
    encoder_problem:
        Why the encoder's columns of the last row are missing (NaN); None where they are not.
    """

    def __init__(self, load: Callable[[], Encoder]) -> None:
        self.encoder_problem: Problem | None = None
        self._load = load
        self._signal = Extractor()
        self._encoder: Encoder | None = None
        self._encodings: dict[int, Row] = {}
        self._hanging: threading.Thread | None = None

    def extract(self, samples: Float32, start: int = 0, whole: bool = True) -> Row:
        """Extract the features of one window of a song.

        Parameters
        ----------
        samples:
            float32 ``(n,)``, mono, 22050 Hz, full scale 1.
        start:
            Number of its first sample in the song.
        whole:
            Whether the window is all that is analysed of the song; else it overlaps its neighbours by half.

        Returns
        -------
        Row
            float64 ``(n_features,)``; the encoder's columns are NaN where it failed.

        Raises
        ------
        AppError
            As :meth:`.Extractor.extract`.
        """
        signal = self._signal.extract(samples)
        self._forget(start or None)
        return np.concatenate([signal, self._encoding(samples, start, _places(len(samples), whole))])

    def extract_live(self, samples: Float32, position: int | None = None) -> Row:
        """Extract the features of a window of a running stream, which starts at sample ``position`` of it.

        Only the newest three seconds are encoded; earlier patches that are still in the window count too.
        Raises as :meth:`.Extractor.extract`.
        """
        signal = self._signal.extract(samples, position)
        newest = max(0, len(samples) - PATCH)
        places = [newest]
        self._forget(position)
        for place in sorted(self._encodings, reverse=True):
            if place - (position or 0) <= places[-1] - SPACING:
                places.append(place - (position or 0))
        return np.concatenate([signal, self._encoding(samples, position or 0, places)])

    def _forget(self, before: int | None) -> None:
        """Drop encodings of patches that start before a sample, or all: another song starts."""
        kept = () if before is None else self._encodings.items()
        self._encodings = {place: row for place, row in kept if before is not None and place >= before}

    def _encoding(self, samples: Float32, start: int, places: Sequence[int]) -> Row:
        """Return the encoder's columns, averaged over patches at ``places`` of the window."""
        missing = [place for place in places if start + place not in self._encodings]
        try:
            rows = self._encode(samples, missing) if missing else np.zeros((0, len(schema.ENCODER_NAMES)))
        except MemoryError:
            raise
        except Exception as error:  # the other columns are enough for the fallback
            if not isinstance(error, AppError):
                log.exception("A window could not be encoded")
            self.encoder_problem = problem_of(error)
            return np.full(len(schema.ENCODER_NAMES), np.nan)
        self.encoder_problem = None
        self._encodings.update({start + place: row for place, row in zip(missing, rows, strict=True)})
        return np.asarray(np.mean([self._encodings[start + place] for place in places], axis=0))

    def _encode(self, samples: Float32, places: Sequence[int]) -> Row:
        """Encode patches in a separate thread, so that a hanging encoder does not block the answer."""
        if self._hanging is not None and self._hanging.is_alive():
            raise AppError("encoder-slow/busy")
        outcome: list[Row | BaseException] = []

        def work() -> None:
            try:
                outcome.append(self._encoded(samples, places))
            except BaseException as error:
                outcome.append(error)

        thread = threading.Thread(target=work, name="encoder", daemon=True)
        thread.start()
        thread.join(BUDGET_S)
        if not outcome:
            self._hanging = thread
            raise AppError("encoder-slow", budget=BUDGET_S)
        if isinstance(outcome[0], BaseException):
            raise outcome[0]
        return outcome[0]

    def _encoded(self, samples: Float32, places: Sequence[int]) -> Row:
        from genre_desktop.ml.features.encoder import log_mel

        if self._encoder is None:
            self._encoder = self._load()
        found = self._encoder.encode(np.stack([log_mel.patch_of(samples, place) for place in places]))
        return np.hstack([found.logits, found.embedding]).astype(np.float64)


def _places(n: int, whole: bool) -> tuple[int, ...]:
    """Return where the patches of a window of ``n`` samples start."""
    if whole:
        count = max(1, min(PATCHES, n // PATCH))
        return tuple(max(0, round((i + 0.5) * n / count - PATCH / 2)) for i in range(count))
    return tuple(round(n * part - PATCH / 2) for part in (0.25, 0.75))
