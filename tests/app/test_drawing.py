from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from genre_desktop.app import drawing
from genre_desktop.core.errors import AppError, Cancelled
from genre_desktop.core.paths import Home, shipped
from genre_desktop.jobs.context import Context, Parts
from genre_desktop.jobs.worker import find


def context(tmp_path: Path, cancelled: bool = False) -> Context:
    return Context(Parts(Home(tmp_path)), lambda: cancelled)


def test_the_demo_clip_has_a_picture_of_its_whole_length(tmp_path: Path) -> None:
    drawn = find(drawing.OPERATION)(context(tmp_path), str(shipped("resources", "demo.flac")))
    assert drawn.duration_s == pytest.approx(12.0, abs=0.1)
    assert np.isfinite(drawn.db).all()
    assert drawn.db.max() > -40


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(AppError) as caught:
        drawing.spectrogram(context(tmp_path), str(tmp_path / "none.mp3"))
    assert caught.value.problem.code == "missing-file"


def test_it_can_be_cancelled(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        drawing.spectrogram(context(tmp_path, cancelled=True), str(shipped("resources", "demo.flac")))
