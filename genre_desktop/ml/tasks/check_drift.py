"""The drift check job: tests the clips played since the last check and reports to the serving controller.

New clips are split into windows, and each clip is tested once, so that two windows in a row are
independent evidence. They are distributed in turn: the files of a folder come sorted, and thirty
in a row may be by one artist.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from genre_desktop.core.errors import AppError
from genre_desktop.core.messages import EMPTY, Message, Param, message
from genre_desktop.core.monitoring.drift_progress import DriftProgress, DriftRequirements
from genre_desktop.core.monitoring.serving import ServingController
from genre_desktop.core.monitoring.serving_state import CleanSeen, DriftSeen, FailoverPolicy
from genre_desktop.core.settings import Settings
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.drift_checks import DriftCheck, DriftLog
from genre_desktop.core.store.predictions import CheckedAnswers, Prediction, PredictionLog
from genre_desktop.ml.drift import champion_reference, detector
from genre_desktop.ml.drift.champion_reference import ChampionReference
from genre_desktop.ml.drift.comparison import CODING, DriftThresholds
from genre_desktop.ml.drift.reference import Reference
from genre_desktop.ml.features.schema import NAMES, VERSIONS, widen
from genre_desktop.ml.task_context import JobContext, check_cancelled

WINDOWS = 10
"""Maximum number of windows per check; of a large folder only the newest clips are tested."""
WIDTHS = frozenset(map(len, VERSIONS.values()))
"""Lengths of stored feature rows."""
SHARED = 0.1
"""Share of clips that may belong to two windows."""
LARGEST = 60
"""Maximum clips compared per window: with thousands, inaudible differences would become significant."""
_SEEN = {"strong": "drift-seen", "mild": "noticed", "none": "none"}


@dataclass(frozen=True, slots=True)
class _WindowTest:
    """References and thresholds for every window of one check."""

    champion: ChampionReference
    rule: DriftThresholds

    def run(self, window: Sequence[Prediction]) -> detector.DriftResult:
        """Compare one window with the references."""
        version = self.champion.version.version
        chosen = np.linspace(0, len(window) - 1, min(len(window), LARGEST)).round().astype(int)
        clips = clips_of([window[i] for i in chosen], version)
        rule = replace(self.rule, minimum=min(self.rule.minimum, LARGEST))
        found = detector.detect_both(self.champion.signal, self.champion.encoder, clips, rule)
        newest = max(prediction.id for prediction in window)
        check = replace(found.check, model_version=version, last_prediction=newest)
        return replace(found, check=check)


def run(context: JobContext, params: dict[str, Any]) -> dict[str, Any]:
    """Check for drift now.

    Parameters
    ----------
    params:
        Optionally ``html``: a file for the full report, or true for one in the reports folder.

    Returns
    -------
    dict
        The last window as ``drift --json`` prints it, and ``windows``: their number; ``compared``: clips in them;
        ``new``: those that no check had tested before, 0 when the newest were tested again; ``needed``: further new
        clips that a confirmation of drift needs; ``confirmed``: whether it is confirmed; ``serving``.

    Raises
    ------
    AppError
        ``too-few-clips`` when a report was requested and there is nothing to test; ``no-reference``;
        as :func:`.detector.detect_both`; then no window counts, and the serving state stays.
    """
    with closing(Database(context.home.store)) as database:
        return _run(context, params, database)


def _run(context: JobContext, params: dict[str, Any], database: Database) -> dict[str, Any]:
    settings = Settings.load(context.home.settings)
    rule = DriftThresholds(
        settings["drift.p_value"], settings["drift.share"], settings["drift.minimum_clips"]
    )
    progress, log = DriftProgress(database), PredictionLog(database)
    answered = len(log.judgeable(VERSIONS, newest=rule.minimum))
    if answered < rule.minimum:
        return _too_few(answered, rule, params)
    check_cancelled(context)
    context.progress(0.1, message("Loading the champion's training data"))
    champion = champion_reference.find(context.home, database)
    version = champion.version.version
    new, clips = _clips(log, progress.tested(version), rule.minimum, champion.signal)
    if len(clips) < rule.minimum:
        return _too_few(len(clips), rule, params)
    counts = len(new) >= rule.minimum
    needs = DriftRequirements(rule.minimum, settings["drift.confirmations"])
    serving = ServingController(database, FailoverPolicy(confirmations=needs.confirmations))
    windows = split_into_windows(clips, rule.minimum)
    fell_back = False
    for result in _test(context, _WindowTest(champion, rule), windows):
        check = _report_to_serving(result.check, serving) if counts else result.check
        fell_back |= check.action == "fallback"
        context.log(describe(check))
        check_id = _record(check, DriftLog(database))
    if counts:
        progress.record_tested(version, max(prediction.id for prediction in new))
    if target := _report_target(context, params, fell_back):
        from genre_desktop.ml.drift import html_report

        path = str(html_report.write(target, result.comparison))
        DriftLog(database).set_report(check_id, path)
        check = replace(check, html_path=path)
    state = serving.current()
    found = check.to_dict() | {
        "windows": len(windows),
        "compared": len(clips),
        "new": len(new) if counts else 0,
        "needed": needs.missing(state, 0 if counts else len(new)),
        "confirmed": bool(state.drifted),
        "serving": state.active,
    }
    progress.record_result(found)
    return found


def _test(
    context: JobContext, test: _WindowTest, windows: Sequence[Sequence[Prediction]]
) -> list[detector.DriftResult]:
    """Compare every window before any counts: after a failure the next check tests the same clips."""
    found = []
    for number, window in enumerate(windows, 1):
        check_cancelled(context)
        where = message("Window {number} of {windows}", number=number, windows=len(windows))
        context.progress(0.2 + 0.5 * number / len(windows), where)
        found.append(test.run(window))
    return found


def _clips(
    log: PredictionLog, tested: CheckedAnswers, minimum: int, reference: Reference
) -> tuple[list[Prediction], list[Prediction]]:
    """Return the untested clips, and the clips to test now: these if they are enough, else the newest."""
    newest = WINDOWS * max(minimum, LARGEST)
    new = _usable(log.judgeable(VERSIONS, tested=tested, newest=newest), reference)
    if len(new) >= minimum:
        return new, new
    return new, _usable(log.judgeable(VERSIONS, newest=minimum), reference)


def _usable(predictions: Sequence[Prediction], reference: Reference) -> list[Prediction]:
    """Return those that have every feature of the reference; the encoder's may be missing."""
    columns = reference.columns_among(NAMES)
    return [
        p
        for p in predictions
        if p.features is not None
        and len(p.features) in WIDTHS
        and np.isfinite(widen(p.features)[columns]).all()
    ]


def split_into_windows(clips: Sequence[Prediction], minimum: int) -> list[list[Prediction]]:
    """Split clips into windows of at least ``minimum`` clips, with neighbours in different ones.

    Where a tenth more clips would suffice for another window, it is made and a few clips are in
    two: sixty files of which one is a copy of another are two windows.
    """
    n = min(max(int(len(clips) * (1 + SHARED) / minimum), 1), WINDOWS)
    windows = [list(clips[start::n]) for start in range(n)]
    return [
        own + windows[(i + 1) % n][: max(minimum - len(own), 0)] if n > 1 else own
        for i, own in enumerate(windows)
    ]


def clips_of(window: Sequence[Prediction], version: str) -> detector.DriftWindow:
    """Convert predictions to rows; confidence is NaN unless this version of the champion answered."""
    genres = tuple(sorted({genre for prediction in window for genre in prediction.probabilities}))
    own = [p.model.version == version and p.model.alias == "champion" for p in window]
    return detector.DriftWindow(
        X=np.stack([widen(p.features) for p in window if p.features is not None]),
        genres=genres,
        probabilities=np.array([[p.probabilities.get(genre, 0.0) for genre in genres] for p in window]),
        confidence=np.array(
            [p.confidence if mine else math.nan for p, mine in zip(window, own, strict=True)]
        ),
        names=NAMES,
    )


def describe(check: DriftCheck) -> Message:
    """Describe a check in one sentence."""
    facts: dict[str, Param] = {"share": check.drifted_share, "n": check.n_current}
    if check.by_encoder:
        return message(
            "{share:.0%} of the music encoder's measurements of {n} clips differ from the champion's training music.",
            share=check.encoder_share or 0.0,
            n=check.n_current,
        )
    if check.level == "strong":
        return message(
            "{share:.0%} of the features of {n} clips differ from the champion's training music.", **facts
        )
    facts["limit"] = message("the threshold is {threshold:.0%}", threshold=check.threshold)
    if check.level == "none":
        return message(
            "{share:.0%} of the features of {n} clips differ from the champion's training music ({limit}).",
            **facts,
        )
    if any(f.name == CODING and f.drifted for f in check.features):
        return message(
            "{n} clips resemble files with lossy compression, such as MP3; {share:.0%} of their features "
            "differ ({limit}).",
            **facts,
        )
    return message(
        "{share:.0%} of the features of {n} clips differ; the clips seem to be recorded or compressed differently from the training music ({limit}).",
        **facts,
    )


def _report_to_serving(check: DriftCheck, serving: ServingController) -> DriftCheck:
    """Report a window of new clips to the serving controller, and record its action in the check."""
    reason = describe(check) if check.level != "none" else EMPTY
    switch = serving.report(DriftSeen(reason) if check.drift else CleanSeen(reason))
    action = switch.new if switch is not None else _SEEN[check.level]
    return replace(check, counted=True, action=action)


def _record(check: DriftCheck, log: DriftLog) -> int:
    """Store a check and return its ID, unless it repeats the last one on the same clips."""
    last = log.latest()
    same = last is not None and (last.last_prediction, last.model_version) == (
        check.last_prediction,
        check.model_version,
    )
    return last.id if last is not None and same and not check.counted else log.add(check)


def _too_few(n: int, rule: DriftThresholds, params: dict[str, Any]) -> dict[str, Any]:
    if params.get("html"):
        raise AppError("too-few-clips/report", n=n, minimum=rule.minimum)
    waiting = DriftCheck("", 0, n, 0.0, rule.share, False, action="waiting")
    return waiting.to_dict() | {"windows": 0, "needed": rule.minimum}


def _report_target(context: JobContext, params: dict[str, Any], fell_back: bool) -> Path | None:
    """Return where to write a report: if requested, or for the alert on a switch to the fallback."""
    requested = params.get("html")
    if not requested and not fell_back:
        return None
    context.progress(0.75, message("Writing the report"))
    return Path(requested).expanduser().absolute() if isinstance(requested, str) else context.home.reports
