"""Feature rows of real recordings, unchanged and degraded, cached between runs in a temporary folder.

The recordings carry no licence and stay where they are; only measurements are kept.

``python -m benchmarks.codec_variants`` writes what a 64 kbit/s mp3 does to features: ``data/mp3_change.npz``.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import soundfile as sf
from numpy.typing import NDArray

from genre_desktop.ml.data import augmentation
from genre_desktop.ml.data.gtzan_tables import load_gtzan_artists, shared_folder
from genre_desktop.ml.drift import codec_shift
from genre_desktop.ml.features.encoder.encoder import Encoder
from genre_desktop.ml.features.schema import FEATURE_VERSION, SIGNAL_NAMES
from genre_desktop.ml.features.window_extractor import WindowExtractor
from genre_desktop.ml.registry.encoder_store import shipped_file
from tools.degraded_recordings import laptop, mp3, telephone

Rows = NDArray[np.float64]
Change = Callable[[NDArray[np.float32]], NDArray[np.float32]]

CHANGES: dict[str, Change] = {
    "as it is": lambda samples: samples,
    "telephone, 8 kHz": telephone,
    "laptop microphone": laptop,
    "mp3, 64 kbit/s, 22 kHz": mp3,
    "mp3, 64 kbit/s, 44 kHz": lambda samples: mp3(samples, 44100),
}
CODED = tuple(name for name in CHANGES if name.startswith("mp3"))


class Recordings:
    """Feature rows by name; measured at first use (minutes), then read from the temporary folder."""

    def __init__(self) -> None:
        self._folder = (
            Path(tempfile.gettempdir()) / "genre-desktop-benchmarks" / f"features-{FEATURE_VERSION}"
        )

    def mini(self, change: str) -> tuple[list[str], Rows]:
        """Track names, and rows of ``gtzan_mini`` after one of :data:`CHANGES`."""
        files = sorted((shared_folder() / "gtzan_mini").rglob("*.flac"))
        return [file.stem for file in files], self._rows(f"mini {change}", files, CHANGES[change])

    def folder(self, name: str) -> tuple[list[str], Rows]:
        """Genres (names of folders), and rows of ``gtzan_more`` or ``real_world``."""
        files = sorted((shared_folder() / name).rglob("*.ogg"))
        return [file.parent.name for file in files], self._rows(name, files, CHANGES["as it is"])

    def _rows(self, name: str, files: Iterable[Path], change: Change) -> Rows:
        kept = self._folder / (name.replace("/", "-") + ".npy")
        if not kept.is_file():
            extractor = WindowExtractor(lambda: Encoder.load(shipped_file()))
            rows = [extractor.extract(change(sf.read(file, dtype="float32")[0])) for file in files]
            self._folder.mkdir(parents=True, exist_ok=True)
            np.save(kept, np.array(rows), allow_pickle=False)
        found: Rows = np.load(kept, allow_pickle=False)
        return found


def main() -> None:
    """Measure (minutes) and write."""
    recordings, artist = Recordings(), load_gtzan_artists(shared_folder())
    tracks, clean = recordings.mini("as it is")
    rows = np.stack([clean, *(recordings.mini(name)[1] for name in CODED)], axis=1)[..., : len(SIGNAL_NAMES)]
    augmentation.save(
        codec_shift.shipped_path(), rows, [augmentation.CLEAN, *CODED], [artist[track] for track in tracks]
    )


if __name__ == "__main__":
    main()
