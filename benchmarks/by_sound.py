"""Songs compared by their sound: what the map of 100,000 songs costs and loses, frames of its view, and paths.

``python -m benchmarks by_sound``. The songs are made of the shipped reference: the embedding of each is a mixture of
two clips of one genre, with noise. Trustworthiness (Venna & Kaski 2001) is 1 where the 15 nearest points of the map are
neighbours in sound too; it is measured on 2,000 of the songs, as is the share of the ten nearest points with the song's genre.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
from sklearn.decomposition import PCA
from sklearn.manifold import trustworthiness
from sklearn.neighbors import NearestNeighbors

from benchmarks.report import Row, median_seconds
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.types import Answer
from genre_desktop.jobs.context import ProcessResources, TaskContext
from genre_desktop.ml.arrays import Labels
from genre_desktop.ml.explain import comparison_clips, sound_map, sound_path
from genre_desktop.ml.explain.sound_vectors import SoundVectors, Vectors
from genre_desktop.ml.features.schema import EMBEDDING_NAMES, FEATURE_VERSION, has_encoding
from genre_desktop.ml.tasks import by_sound

TITLE = "Songs compared by their sound"
SONGS = 100_000
JUDGED = 2000
PATHS = 20
FRAMES = 20
VIEW = (900, 640)


def measure() -> list[Row]:
    """Measure map, jobs, view and paths."""
    vectors, genres = _songs(SONGS)
    return [*_maps(vectors, genres), *_jobs(vectors), *_frames(vectors), *_paths(vectors)]


def _songs(n: int) -> tuple[Vectors, Labels]:
    clips = comparison_clips.reference()
    encoded = has_encoding(clips.X)
    known, labels = clips.X[encoded][:, -len(EMBEDDING_NAMES) :], clips.labels[encoded]
    rng = np.random.default_rng(0)
    genres = rng.choice(np.unique(labels), n)
    made = np.empty((n, known.shape[1]), np.float32)
    for genre in np.unique(labels):
        at, pool = np.flatnonzero(genres == genre), np.flatnonzero(labels == genre)
        one, other = rng.choice(pool, (2, len(at)))
        share = 0.5 * rng.random((len(at), 1))
        made[at] = known[one] * (1 - share) + known[other] * share
    made += 0.25 * known.std(axis=0) * rng.normal(size=made.shape)
    return made / np.linalg.norm(made, axis=1, keepdims=True), genres


# -- the map --------------------------------------------------------------------------------------


def _maps(vectors: Vectors, genres: Labels) -> Iterator[Row]:
    judged = np.random.default_rng(1).choice(len(vectors), JUDGED, replace=False)
    ways: dict[str, Callable[[], Vectors]] = {
        "two principal components": lambda: PCA(2, svd_solver="covariance_eigh").fit_transform(vectors)
    }
    for n in (500, sound_map.LANDMARKS, 5000):
        ways[f"t-SNE of {n} landmarks"] = lambda n=n: sound_map.arrange(vectors, landmarks=n)  # type: ignore[misc]
    for name, arrange in ways.items():
        started, used = time.perf_counter(), time.process_time()
        points = arrange()
        note = f"{time.process_time() - used:.1f} s of processor time"
        yield Row(f"{SONGS} songs, {name}", time.perf_counter() - started, "s", note=note)
        trusted = trustworthiness(vectors[judged], points[judged], n_neighbors=15)
        near = NearestNeighbors(n_neighbors=11).fit(points).kneighbors(points[judged], return_distance=False)
        same = float(np.mean(genres[near[:, 1:]] == genres[judged][:, None]))
        note = f"ten nearest points of the same genre {same:.3f}"
        yield Row(f"{name}: trustworthiness", float(trusted), "", note=note)


# -- the jobs, over a store -----------------------------------------------------------------------


def _jobs(vectors: Vectors) -> Iterator[Row]:
    row = comparison_clips.reference().X[0]
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder)).create()
        with closing(Database(home.store)) as database, database.transaction():
            log = PredictionLog(database)
            ids = [log.add(_answer(place, row, vector), "file") for place, vector in enumerate(vectors)]
        for name, params in (
            ("similar", {"ids": ids, "seeds": [5], "n": 100}),
            ("path", {"ids": ids, "seeds": [5, 9], "n": 12}),
            ("arrange", {"ids": ids}),
        ):
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                seconds, megabytes = pool.apply(_run, (folder, name, params))
            note = f"{megabytes:.0f} MB at most"
            yield Row(f"{name}: {SONGS} songs of the store", seconds, "s", note=note)


def _answer(place: int, row: np.ndarray, vector: np.ndarray) -> Answer:
    features = np.r_[row[: -len(EMBEDDING_NAMES)], vector]
    return Answer(
        f"/music/{place}.mp3", "rock", 0.5, clip_hash=str(place), feature_version=FEATURE_VERSION,
        features=features,
    )  # fmt: skip


def _run(folder: str, name: str, params: dict[str, object]) -> tuple[float, float]:
    """Run a job; return seconds and the most memory of its process in megabytes."""
    context = TaskContext(ProcessResources(Home(Path(folder))))
    started = time.perf_counter()
    getattr(by_sound, name)(context, params)
    status = Path("/proc/self/status").read_text("ascii")  # ru_maxrss would be at least that of the parent
    kilobytes = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    return time.perf_counter() - started, kilobytes / 1024


# -- the view -------------------------------------------------------------------------------------


def _frames(vectors: Vectors) -> Iterator[Row]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    import pyqtgraph as pg
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QPolygonF
    from PySide6.QtWidgets import QApplication

    from genre_desktop.ui.plotting.sound_map_view import SoundMapView
    from genre_desktop.ui.theme.palette import DARK

    app = QApplication.instance() or QApplication([])
    points = PCA(2, svd_solver="covariance_eigh").fit_transform(vectors).astype(np.float32)
    points /= np.abs(points).max()
    kinds = np.random.default_rng(2).integers(0, 10, len(points))
    inks = (0xFF000000 + 0x181818 * (kinds + 1)).astype(np.uint32)
    ours = SoundMapView(str)
    ours.set_palette(DARK)
    ours.show_points(points)
    ours.show_colours(inks, np.ones(len(points), bool))
    theirs = pg.PlotWidget()
    for kind in range(10):
        spots = pg.ScatterPlotItem(pos=points[kinds == kind], size=5, pen=None, brush=pg.mkBrush(kind))
        theirs.addItem(spots)
    taken, busy = {}, {}
    for name, view in (("ours", ours), ("ScatterPlotItem", theirs)):
        view.resize(*VIEW)
        view.show()
        app.processEvents()
        used = time.process_time()
        taken[name] = median_seconds(lambda view=view: _pan(view), FRAMES)  # type: ignore[misc]
        busy[name] = f"{1e3 * (time.process_time() - used) / (FRAMES + 1):.1f} ms of processor time"
    target = "≤ 33 ms"
    ratio = taken["ours"] / taken["ScatterPlotItem"]
    yield Row(f"a frame of {SONGS} points, panned", 1e3 * taken["ours"], "ms", ratio, target, busy["ours"])
    note = busy["ScatterPlotItem"]
    yield Row("the same with ten ScatterPlotItem", 1e3 * taken["ScatterPlotItem"], "ms", note=note)
    angles = np.linspace(0, 2 * np.pi, 200)
    line = QPolygonF([QPointF(450 + 200 * np.cos(a), 320 + 200 * np.sin(a)) for a in angles])
    yield Row("points inside a freehand line", 1e3 * median_seconds(lambda: ours._inside(line)), "ms")
    yield Row("the point under the mouse", 1e3 * median_seconds(lambda: ours._hit(QPointF(450, 320))), "ms")
    ours.close()
    theirs.close()


def _pan(view: object) -> None:
    view.getViewBox().translateBy((0.01, 0.004))  # type: ignore[attr-defined]
    view.grab()  # type: ignore[attr-defined]


# -- paths ----------------------------------------------------------------------------------------


def _paths(vectors: Vectors) -> Iterator[Row]:
    every = np.arange(len(vectors))
    songs = SoundVectors(every, every, vectors)
    rng = np.random.default_rng(3)
    for n in (12, 25):
        found: dict[str, list[tuple[float, float]]] = {"ours": [], "nearest": [], "random": []}
        for first, last in rng.choice(len(vectors), (PATHS, 2)).tolist():
            found["ours"].append(_steps(vectors, sound_path.find(songs, first, last, n)))
            found["nearest"].append(_steps(vectors, _nearest(vectors, first, last, n)))
            found["random"].append(_steps(vectors, [first, *rng.choice(len(vectors), n - 2).tolist(), last]))
        for name, steps in found.items():
            mean, largest = np.mean(steps, axis=0)
            note = f"largest {largest:.3f}; 1 - cosine, {PATHS} paths"
            title = {"nearest": "nearest songs to the line", "random": "random songs"}.get(name, "our search")
            yield Row(f"path of {n}, {title}: mean step", float(mean), "", note=note)


def _steps(vectors: Vectors, path: list[int]) -> tuple[float, float]:
    steps = 1 - (vectors[path[1:]] * vectors[path[:-1]]).sum(axis=1)
    return float(steps.mean()), float(steps.max())


def _nearest(vectors: Vectors, first: int, last: int, n: int) -> list[int]:
    found = [first]
    for share in np.linspace(0, 1, n)[1:-1]:
        likeness = vectors @ ((1 - share) * vectors[first] + share * vectors[last])
        likeness[[*found, last]] = -np.inf
        found.append(int(likeness.argmax()))
    return [*found, last]
