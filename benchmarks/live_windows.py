"""How long a window should be: accuracy of the pooled answer when a recording is cut up before it is measured.

``python -m benchmarks.live_windows``. Models are trained on the published tables' training part, whose rows are of 30 s,
and asked about the recordings of the validation part that are at hand, and about those from elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from benchmarks.ablation import both_families, scores
from genre_desktop.audio.decoding.decoder import read
from genre_desktop.ml.data.gtzan_tables import load_gtzan_table as read_tables
from genre_desktop.ml.data.gtzan_tables import shared_folder, split, track_name
from genre_desktop.ml.features.extractor import Extractor
from genre_desktop.ml.features.schema import SAMPLE_RATE

LENGTHS_S = ((30.0, 30.0), (20.0, 10.0), (15.0, 7.5), (10.0, 10.0), (10.0, 5.0), (5.0, 5.0), (3.0, 3.0))
"""Window, and from one to the next."""

Samples = NDArray[np.float32]


def cut(samples: Samples, length_s: float, hop_s: float) -> Iterator[Samples]:
    """Windows of a recording; one that is no longer than a window stays whole."""
    length, hop = round(length_s * SAMPLE_RATE), round(hop_s * SAMPLE_RATE)
    if len(samples) < length + hop:
        yield samples
        return
    for start in range(0, len(samples) - length + 1, hop):
        yield samples[start : start + length]


def recordings(folder: Path) -> dict[str, list[Path]]:
    """Files of the validation part, and from elsewhere."""
    valid = set(split(folder, "valid"))
    near = [*folder.glob("gtzan_mini/*/*.flac"), *folder.glob("gtzan_more/*/*.ogg")]
    return {
        "validation": sorted(path for path in near if track_name(path.stem) in valid),
        "elsewhere": sorted(folder.glob("real_world/*/*.ogg")),
    }


def main() -> None:
    folder, extractor = shared_folder(), Extractor()
    table = read_tables(folder)
    known = set(table.tracks[np.isfinite(table.X).all(axis=1)].tolist())
    train = table.only([track for track in split(folder, "train") if track in known])
    with threadpool_limits(1):
        predict = both_families(train)
        for what, files in recordings(folder).items():
            sounds = [read(path).samples for path in files]
            y = np.array([path.parent.name for path in files])
            print(f"\n{what}: {len(files)} recordings\n\n| window s | hop s | accuracy | log-loss |")
            print("| ---: | ---: | ---: | ---: |")
            for length, hop in LENGTHS_S:
                pooled = []
                for sound in sounds:
                    rows = np.stack([extractor.extract(part) for part in cut(sound, length, hop)])
                    pooled.append(predict(rows).mean(axis=0))
                accuracy, loss = scores(np.stack(pooled), y)
                print(f"| {length:g} | {hop:g} | {accuracy:.3f} | {loss:.3f} |", flush=True)


if __name__ == "__main__":
    main()
