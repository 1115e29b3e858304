"""What tests of the window share: made-up answers and a stand-in for the workers."""

from __future__ import annotations

import itertools
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np

from genre_desktop.app.background.worker_client import Client
from genre_desktop.core.errors import Problem
from genre_desktop.core.types import (
    GENRES,
    AnalyseRequest,
    Analysis,
    Answer,
    GenreScore,
    ModelRef,
    Segment,
    Spectrogram,
)
from genre_desktop.jobs.messages import Failure, Progress, Request, Result, Stopped

PATIENCE_MS = 20_000
"""How long a test waits for what must come; only a broken program lets it run out."""

GONE = Problem("missing-file", "This file is not there", "There is no such file.", "Check the name.")


def quiet_platform() -> None:
    """Draw nowhere unless somebody chose a display platform."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def answer(path: Path | str, genre: str = "rock", confidence: float = 0.6, **changes: Any) -> Answer:
    """A good answer: ``genre`` first, two others, a minute long, two segments."""
    others = [other for other in GENRES if other != genre][:2]
    rest = 1 - confidence
    top = (
        GenreScore(genre, confidence),
        GenreScore(others[0], rest * 0.6),
        GenreScore(others[1], rest * 0.4),
    )
    values: dict[str, Any] = {
        "genre": genre,
        "confidence": confidence,
        "top": top,
        "segments": (Segment(0.0, 30.0, genre, confidence), Segment(30.0, 60.0, others[0], 0.5)),
        "model": ModelRef("genre", "1", "champion", "xgboost"),
        "duration_s": 60.0,
        "probabilities": top,
    }
    return Answer(str(path), **(values | changes))


def picture(seconds: float = 60.0) -> Spectrogram:
    """A spectrogram with a loud band of three bins around 1/8 of the frequency range, at −10 dB."""
    db = np.full((129, 400), -90, np.float16)
    db[15:18] = -10
    return Spectrogram(db, 22050, seconds / 400)


class Workers:
    """Stands in for the host: remembers what was asked, answers when told to.

    Events go through the client's bridge as those of the real host do.
    """

    def __init__(self, client: Client) -> None:
        self._tell = client.bridge
        self._ids = itertools.count(1)
        self.open: dict[int, Request] = {}
        self.lanes: dict[int, str] = {}
        self.cancelled: list[int] = []
        client.attach(self)

    def submit(self, op: str, payload: Any = None, lane: str = "file") -> int:
        number = next(self._ids)
        self.open[number] = Request(number, op, payload)
        self.lanes[number] = lane
        return number

    def set_live(self, on: bool) -> None:
        self.live = on

    def cancel(self, request_id: int) -> None:
        self.cancelled.append(request_id)
        if self.open.pop(request_id, None) is not None:
            self._tell(Stopped(request_id))

    def asked(self, op: str = "analyse") -> list[Request]:
        """Open requests of one operation, oldest first."""
        return [request for request in self.open.values() if request.op == op]

    def say(self, request: Request, value: object) -> None:
        """Answer a request with any value."""
        del self.open[request.id]
        self._tell(Result(request.id, value))

    def fail(self, request: Request, problem: Problem = GONE) -> None:
        del self.open[request.id]
        self._tell(Failure(request.id, problem))

    def progress(self, request: Request, fraction: float) -> None:
        self._tell(Progress(request.id, fraction))

    def answer_all(self, genre: str = "rock", **changes: Any) -> None:
        """Answer every open file; those that want a picture get one."""
        for request in self.asked():
            payload: AnalyseRequest = request.payload
            drawn = picture() if payload.spectrogram else None
            self.say(request, Analysis(answer(payload.path, genre, **changes), drawn))


def is_linux() -> bool:
    """Xvfb and its tools are found there only."""
    return sys.platform.startswith("linux")
