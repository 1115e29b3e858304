"""Fills a store with a week of answers, drift checks, jobs and alerts, for tests and screenshots."""

from __future__ import annotations

import random
import time

import numpy as np

from genre_desktop.core.errors import Problem
from genre_desktop.core.monitoring import alert_messages
from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.monitoring.serving import ServingController
from genre_desktop.core.monitoring.serving_state import DriftSeen, ModelFault
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.drift_checks import DriftCheck, DriftLog, FeatureDrift, Picture
from genre_desktop.core.store.job_runs import JobRuns
from genre_desktop.core.store.key_value import KeyValueStore
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.types import GENRES, ModelRef
from tests.fixtures.qt import answer

DAY = 86_400.0
CHECKS = 26
FEATURES = (
    "mfcc3_var",
    "rolloff_mean",
    "mfcc4_var",
    "zero_crossing_rate_mean",
    "rms_mean",
    "chroma_stft_var",
    "tempo",
)


class Writer:
    """Writes into a store with an adjustable clock: ``at(seconds_ago)`` sets it."""

    def __init__(self, db: Database) -> None:
        self.db, self.now = db, time.time()
        self.moment = self.now
        self.random = random.Random(4)
        clock = lambda: self.moment  # noqa: E731  # one clock for all
        self.predictions, self.corrections = PredictionLog(db, clock), Corrections(db, clock)
        self.drift, self.runs = DriftLog(db, clock), JobRuns(db, clock)
        self.alerts, self.serving = AlertService(db, clock), ServingController(db, clock=clock)

    def at(self, seconds_ago: float) -> Writer:
        self.moment = self.now - seconds_ago
        return self

    def answers(self, n: int, days: float = 6.9) -> None:
        """Write ``n`` answers over some days: one in fifty failed, one in ten with feedback."""
        with self.db.transaction():
            for index in range(n):
                self.at(days * DAY * (1 - index / n))
                self._answer(index, "fallback" if index > 0.9 * n else "champion")

    def _answer(self, index: int, alias: str) -> None:
        genre = GENRES[min(int(self.random.expovariate(0.4)), len(GENRES) - 1)]
        failed = index % 50 == 49
        one = answer(
            f"/music/{index}.mp3",
            genre,
            self.random.betavariate(5, 2),
            model=ModelRef("genre", "4", alias, "xgboost"),
            elapsed_ms=self.random.lognormvariate(6.1, 0.4),
            clip_hash=f"clip{index}",
            error=Problem("undecodable", title="Damaged", reason="It is damaged.") if failed else None,
        )
        number = self.predictions.add(one, "batch")
        if index % 10 == 3 and not failed:
            self.corrections.add(number, "zydeco" if index % 30 == 3 else genre)

    def checks(self, n: int = CHECKS, drifted: int = 4) -> None:
        """Write a drift check every six hours; the last ``drifted`` of them found drift."""
        with self.db.transaction():
            for index in range(n):
                self.at(DAY / 4 * (n - index))
                drift = index >= n - drifted
                self.drift.add(check(0.4 + 0.05 * (index - n + drifted) if drift else 0.08, drift))

    def jobs(self) -> None:
        """Write one run of each job; the clean-up of the registry failed."""
        ran = (
            ("retrain", 2 * DAY, 730.0, "succeeded", {"reason": "Version 4 beats version 3."}),
            ("maintenance", 5 * 3600.0, 1.2, "succeeded", {}),
            ("sweep", 6 * 3600.0, 4.0, "failed", {}),
            ("drift", 1500.0, 6.2, "succeeded", {"drifted_share": 0.61, "drift": True, "action": "fallback"}),
        )
        for name, ago, seconds, status, result in ran:
            folder = self.db.path.parent / "logs" / "jobs"
            folder.mkdir(parents=True, exist_ok=True)
            log = folder / f"{name}-1.log"
            log.write_text(f"12:01:07 {name} begins\n12:01:12 {name} ends\n")
            run = self.at(ago).runs.start(name, str(log))
            self.at(ago - seconds).runs.finish(
                run, status, "The registry is busy." if status == "failed" else "", result
            )

    def alarms(self) -> None:
        """Write alerts of every level, and let the fallback serve because of drift."""
        self.at(2 * DAY)
        read = self.alerts.raise_(alert_messages.promoted("4", "It beats version 3 by 0.021 in macro F1."))
        self.alerts.acknowledge(read.id)
        self.at(1.4 * DAY).alerts.raise_(alert_messages.worker_restarted("It ran out of memory."))
        self.alerts.resolve("worker-restarted")
        self.at(6 * 3600).alerts.raise_(
            alert_messages.job_failed("sweep", "Registry clean-up", "The registry is busy.")
        )
        for hours in (22, 13):
            self.at(hours * 3600).serving.report(DriftSeen("61% of the features of 50 clips differ."))
        KeyValueStore(self.db).set("worker_restarts", 1)

    def break_everything(self) -> None:
        """Report a fault of both models."""
        self.at(300).serving.report(ModelFault("fallback", "model-digest", "A file of it was changed."))
        self.serving.report(ModelFault("champion", "model-missing", "Its folder is gone."))

    def week(self, answers: int = 300) -> None:
        """Write answers, checks, jobs and alerts."""
        self.answers(answers)
        self.checks()
        self.jobs()
        self.alarms()
        self.at(0)


def check(share: float, drift: bool, html_path: str = "") -> DriftCheck:
    """Return a drift check with histograms of seven features, the first five drifted."""
    features = tuple(
        FeatureDrift(name, 10.0 ** (index - 6), index < 5, 0.6 - 0.09 * index)
        for index, name in enumerate(FEATURES)
    )
    return DriftCheck(
        "4", 1000, 50, share, 0.3, drift, "strong" if drift else "none", features, pictures(),
        counted=True, html_path=html_path,
    )  # fmt: skip


def pictures() -> tuple[Picture, ...]:
    edges = np.linspace(-3, 3, 21)
    middle = (edges[:-1] + edges[1:]) / 2
    found = []
    for index, name in enumerate(FEATURES):
        shift = 1.4 - 0.2 * index
        reference, current = np.exp(-(middle**2)), np.exp(-((middle - shift) ** 2))
        found.append(
            Picture(name, tuple(edges), tuple(reference / reference.sum()), tuple(current / current.sum()))
        )
    return tuple(found)
