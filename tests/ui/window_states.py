"""States of the window that need the most room, each reached as a user or a job reaches it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from genre_desktop.app.analysis.rows import State
from genre_desktop.core.messages import message
from genre_desktop.core.monitoring.serving_state import ServingState
from genre_desktop.core.store.alerts import Alert
from genre_desktop.core.store.library_edits import ClipList
from genre_desktop.core.types import ModelRef, Segment, TagScore
from genre_desktop.jobs.batch.queue import BatchProgress
from genre_desktop.jobs.messages import JobEnded
from genre_desktop.ui.pages.library.page import LibraryPage
from genre_desktop.ui.pages.models.page import ModelsPage
from tests.fixtures.qt import GONE
from tests.ui.conftest import Desk
from tests.ui.pages.analyse.test_song_controller import LIKE, WHY
from tests.ui.pages.live.test_page import reading
from tests.ui.pages.models.test_page import FAMILIES, version
from tests.ui.window.test_job_drawer import begin, end
from tests.ui.window.test_notifications import BROKEN_JOB

READING = BatchProgress(3000, 12, 2, searching=False, paused=False, rate=14.0, left_s=214.0)
FALLBACK = ModelRef("genre", "2", "fallback", "linear", message("the champion gave no answer."))
FAILED = JobEnded("failed", problem=GONE)


def states(desk: Desk) -> Iterator[str]:
    """Bring the window into one state after the other; yields their names."""
    for page in (_analyse, _live, _library, _models, _window):
        for name, enter, leave in page(desk):
            enter()
            yield name
            leave()


_State = tuple[str, Callable[[], object], Callable[[], object]]
"""Name, how it is entered, and how it is left."""


def _nothing() -> None:
    """Leave a state as it is."""


def _analyse(desk: Desk) -> Iterator[_State]:
    page, answer = desk.page, desk.page.card.answer
    desk.window.show_page("analyse")
    page.table.selectRow(0)
    answer.show_details(WHY)
    answer.show_details(LIKE)
    yield "reasons", lambda: answer.choose("why"), _nothing
    yield "similar clips", lambda: answer.choose("similar"), lambda: answer.choose("genre")
    yield "several rows", page.table.selectAll, lambda: page.table.selectRow(0)
    search = page.filters.search
    nothing_found = partial(desk.until, lambda: page.model.rowCount() == 0)
    yield "no match", lambda: (search.setText("nowhere"), nothing_found()), search.clear
    desk.until(lambda: page.model.rowCount() > 0)
    _open(desk, "odd.mp3", confidence=0.3, unusual=True, warnings=("The file ends early.",), model=FALLBACK,
          tags=(TagScore("soul", 0.9), TagScore("happy", 0.8)))  # fmt: skip
    yield "a doubtful answer", lambda: page.table.show_row(desk.rows[-1]), _nothing
    yield "a review", page.toggle_review, page.toggle_review
    yield "a correction", lambda: page.correct("polka"), desk.window.undo
    speech = (Segment(0.0, 60.0, "", 0.0, "speech"),)
    _open(desk, "reading.mp3", top=(), probabilities=(), kind="speech", segments=speech, genre="")
    yield "speech", lambda: page.table.show_row(desk.rows[-1]), _nothing
    desk.window.open_paths([Path("/music/failing.mp3"), Path("/music/waiting.mp3")])
    desk.until(lambda: len(desk.workers.asked()) == 2)
    yield "a file that is read", lambda: page.table.show_row(desk.rows[-1]), _nothing
    desk.workers.fail(next(each for each in desk.workers.asked() if "failing" in each.payload.path))
    desk.until(lambda: desk.rows[-2].state is State.FAILED)
    yield "a problem", lambda: page.table.show_row(desk.rows[-2]), _nothing


def _open(desk: Desk, name: str, genre: str = "rock", **changes: object) -> None:
    desk.open(name, genre=genre, **changes)


def _live(desk: Desk) -> Iterator[_State]:
    desk.window.show_page("live")
    live = desk.window.live
    answer = live.listener.smoother.add(reading(length=4.0))
    yield "a live answer", lambda: live.card.show_answer(answer), live.card.show_idle
    yield "no live answer", lambda: live.card.show_problem(GONE), live.card.show_idle
    yield "a take", lambda: live.take_notice.show_message(GONE.reason, GONE.title), live.take_notice.hide


def _library(desk: Desk) -> Iterator[_State]:
    library = desk.window.library_page()
    assert isinstance(library, LibraryPage)
    job = begin(desk, "import")
    yield "an import", _nothing, library.job._toggle_log
    skipped = [{"path": "/music/a.mp3", "reason": GONE.reason}]
    result = {"skipped": skipped, "warnings": [], "genres": {"polka": 3}, "added": 3}
    ended = JobEnded("succeeded", result=result)
    yield "skipped files", lambda: end(desk, job, ended), library._skipped_card.hide
    library.table.selectRow(0)
    yield "a clip", _nothing, _nothing
    clips = ClipList(desk.window.context.database)
    removed = clips.remove(library.entries)
    yield "no clips", library.reload, lambda: (clips.restore(removed), library.reload())


def _models(desk: Desk) -> Iterator[_State]:
    models = desk.window.models_page()
    assert isinstance(models, ModelsPage)
    found = [version("2", "champion"), version("1", "fallback")]
    models.show_result({"models": found, "families": FAMILIES, "web_ui": True})
    yield "two versions", models.table.selectAll, lambda: models.table.selectRow(0)
    yield "options of a retrain", models.retrain, models.options.hide
    job = begin(desk, "retrain")
    models.job.log.show()
    yield "a retrain", _nothing, _nothing
    yield "a failed retrain", lambda: end(desk, job, FAILED), models.job.notice.hide
    team = begin(desk, "publish")
    yield "a job for the team", _nothing, lambda: end(desk, team, FAILED)
    yield "a failed job for the team", _nothing, models.team.job.notice.hide


def _window(desk: Desk) -> Iterator[_State]:
    window = desk.window
    window.show_page("analyse")
    window.status_bar.show_microphone("Listening to Built-in Audio Analog Stereo")
    window.status_bar.show_serving("Fallback model in use")
    job = begin(desk, "retrain")
    job.fraction = 0.42
    window.context.jobs.changed.emit(job)
    yield "a busy status bar", lambda: window.status_bar.show_snapshot(READING), _nothing
    yield "the drawer", window.toggle_jobs, _nothing
    yield "the drawer with a failed job", lambda: end(desk, job, FAILED), window.toggle_jobs
    notifications = window.notifications
    alert = Alert(1, 0.0, BROKEN_JOB)
    yield "a toast", lambda: notifications._show_alert(alert), notifications.toast.dismiss
    for active in ("fallback", "none"):
        state = ServingState(active, reason=message("the file is damaged"), since=1.0)
        yield active, partial(notifications._serving_changed, state), notifications.banner.hide
