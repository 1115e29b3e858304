"""Makes ``data/tag_reference.npz``: how pronounced each listener tag is in varied music.

    python tools/make_tag_reference.py [--data FOLDER] [--out FILE]

From the published tag series of the 443 GTZAN tracks of the training part of the artist-disjoint split, ten genres of
about equal size: quantiles of each tag's mean log-odds, and the weights of a logistic regression that predicts from
standard score and log-odds whether a track has the genre of that name (seven genres are tags). Numbers only.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from statistics import NormalDist

import numpy as np
from sklearn.linear_model import LogisticRegression  # noqa: TID253

from genre_desktop.core.music_tags import ENCODER_TAGS
from genre_desktop.core.paths import shipped
from genre_desktop.core.serialization import write_arrays
from genre_desktop.ml.arrays import Floats, Labels  # noqa: TID253
from genre_desktop.ml.data import gtzan_tables  # noqa: TID253
from genre_desktop.ml.features.listener_tags import TagReference  # noqa: TID253

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99)
TAG_OF = {"blues": "blues", "country": "country", "hiphop": "Hip-Hop", "jazz": "jazz", "metal": "metal",
          "pop": "pop", "rock": "rock"}  # fmt: skip
"""The genres of GTZAN that are also tags."""
_LEAST = 1e-6


def published_tags(folder: Path, part: str) -> tuple[Floats, Labels]:
    """Return mean log-odds ``(n, 50)`` and genres ``(n,)`` of the published tracks of a part of the split."""
    with np.load(folder / "tables" / "gtzan_musicnn_msd_tags.npz", allow_pickle=False) as table:
        names, ends, values = table["track"].astype(str), table["offset"], table["probability"]
    tracks = set(gtzan_tables.split(folder, part))
    kept = [i for i, name in enumerate(names) if name in tracks]
    chance = np.clip(values.astype(np.float64), _LEAST, 1 - _LEAST)
    odds = np.log(chance / (1 - chance))
    return np.stack([odds[ends[i] : ends[i + 1]].mean(axis=0) for i in kept]), np.array(
        [names[i].split(".")[0] for i in kept]
    )


def fitted(rows: Floats, genres: Labels) -> TagReference:
    """Return the reference of tracks ``(n, 50)``."""
    levels = np.array([NormalDist().inv_cdf(level) for level in LEVELS])
    plain = TagReference(levels, np.quantile(rows, LEVELS, axis=0), np.zeros(3))
    inputs, truth = samples(plain, rows, genres)
    model = LogisticRegression(C=100.0).fit(inputs, truth)
    return TagReference(levels, plain.quantiles, np.r_[model.coef_[0], model.intercept_])


def samples(reference: TagReference, rows: Floats, genres: Labels) -> tuple[Floats, Labels]:
    """Return standard score and log-odds ``(7 n, 2)`` of each track and tag, and whether it has that genre."""
    scores = np.stack([reference.standard_scores(row) for row in rows])
    places = {genre: ENCODER_TAGS.index(tag) for genre, tag in TAG_OF.items()}
    inputs = [np.column_stack([scores[:, place], rows[:, place]]) for place in places.values()]
    return np.vstack(inputs), np.concatenate([genres == genre for genre in places])


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=gtzan_tables.shared_folder())
    parser.add_argument("--out", type=Path, default=shipped("data", "tag_reference.npz"))
    options = parser.parse_args()
    reference = fitted(*published_tags(options.data, "train"))
    write_arrays(
        options.out,
        {
            "levels": np.array(LEVELS),
            "quantiles": reference.quantiles.astype("<f4"),
            "weights": np.round(reference.weights, 4),
            "tags": np.array(ENCODER_TAGS),
        },
    )


if __name__ == "__main__":
    main()
