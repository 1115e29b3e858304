"""The queue of files to analyse, as a pure state machine: no threads, no Qt, no I/O.

Events go in, the next state and what to do come out. A file is known by a number that its owner chose; each
submission has a number of its own, so that the late answer to one that was recalled changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, islice

from genre_desktop.core.types import Analysis, Answer
from genre_desktop.jobs.messages import Failure, RequestCancelled, Result
from genre_desktop.jobs.throughput import RateEstimator

AHEAD = 512
"""Files the workers hold at a time: enough that they see a backlog, few enough to recall quickly."""

_CHUNK = 256


@dataclass(frozen=True, slots=True)
class QueueState:
    """What waits, what is being analysed, and how far everything is.

    Attributes
    ----------
    waiting:
        Files in their order, in chunks: taking one from a single long tuple would copy all others.
    in_flight:
        File by submission, oldest first.
    ahead:
        How many files may be in flight.
    submissions:
        Number of the latest submission.
    searches:
        How many searches for files are not over.
    found, done, problems:
        Files since the queue was last empty. A file that was given up is not found any more.
    """

    waiting: tuple[tuple[int, ...], ...] = ()
    in_flight: Mapping[int, int] = field(default_factory=dict)
    ahead: int = AHEAD
    submissions: int = 0
    searches: int = 0
    paused: bool = False
    found: int = 0
    done: int = 0
    problems: int = 0

    @property
    def pending(self) -> int:
        """How many files wait or are in flight."""
        return self.found - self.done

    @property
    def busy(self) -> bool:
        """True while a search goes on or files are pending."""
        return self.searches > 0 or self.pending > 0


@dataclass(frozen=True, slots=True)
class SearchStarted:
    """A search for files began."""


@dataclass(frozen=True, slots=True)
class SearchEnded:
    """A search is over; everything it found was reported."""


@dataclass(frozen=True, slots=True)
class FilesFound:
    """Files to analyse, none of which is pending."""

    files: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FilesSkipped:
    """So many files were found that need no analysis; ``problems`` of them cannot be read."""

    files: int
    problems: int = 0


@dataclass(frozen=True, slots=True)
class FileProgressed:
    """A submission is at ``fraction`` (0 to 1, None if unknown)."""

    submission: int
    fraction: float | None


@dataclass(frozen=True, slots=True)
class FileEnded:
    """A submission is over; without an analysis the workers stopped it."""

    submission: int
    analysis: Analysis | None


def ended(submission: int, event: Result | Failure | RequestCancelled) -> FileEnded:
    """What the last message about a request means for the queue."""
    if isinstance(event, Failure):
        return FileEnded(submission, Analysis(Answer("", error=event.problem)))
    return FileEnded(submission, event.value if isinstance(event, Result) else None)


@dataclass(frozen=True, slots=True)
class Pause:
    """Analyse nothing for now; what is in flight starts from its beginning later."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on."""


@dataclass(frozen=True, slots=True)
class Cancel:
    """Give up these files; None gives up all."""

    files: frozenset[int] | None = None


Event = (
    SearchStarted
    | SearchEnded
    | FilesFound
    | FilesSkipped
    | FileProgressed
    | FileEnded
    | Pause
    | Resume
    | Cancel
)


@dataclass(frozen=True, slots=True)
class Submit:
    """Hand this file to the workers; events about it carry the number of the submission."""

    file: int
    submission: int


@dataclass(frozen=True, slots=True)
class Recall:
    """Take this file from the workers; it waits again."""

    file: int


@dataclass(frozen=True, slots=True)
class Drop:
    """This file is given up; take it from the workers if they have it."""

    file: int


@dataclass(frozen=True, slots=True)
class ShowProgress:
    """This file is at ``fraction``."""

    file: int
    fraction: float | None


@dataclass(frozen=True, slots=True)
class Deliver:
    """This file is done; without an analysis the workers stopped it."""

    file: int
    analysis: Analysis | None


Action = Submit | Recall | Drop | ShowProgress | Deliver
Step = tuple[QueueState, tuple[Action, ...]]


def step(state: QueueState, event: Event) -> Step:
    """The state after ``event`` and what to do now, in this order."""
    if isinstance(event, FileProgressed):
        file = state.in_flight.get(event.submission)
        return state, () if file is None else (ShowProgress(file, event.fraction),)
    if isinstance(event, FileEnded):
        return _ended(state, event)
    if isinstance(event, FilesFound):
        return _found(state, event.files)
    if isinstance(event, Pause):
        return _paused(state)
    if isinstance(event, Resume):
        return _submit(replace(state, paused=False))
    if isinstance(event, Cancel):
        return _cancelled(state, event.files)
    return _counted(state, event), ()


def _counted(state: QueueState, event: SearchStarted | SearchEnded | FilesSkipped) -> QueueState:
    if isinstance(event, SearchStarted):
        state = _fresh(state)
        return replace(state, searches=state.searches + 1)
    if isinstance(event, SearchEnded):
        return replace(state, searches=state.searches - 1)
    return replace(
        state,
        found=state.found + event.files,
        done=state.done + event.files,
        problems=state.problems + event.problems,
    )


def _fresh(state: QueueState) -> QueueState:
    """Work that begins while nothing else goes on is counted from zero."""
    return state if state.busy else replace(state, found=0, done=0, problems=0)


def _found(state: QueueState, files: tuple[int, ...]) -> Step:
    if not files:
        return state, ()
    state = _fresh(state)
    last = state.waiting[-1] if state.waiting and len(state.waiting[-1]) < _CHUNK else ()
    before = state.waiting[:-1] if last else state.waiting
    waiting = (*before, *_chunks((*last, *files)))
    return _submit(replace(state, waiting=waiting, found=state.found + len(files)))


def _ended(state: QueueState, event: FileEnded) -> Step:
    file = state.in_flight.get(event.submission)
    if file is None:
        return state, ()
    problem = event.analysis is not None and event.analysis.answer.error is not None
    in_flight = {number: other for number, other in state.in_flight.items() if number != event.submission}
    state = replace(state, in_flight=in_flight, done=state.done + 1, problems=state.problems + problem)
    state, actions = _submit(state)
    return state, (Deliver(file, event.analysis), *actions)


def _paused(state: QueueState) -> Step:
    recalled = tuple(state.in_flight.values())
    waiting = (*_chunks(recalled), *state.waiting)
    return replace(state, waiting=waiting, in_flight={}, paused=True), tuple(map(Recall, recalled))


def _cancelled(state: QueueState, files: frozenset[int] | None) -> Step:
    waiting = tuple(chain.from_iterable(state.waiting))
    dropped = [file for file in (*state.in_flight.values(), *waiting) if files is None or file in files]
    gone = frozenset(dropped)
    state = replace(
        state,
        waiting=_chunks(file for file in waiting if file not in gone),
        in_flight={number: file for number, file in state.in_flight.items() if file not in gone},
        found=state.found - len(dropped),
    )
    state, actions = _submit(state)
    return state, (*map(Drop, dropped), *actions)


def _submit(state: QueueState) -> Step:
    """Hand over as many files as the workers may hold."""
    room = 0 if state.paused else state.ahead - len(state.in_flight)
    if room <= 0 or not state.waiting:
        return state, ()
    taken: list[int] = []
    waiting = list(state.waiting)
    while waiting and len(taken) < room:
        chunk, free = waiting.pop(0), room - len(taken)
        taken += chunk[:free]
        if chunk[free:]:
            waiting.insert(0, chunk[free:])
    submits = tuple(Submit(file, state.submissions + n) for n, file in enumerate(taken, 1))
    in_flight = dict(state.in_flight) | {submit.submission: submit.file for submit in submits}
    return replace(
        state, waiting=tuple(waiting), in_flight=in_flight, submissions=state.submissions + len(taken)
    ), submits


def _chunks(files: Iterable[int]) -> tuple[tuple[int, ...], ...]:
    following = iter(files)
    return tuple(iter(lambda: tuple(islice(following, _CHUNK)), ()))


@dataclass(frozen=True, slots=True)
class BatchProgress:
    """How far a batch is; ``rate`` in files a second, ``left_s`` in seconds, None while unknown."""

    found: int
    done: int
    problems: int
    searching: bool
    paused: bool
    rate: float | None
    left_s: float | None

    @property
    def busy(self) -> bool:
        """True while something is being searched or analysed."""
        return self.searching or self.done < self.found


def progress(state: QueueState, pace: RateEstimator, known_after_s: float = 0.0) -> BatchProgress:
    """The numbers for the user; the time left is unknown until ``known_after_s`` were measured."""
    searching = state.searches > 0
    rate = None if state.paused or not state.done else pace.rate()
    unknown = state.paused or searching or not state.done or pace.span_s < known_after_s
    left = None if unknown else pace.left_s(state.pending)
    return BatchProgress(state.found, state.done, state.problems, searching, state.paused, rate, left)
