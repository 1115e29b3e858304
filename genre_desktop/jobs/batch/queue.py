"""The queue of files to analyse, as a pure state machine: no threads, no Qt, no I/O.

:func:`step` maps a state and an event to the next state and the actions to perform. Callers number their files;
each submission has its own number, so that a late result of one that was recalled has no effect.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, islice

from genre_desktop.core.types import Analysis, Answer
from genre_desktop.jobs.messages import Failure, RequestCancelled, Result
from genre_desktop.jobs.throughput import RateEstimator

AHEAD = 512
"""Files the workers hold at a time: enough to show them a backlog, few enough to recall quickly."""

_CHUNK = 256


@dataclass(frozen=True, slots=True)
class QueueState:
    """The queue.

    Attributes
    ----------
    waiting:
        Files in order, in chunks: removing one from a single long tuple would copy all others.
    in_flight:
        File by submission, in the order in which the workers take them.
    ahead:
        How many files may be in flight.
    submissions:
        Number of the latest submission.
    searches:
        How many searches for files are running.
    found, done, problems:
        Files since the queue was last empty, without cancelled ones.
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
        """How many files are waiting or in flight."""
        return self.found - self.done

    @property
    def busy(self) -> bool:
        """True while a search is running or files are pending."""
        return self.searches > 0 or self.pending > 0


@dataclass(frozen=True, slots=True)
class SearchStarted:
    """A search for files started."""


@dataclass(frozen=True, slots=True)
class SearchEnded:
    """A search ended; everything it found was reported."""


@dataclass(frozen=True, slots=True)
class FilesFound:
    """Files to analyse, none of which is pending."""

    files: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FilesSkipped:
    """``files`` files that need no analysis were found, ``problems`` of them unreadable."""

    files: int
    problems: int = 0


@dataclass(frozen=True, slots=True)
class FileProgressed:
    """A submission's progress: 0 to 1, None if unknown."""

    submission: int
    fraction: float | None


@dataclass(frozen=True, slots=True)
class FileEnded:
    """A submission ended; without an analysis if the workers cancelled it."""

    submission: int
    analysis: Analysis | None


def ended(submission: int, event: Result | Failure | RequestCancelled) -> FileEnded:
    """Return the queue's event for the final message about a request."""
    if isinstance(event, Failure):
        return FileEnded(submission, Analysis(Answer("", error=event.problem)))
    return FileEnded(submission, event.value if isinstance(event, Result) else None)


@dataclass(frozen=True, slots=True)
class Pause:
    """Pause; the analysis of files in flight starts over when resuming."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Resume after a pause."""


@dataclass(frozen=True, slots=True)
class Cancel:
    """Cancel these files; None cancels all."""

    files: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Prioritise:
    """Analyse these files next, in this order; those that are not pending are ignored."""

    files: tuple[int, ...]


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
    | Prioritise
)


@dataclass(frozen=True, slots=True)
class Submit:
    """Submit this file to the workers; events about it carry the number of the submission."""

    file: int
    submission: int


@dataclass(frozen=True, slots=True)
class MoveToFront:
    """Have the workers take this file's request next."""

    file: int


@dataclass(frozen=True, slots=True)
class Recall:
    """Cancel this file's request; it is waiting again."""

    file: int


@dataclass(frozen=True, slots=True)
class Drop:
    """This file was cancelled; cancel its request if it has one."""

    file: int


@dataclass(frozen=True, slots=True)
class ShowProgress:
    """Show this file's progress: 0 to 1, None if unknown."""

    file: int
    fraction: float | None


@dataclass(frozen=True, slots=True)
class Deliver:
    """This file is done; without an analysis if the workers cancelled it."""

    file: int
    analysis: Analysis | None


Action = Submit | MoveToFront | Recall | Drop | ShowProgress | Deliver
Step = tuple[QueueState, tuple[Action, ...]]


def step(state: QueueState, event: Event) -> Step:
    """Return the state after ``event`` and the actions to perform, in order."""
    if isinstance(event, FileProgressed):
        file = state.in_flight.get(event.submission)
        return state, () if file is None else (ShowProgress(file, event.fraction),)
    if isinstance(event, FileEnded):
        return _ended(state, event)
    if isinstance(event, FilesFound):
        return _add(state, event.files)
    if isinstance(event, Pause):
        return _pause(state)
    if isinstance(event, Resume):
        return _submit(replace(state, paused=False))
    if isinstance(event, Cancel):
        return _cancel(state, event.files)
    if isinstance(event, Prioritise):
        return _prioritise(state, event.files)
    return _count(state, event), ()


def _count(state: QueueState, event: SearchStarted | SearchEnded | FilesSkipped) -> QueueState:
    if isinstance(event, SearchStarted):
        state = _reset_idle_counts(state)
        return replace(state, searches=state.searches + 1)
    if isinstance(event, SearchEnded):
        return replace(state, searches=state.searches - 1)
    return replace(
        state,
        found=state.found + event.files,
        done=state.done + event.files,
        problems=state.problems + event.problems,
    )


def _reset_idle_counts(state: QueueState) -> QueueState:
    return state if state.busy else replace(state, found=0, done=0, problems=0)


def _add(state: QueueState, files: tuple[int, ...]) -> Step:
    if not files:
        return state, ()
    state = _reset_idle_counts(state)
    last = state.waiting[-1] if state.waiting and len(state.waiting[-1]) < _CHUNK else ()
    before = state.waiting[:-1] if last else state.waiting
    waiting = (*before, *_chunks((*last, *files)))
    return _submit(replace(state, waiting=waiting, found=state.found + len(files)))


def _ended(state: QueueState, event: FileEnded) -> Step:
    file = state.in_flight.get(event.submission)
    if file is None:
        return state, ()
    problem = event.analysis is not None and event.analysis.answer.error is not None
    in_flight = dict(state.in_flight)
    del in_flight[event.submission]
    state = replace(state, in_flight=in_flight, done=state.done + 1, problems=state.problems + problem)
    state, actions = _submit(state)
    return state, (Deliver(file, event.analysis), *actions)


def _pause(state: QueueState) -> Step:
    recalled = tuple(state.in_flight.values())
    waiting = (*_chunks(recalled), *state.waiting)
    return replace(state, waiting=waiting, in_flight={}, paused=True), tuple(map(Recall, recalled))


def _cancel(state: QueueState, files: frozenset[int] | None) -> Step:
    waiting = tuple(chain.from_iterable(state.waiting))
    dropped = [file for file in (*state.in_flight.values(), *waiting) if files is None or file in files]
    cancelled = frozenset(dropped)
    state = replace(
        state,
        waiting=_chunks(file for file in waiting if file not in cancelled),
        in_flight={number: file for number, file in state.in_flight.items() if file not in cancelled},
        found=state.found - len(dropped),
    )
    state, actions = _submit(state)
    return state, (*map(Drop, dropped), *actions)


def _prioritise(state: QueueState, files: tuple[int, ...]) -> Step:
    """Move files to the front; those that are waiting are submitted at once, even beyond the room that there is."""
    wanted = frozenset(files) - set(state.in_flight.values())
    waiting = tuple(chain.from_iterable(state.waiting)) if wanted else ()
    there = wanted.intersection(waiting)
    first = tuple(file for file in files if file in there)
    if first:
        rest = (file for file in waiting if file not in there)
        state = replace(state, waiting=_chunks(chain(first, rest)))
    if state.paused:
        return state, ()
    state, submits = _submit(state, len(first))
    numbers = {file: number for number, file in state.in_flight.items()}
    moved = {numbers[file]: file for file in files if file in numbers}
    state = replace(state, in_flight=moved | {**state.in_flight})
    return state, (*submits, *map(MoveToFront, reversed(moved.values())))


def _submit(state: QueueState, least: int = 0) -> Step:
    """Submit as many files as may be in flight, and at least so many."""
    room = 0 if state.paused else max(least, state.ahead - len(state.in_flight))
    if room <= 0 or not state.waiting:
        return state, ()
    files: list[int] = []
    waiting = list(state.waiting)
    while waiting and len(files) < room:
        chunk, free = waiting.pop(0), room - len(files)
        files += chunk[:free]
        if chunk[free:]:
            waiting.insert(0, chunk[free:])
    submits = tuple(Submit(file, state.submissions + n) for n, file in enumerate(files, 1))
    in_flight = {**state.in_flight, **{submit.submission: submit.file for submit in submits}}
    return replace(
        state, waiting=tuple(waiting), in_flight=in_flight, submissions=state.submissions + len(files)
    ), submits


def _chunks(files: Iterable[int]) -> tuple[tuple[int, ...], ...]:
    rest = iter(files)
    return tuple(iter(lambda: tuple(islice(rest, _CHUNK)), ()))


@dataclass(frozen=True, slots=True)
class BatchProgress:
    """Progress of a batch; ``rate`` in files per second, ``left_s`` in seconds, None while unknown."""

    found: int
    done: int
    problems: int
    searching: bool
    paused: bool
    rate: float | None
    left_s: float | None

    @property
    def busy(self) -> bool:
        """True while a search or an analysis is running."""
        return self.searching or self.done < self.found


def progress(state: QueueState, throughput: RateEstimator, known_after_s: float = 0.0) -> BatchProgress:
    """Return the progress; the time left is unknown until ``known_after_s`` seconds were measured."""
    searching = state.searches > 0
    rate = None if state.paused or not state.done else throughput.rate()
    unknown = state.paused or searching or not state.done or throughput.span_s < known_after_s
    left = None if unknown else throughput.left_s(state.pending)
    return BatchProgress(state.found, state.done, state.problems, searching, state.paused, rate, left)
