"""Trains the detector of music, speech and noise: data/sound_kinds.npz, numbers only.

    python tools/train_sound_kinds.py PACKAGES [--data FOLDER] [--out FILE]

PACKAGES is the folder that :mod:`tools.sound_material` describes; ``--data`` holds the shared GTZAN recordings, of
which the training and validation parts of the artist-disjoint split are used. Every clip is measured as a whole
and in parts, with as many patches of the encoder as the program uses, because windows of live mode are short. The
same recordings give the same bytes, except where espeak-ng differs.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from itertools import islice
from pathlib import Path

from genre_desktop import environment

environment.set_up()

import numpy as np  # noqa: E402
from numpy.typing import NDArray  # noqa: E402

from genre_desktop.core.serialization import write_arrays  # noqa: E402
from genre_desktop.ml.data import gtzan_tables  # noqa: E402, TID253
from genre_desktop.ml.features import sound_kind  # noqa: E402, TID253
from genre_desktop.ml.features.encoder import log_mel  # noqa: E402, TID253
from genre_desktop.ml.features.encoder.encoder import Encoder  # noqa: E402, TID253
from genre_desktop.ml.features.schema import SAMPLE_RATE  # noqa: E402, TID253
from genre_desktop.ml.features.speech_detection import descriptors  # noqa: E402, TID253
from tools.sound_material import Clip, clips  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
PATCHES = 5
PARTS_S = 10
C = 0.1
"""Inverse strength of the regularisation: of 0.01, 0.1 and 1 the best in grouped cross-validation."""
FOLDS = 5
FALSE_ALARMS = 0.003
"""Share of the whole clips of music, in cross-validation, that may be taken for speech, and as much for noise."""
Row = NDArray[np.float64]


@cache
def encoder() -> Encoder:
    """Load the shipped encoder."""
    return Encoder.load(ROOT / "models" / "encoder" / "musicnn.onnx")


def encoding(samples: NDArray[np.float32], patches: int = PATCHES) -> Row:
    """Return the encoder's columns of a window from patches spread over it, ``(250,)``."""
    return np.asarray(_encodings(samples, patches).mean(axis=0))


def _encodings(samples: NDArray[np.float32], patches: int) -> Row:
    last = max(0, len(samples) - log_mel.PATCH_SAMPLES)
    places = np.linspace(0, last, max(1, min(patches, len(samples) // log_mel.PATCH_SAMPLES))).astype(int)
    found = encoder().encode(np.stack([log_mel.patch_of(samples, int(place)) for place in places]))
    return np.hstack([found.logits, found.embedding]).astype(np.float64)


def measure(clip: Clip) -> tuple[str, str, Row]:
    """Return kind, group and ``(n, n_columns)``: the whole clip from all patches and from two, then its parts."""
    rows, whole = _encodings(clip.samples, PATCHES), descriptors(clip.samples, SAMPLE_RATE)
    n, part = len(rows), PARTS_S * SAMPLE_RATE
    views = [(rows, whole), (rows[[n // 4, 3 * n // 4]], whole)]
    for i in range(len(clip.samples) // part):
        nearest = min(n - 1, int((i + 0.5) * n * part / len(clip.samples)))
        views.append((rows[[nearest]], descriptors(clip.samples[i * part : (i + 1) * part], SAMPLE_RATE)))
    inputs = [sound_kind.inputs(patches.mean(axis=0), described) for patches, described in views]
    return clip.kind, clip.group, np.array(inputs)


def gtzan(data: Path, parts: tuple[str, ...] | None) -> Iterator[Clip]:
    """Yield the recordings of GTZAN in parts of the split, or all; their group is the artist."""
    artist = gtzan_tables.load_gtzan_artists(data)
    wanted = {track for part in parts or () for track in gtzan_tables.split(data, part)}
    for folder in ("gtzan_mini", "gtzan_more"):
        for path in sorted((data / folder).glob("*/*.*")):
            track = gtzan_tables.track_name(path.name)
            if parts is None or track in wanted:
                group = f"GTZAN: {artist.get(track, track)}"
                yield Clip("music", group, track, partial(_gtzan_samples, path))


def _gtzan_samples(path: Path) -> NDArray[np.float32]:
    from genre_desktop.audio.decoding import decoder

    return decoder.read(str(path)).samples


def _share(packages: Path, data: Path | None, index: int, count: int) -> list[tuple[str, str, Row]]:
    def all_clips() -> Iterator[Clip]:
        yield from clips(packages, "train")
        if data is not None:
            yield from gtzan(data, ("train", "valid"))

    return [measure(clip) for clip in islice(all_clips(), index, None, count)]


def fit(X: Row, y: NDArray[np.intp], weight: Row) -> tuple[Row, Row, Row, Row]:
    """Return mean, scale, weights and bias of the logistic regression, each kind with equal weight."""
    from sklearn.linear_model import LogisticRegression

    mean, scale = X.mean(axis=0), X.std(axis=0) + 1e-9
    total = np.bincount(y, weight)
    balanced = weight / total[y] * len(y) / len(total)
    model = LogisticRegression(C=C, max_iter=5000).fit((X - mean) / scale, y, sample_weight=balanced)
    return mean, scale, model.coef_, model.intercept_


def least(
    X: Row, y: NDArray[np.intp], weight: Row, groups: NDArray[np.str_], whole: NDArray[np.bool_]
) -> Row:
    """Return the thresholds at which :data:`FALSE_ALARMS` of the music is lost, by grouped cross-validation.

    Only windows that are whole clips count, because an answer for a file rests on several patches.
    """
    from sklearn.model_selection import StratifiedGroupKFold

    P = np.zeros((len(y), len(sound_kind.KINDS)))
    for train, test in StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0).split(X, y, groups):
        model = sound_kind.KindModel(*fit(X[train], y[train], weight[train]), np.zeros(3))
        P[test] = model.probabilities(X[test])
    thresholds = [0.0]
    for k in (1, 2):
        threshold = max(0.5, float(np.quantile(P[whole & (y == 0), k], 1 - FALSE_ALARMS)))
        found = (P[whole & (y == k), k] >= threshold).mean()
        print(f"{sound_kind.KINDS[k]}: from {threshold:.3f}; cross-validation finds {found:.1%} of the clips")
        thresholds.append(threshold)
    return np.array(thresholds)


def measure_all(packages: Path, data: Path | None) -> list[tuple[str, str, Row]]:
    """Measure all clips for training, in as many processes as there are cores; sorted."""
    workers = os.cpu_count() or 1
    with ProcessPoolExecutor(workers) as pool:
        found = pool.map(partial(_share, packages, data, count=workers), range(workers))
        measured = [one for share in found for one in share]
    return sorted(measured, key=lambda one: (one[0], one[1], one[2].tobytes()))


def train(measured: list[tuple[str, str, Row]], path: Path) -> None:
    """Train on what :func:`measure_all` returned and write the weights."""
    X = np.concatenate([rows for _, _, rows in measured])
    sizes = [len(rows) for _, _, rows in measured]
    y = np.repeat([sound_kind.KINDS.index(kind) for kind, _, _ in measured], sizes)
    groups = np.repeat([group for _, group, _ in measured], sizes)
    weight = np.repeat([1 / size for size in sizes], sizes)
    windows = {kind: int((y == k).sum()) for k, kind in enumerate(sound_kind.KINDS)}
    print(windows, "windows of", len(sizes), "clips")
    whole = np.concatenate([np.arange(size) == 0 for size in sizes])
    thresholds = least(X, y, weight, groups, whole)
    arrays = dict(zip(("mean", "scale", "weights", "bias"), fit(X, y, weight), strict=True))
    single = {name: array.astype(np.float32) for name, array in (arrays | {"least": thresholds}).items()}
    write_arrays(path, single | {"columns": np.array(sound_kind.COLUMNS)})


def main() -> None:
    """Measure, train, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("packages", type=Path)
    parser.add_argument("--data", type=Path, help="the shared recordings")
    parser.add_argument("--out", type=Path, default=ROOT / "data" / "sound_kinds.npz")
    arguments = parser.parse_args()
    train(measure_all(arguments.packages, arguments.data), arguments.out)


if __name__ == "__main__":
    main()
