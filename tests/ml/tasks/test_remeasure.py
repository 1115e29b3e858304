"""Clips of an older feature version are measured again in the background: real files, real store."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from genre_desktop.core.errors import no_cancel
from genre_desktop.core.paths import Home
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.library import Clip, FileStamp, Library
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.types import Answer
from genre_desktop.jobs.context import ProcessResources, TaskContext
from genre_desktop.jobs.file_map import FileMap
from genre_desktop.jobs.tasks import registry
from genre_desktop.ml.data.folder_import import measure
from genre_desktop.ml.data.import_item import ImportItem
from genre_desktop.ml.features.schema import FEATURE_VERSION, SIGNAL_NAMES, VERSIONS, has_encoding
from genre_desktop.ml.tasks import remeasure
from tools.synthetic_audio import music, write

OLD = len(SIGNAL_NAMES)


@pytest.fixture
def songs(tmp_path: Path) -> list[Path]:
    return [write(tmp_path / f"{i}.flac", music(4.0, 22_050, 1, seed=i), 22_050) for i in range(4)]


def version_1(library: Library, path: Path, **changes: object) -> np.ndarray:
    """Put a file into the library as version 1 measured it; return its row."""
    found = measure(ImportItem(str(path), "song"))
    row = found.features[:, :OLD]
    values = {
        "content_hash": found.clip_hash, "path": str(path), "label": "rock", "group": "artist:x",
        "source": "audio", "duration_s": found.duration_s, "starts": found.starts,
        "lengths": found.lengths, "features": row,
    }  # fmt: skip
    library.put(Clip(**{**values, **changes}), "1", FileStamp.of(path))  # type: ignore[arg-type]
    return row


def test_clips_and_corrections_of_version_1_get_the_new_columns(
    home: Home, db: Database, songs: list[Path]
) -> None:
    library, log = Library(db), PredictionLog(db)
    old = version_1(library, songs[0])
    found = measure(ImportItem(str(songs[1]), "song"))
    answer = Answer(
        str(songs[1]), "pop", 0.5, clip_hash=found.clip_hash, feature_version="1",
        features=found.features[0, :OLD],
    )  # fmt: skip
    prediction_id = log.add(answer, "file")
    Corrections(db).add(prediction_id, "jazz")
    context = TaskContext(ProcessResources(home), files=FileMap(home, no_cancel))
    assert "remeasure" in registry.upkeep_needed(context, None)
    assert remeasure.run(context, {}) == {"measured": 2, "left": 0}
    (clip,) = library.clips([FEATURE_VERSION])
    assert (clip.label, clip.group, clip.path) == ("rock", "artist:x", str(songs[0]))
    np.testing.assert_allclose(clip.features[:, :OLD], old, rtol=1e-9)
    assert has_encoding(clip.features).all()
    stored = log.get(prediction_id)
    assert stored is not None
    assert (stored.genre, stored.correction, stored.feature_version) == ("pop", "jazz", FEATURE_VERSION)
    assert has_encoding(stored.features)
    assert "remeasure" not in registry.upkeep_needed(context, None)


def test_files_that_are_gone_or_changed_keep_their_rows(home: Home, db: Database, songs: list[Path]) -> None:
    library = Library(db)
    for path in songs[:2]:
        version_1(library, path)
    songs[0].unlink()
    songs[1].write_bytes(songs[2].read_bytes())
    context = TaskContext(ProcessResources(home), files=FileMap(home, no_cancel))
    assert remeasure.run(context, {}) == {"measured": 0, "left": 1}
    assert list(library.clips([FEATURE_VERSION])) == []
    assert len(list(library.clips(VERSIONS))) == 2


def test_without_an_encoder_nothing_is_measured(
    home: Home, db: Database, songs: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    version_1(Library(db), songs[0])
    monkeypatch.setattr("genre_desktop.ml.tasks.import_library.DIGEST", "0" * 64)
    assert remeasure.run(TaskContext(ProcessResources(home)), {}) == {"measured": 0, "left": 1}
    assert len(list(Library(db).clips(["1"]))) == 1
