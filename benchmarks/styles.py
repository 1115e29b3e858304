"""Listener tags, and styles that the genres lack: how often they are right.

``python -m benchmarks styles``. Tags are measured on the published tag series of the GTZAN test part, where seven
genres are tags. Styles are measured there, where every one is wrong, and on free game soundtracks, 30 s from the
middle of each piece: unpacked Debian packages in the folders of ``GENRE_DESKTOP_FREE_MUSIC`` (``apt-get download``
and ``dpkg -x``).
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy.stats import binomtest

from benchmarks.report import Row
from genre_desktop.core.music_tags import shown_name
from genre_desktop.core.paths import Home, shipped
from genre_desktop.core.types import AnalyseRequest
from genre_desktop.ml.data import gtzan_tables
from genre_desktop.ml.features.listener_tags import describe, tag_reference, unnamed_style
from genre_desktop.ml.features.schema import SIGNAL_NAMES, TAG_NAMES
from genre_desktop.ml.inference.predictor import Predictor
from genre_desktop.ml.models import bundle
from tools.make_tag_reference import TAG_OF, published_tags, samples

TITLE = "Listener tags and styles"
SHORTEST_S = 20.0
ALSO = {
    "metal": ("metal", "heavy metal", "hard rock"),
    "rock": ("rock", "classic rock", "alternative rock", "indie rock"),
}
"""Tags that count as right for a genre beside the one of its name."""
SOUNDTRACKS: dict[str, tuple[str, ...]] = {
    "warzone2100": ("electronic", "ambient", "house"),
    "singularity": ("electronic", "ambient", "house"),
    "wesnoth": (),
    "fretsonfire": (),
    "supertuxkart": ("electronic", "ambient", "house", "folk"),
    "hyperrogue": ("electronic", "ambient", "house"),
}
"""Folder of each soundtrack, and the styles that are right for it. Orchestral music and metal are named by a genre.
The pieces of the last two differ, and few say what they are: there, right means plausible."""


def measure() -> list[Row]:
    """Measure tags, their calibration, wrong styles, and styles of soundtracks."""
    return [*_tags(), *_wrong_styles(), *_soundtracks()]


def _tags() -> Iterator[Row]:
    rows, genres = published_tags(gtzan_tables.shared_folder(), "test")
    found = [{tag.tag for tag in describe(row)} for row in rows]
    for genre, tag in TAG_OF.items():
        right = set(ALSO.get(genre, (shown_name(tag),)))
        hits = [not tags.isdisjoint(right) for tags, own in zip(found, genres, strict=True) if own == genre]
        others = [not tags.isdisjoint(right) for tags, own in zip(found, genres, strict=True) if own != genre]
        note = f"of {len(hits)} tracks; {np.mean(others):.3f} of the other genres"
        yield Row(f"{genre}: {' or '.join(sorted(right))} listed", float(np.mean(hits)), "", note=note)
    counts = [len(tags) for tags in found]
    yield Row(
        "tags listed", float(np.mean(counts)), "", note=f"none: {np.mean(np.equal(counts, 0)):.3f} of tracks"
    )
    inputs, truth = samples(tag_reference(), rows, genres)
    score = 1 / (1 + np.exp(-(inputs @ tag_reference().weights[:2] + tag_reference().weights[2])))
    for low, high in ((0.0, 0.1), (0.1, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.0)):
        inside = (score >= low) & (score < high) if high < 1 else score >= low
        note = f"mean score {score[inside].mean():.2f}, {inside.sum()} pairs of track and tag"
        yield Row(f"score {low} to {high}: right", float(truth[inside].mean()), "", note=note)


def _wrong_styles() -> Iterator[Row]:
    folder = gtzan_tables.shared_folder()
    tracks = gtzan_tables.split(folder, "test")
    X = gtzan_tables.load_gtzan_table(folder).only(tracks).X
    tags, _ = published_tags(folder, "test")
    X[:, len(SIGNAL_NAMES) : len(SIGNAL_NAMES) + len(TAG_NAMES)] = tags
    champion = bundle.load(shipped("models", "champion"), light=True)
    asked = zip(tags, champion.predict_proba(X).max(axis=1), champion.unusual(X), strict=True)
    styles = [unnamed_style(row, champion.classes, sure, unusual) for row, sure, unusual in asked]
    yield _share(
        "GTZAN test: a style that the genres lack (wrong)",
        [bool(style) for style in styles],
        styles,
        "≤ 0.02",
    )


def _soundtracks() -> Iterator[Row]:
    roots = [
        Path(folder) for folder in os.environ.get("GENRE_DESKTOP_FREE_MUSIC", "").split(os.pathsep) if folder
    ]
    with tempfile.TemporaryDirectory() as folder:
        predictor = Predictor(Home(Path(folder)).create())
        for name, right in SOUNDTRACKS.items():
            styles = [
                style
                for root in roots
                for path in _songs(root, name)
                if (style := _style(predictor, path)) is not None
            ]
            if not styles:
                continue
            yield _share(f"{name}: a style", [bool(style) for style in styles], styles)
            wrong = [bool(style) and style not in right for style in styles]
            yield _share(f"{name}: a wrong style", wrong, styles, "≤ 0.02")


def _songs(root: Path, name: str) -> list[Path]:
    files = [
        path
        for path in sorted(root.rglob("*"))
        if path.suffix in (".ogg", ".opus", ".mp3") and name in path.parts
    ]
    return [path for path in files if not {"sfx", "sounds"} & set(path.parts) and path.name != "guitar.ogg"]


def _style(predictor: Predictor, path: Path) -> str | None:
    answer = predictor.analyse(AnalyseRequest(str(path), mode="excerpt")).answer
    if answer.features is None or answer.duration_s < SHORTEST_S:
        return None
    return answer.style


def _share(what: str, hits: list[bool], styles: list[str], target: str = "") -> Row:
    interval = binomtest(sum(hits), len(hits)).proportion_ci(method="wilson")
    named = ", ".join(f"{count} {style}" for style, count in Counter(filter(None, styles)).most_common())
    return Row(
        what,
        float(np.mean(hits)),
        "",
        target=target,
        note=f"{interval.low:.3f} to {interval.high:.3f}; of {len(hits)}: {named or 'none'}",
    )
