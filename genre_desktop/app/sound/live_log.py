"""The log of live mode: a line for each section, kept in the store, with the genres that the user set."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from genre_desktop.app.background.signal_bridge import SignalBridge
from genre_desktop.app.sound.section_tracker import Section, SectionTracker
from genre_desktop.audio.capture.gaps import Gap
from genre_desktop.core.errors import Problem, concerns_home, problem_of
from genre_desktop.core.listening.section import LoggedSection, TakePosition
from genre_desktop.core.live import LiveAnswer
from genre_desktop.core.paths import Home
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.live.sections import MOST_SECTIONS, LiveSections

WRITE_MS = 1000
"""Delay of a write, and so the most that is lost of a new line or a set genre when the program is killed."""

GROWTH_MS = 10_000
"""The same for the duration of the current section."""

_SPARE = 500
"""Sections above :data:`.MOST_SECTIONS` at which the oldest are deleted; each time, the table is built again."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Take:
    """A recording on the clock of live windows; ``end_s`` is None while it runs."""

    file: str
    start_s: float
    end_s: float | None = None

    def position(self, section_s: float, gaps: Sequence[Gap]) -> TakePosition | None:
        """Return where a section begins in it, without the gaps, whose sound is not in the file; None after its end."""
        if self.end_s is not None and section_s >= self.end_s:
            return None
        missing = sum(max(0.0, min(gap.end_s, section_s) - max(gap.start_s, self.start_s)) for gap in gaps)
        return TakePosition(self.file, section_s - self.start_s - missing)


@dataclass(frozen=True, slots=True)
class _NotWritten:
    """Sections that could not be stored; ``problem`` is None where the window has an alert about it."""

    changed: dict[int, LoggedSection | None]
    problem: Problem | None


_Work = tuple[Callable[[LiveSections], None], dict[int, LoggedSection | None]]
"""What is done with the store, and which sections it writes."""


class LiveLog(QObject):
    """The sections of this and of earlier sessions, oldest first; written in a thread.

    Parameters
    ----------
    enabled:
        Whether the log is stored, evaluated at each write.
    clock:
        Seconds since 1970.
    """

    appended = Signal()  # a section, at the end of ``sections``
    changed = Signal(list)  # list[int]: places in ``sections``
    replaced = Signal()  # all of ``sections``
    failed = Signal(object)  # Problem: it could not be stored, and will be tried again

    def __init__(
        self,
        home: Home,
        enabled: Callable[[], bool],
        parent: QObject | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(parent)
        self._home, self._enabled, self._clock = home, enabled, clock
        self.sections: list[LoggedSection] = []
        self._tracker = SectionTracker()
        self._section: Section | None = None  # that of the last line
        self._listening, self._begun_s = 0.0, 0.0
        self._take: _Take | None = None
        self._changed: dict[int, LoggedSection | None] = {}
        self._reported = ""
        self._closed = False
        self._work: list[_Work] = []
        self._thread: threading.Thread | None = None  # while there is work
        self._lock = threading.Lock()
        self._bridge = SignalBridge(self)
        self._bridge.arrived.connect(self._arrived)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.flush)
        self._submit(self._load if enabled() else LiveSections.clear)

    @property
    def current(self) -> LoggedSection | None:
        """The section that goes on, None before the first one since listening began."""
        return self.sections[-1] if self._section is not None and self.sections else None

    @property
    def previous(self) -> LoggedSection | None:
        """The section before the current one, since listening began."""
        place = -2 if self.current is not None else -1
        found = self.sections[place] if len(self.sections) >= -place else None
        return found if found is not None and found.listening == self._listening else None

    def begin(self, position_s: float) -> None:
        """Start of listening, at a position on the clock of live windows."""
        self._tracker.restart()
        self._section, self._take = None, None
        self._listening, self._begun_s = self._clock(), position_s

    def end(self) -> None:
        """End of listening: the last section is complete."""
        self._tracker.restart()
        self._section = None
        self.flush()

    def take_began(self, file: str, start_s: float, gaps: Sequence[Gap]) -> None:
        """Start of a recording whose first sample was heard at ``start_s``; sections that are in it get its name."""
        self._take = take = _Take(file, start_s)
        for place, section in enumerate(self.sections):
            began_s = self._begun_s + section.offset_s
            if section.listening == self._listening and began_s + section.duration_s > start_s:
                self._add_take(place, take.position(began_s, gaps))

    def take_ended(self, position_s: float) -> None:
        """End of the recording."""
        if self._take is not None:
            self._take = replace(self._take, end_s=position_s)

    def add(self, answer: LiveAnswer, gaps: Sequence[Gap], position_s: float) -> None:
        """Add an answer; ``position_s`` is now, on the clock of live windows."""
        self._tracker.add(answer, gaps)
        section = self._tracker.current
        if section is self._section and section is not None:
            self._grow(section)
        elif section is not None:
            self._append(section, gaps, position_s)
        self._section = section

    def set_labels(self, labels: Mapping[int, str]) -> None:
        """Set the user's genre of sections by their ids; an empty one removes it."""
        places = [place for place, section in enumerate(self.sections) if section.id in labels]
        for place in places:
            section = self.sections[place]
            self.sections[place] = replace(section, label=labels[section.id])
        self._write_soon({self.sections[place].id: self.sections[place] for place in places})
        self.changed.emit(places)

    def clear(self) -> list[LoggedSection]:
        """Delete all sections and return them; the current one begins again with its next answer."""
        removed, self.sections = self.sections, []
        self._tracker.restart()
        self._section = None
        self._write_soon({section.id: None for section in removed})
        self.replaced.emit()
        return removed

    def restore(self, removed: Sequence[LoggedSection]) -> None:
        """Undo :meth:`clear`."""
        self.sections[:0] = removed
        self._write_soon({section.id: section for section in removed})
        self.replaced.emit()

    def forget(self) -> None:
        """Delete all sections for good: the store was emptied."""
        self.clear()
        self._changed.clear()

    def remembering_changed(self) -> None:
        """Store all sections, or delete them from the store, after the setting changed."""
        if self._enabled():
            self._write_soon({section.id: section for section in self.sections})
        else:
            self._submit(LiveSections.clear)

    def flush(self) -> None:
        """Write what has changed."""
        self._timer.stop()
        changed, self._changed = self._changed, {}
        if changed and self._enabled() and not self._closed:
            self._submit(partial(self._write, changed), changed)

    def close(self) -> None:
        """Write what has changed and close the store; no signal follows. Safe to repeat."""
        if self._closed:
            return
        self._bridge.close()
        self.flush()
        self._closed = True
        if (thread := self._thread) is not None:
            thread.join()

    def _append(self, section: Section, gaps: Sequence[Gap], position_s: float) -> None:
        started = self._clock() - (position_s - section.start_s)
        take = self._take.position(section.start_s, gaps) if self._take is not None else None
        line = LoggedSection(
            max(round(started * 1000), self.sections[-1].id + 1 if self.sections else 0),
            self._listening,
            started,
            section.start_s - self._begun_s,
            section.duration_s,
            section.kind,
            section.genre,
            section.confidence,
            section.tags,
            takes=(take,) if take is not None else (),
        )
        self.sections.append(line)
        self._write_soon({line.id: line})
        self.appended.emit()
        if len(self.sections) > MOST_SECTIONS + _SPARE:
            self._write_soon({section.id: None for section in self.sections[:-MOST_SECTIONS]})
            self.sections = self.sections[-MOST_SECTIONS:]
            self.replaced.emit()

    def _grow(self, section: Section) -> None:
        line = self.sections[-1]
        self.sections[-1] = line = replace(
            line, duration_s=section.duration_s, confidence=section.confidence, tags=section.tags
        )
        self._write_soon({line.id: line}, GROWTH_MS)
        self.changed.emit([len(self.sections) - 1])

    def _add_take(self, place: int, position: TakePosition | None) -> None:
        if position is not None:
            section = self.sections[place]
            self.sections[place] = section = replace(section, takes=(*section.takes, position))
            self._write_soon({section.id: section})

    def _write_soon(self, changed: Mapping[int, LoggedSection | None], delay_ms: int = WRITE_MS) -> None:
        self._changed.update(changed)
        if not self._timer.isActive() or self._timer.remainingTime() > delay_ms:
            self._timer.start(delay_ms)

    def _arrived(self, event: list[LoggedSection] | _NotWritten | None) -> None:
        if event is None:
            self._reported = ""
        elif isinstance(event, _NotWritten):
            self._write_again(event)
        elif event:
            self.sections[:0] = event
            self.replaced.emit()

    def _write_again(self, event: _NotWritten) -> None:
        self._changed = event.changed | self._changed
        self._timer.start(GROWTH_MS)
        if event.problem is not None and event.problem.code != self._reported:
            self._reported = event.problem.code
            self.failed.emit(event.problem)

    def _submit(
        self, run: Callable[[LiveSections], None], changed: dict[int, LoggedSection | None] | None = None
    ) -> None:
        """Call ``run`` in a thread, after what was submitted before; where it fails, ``changed`` is written later."""
        with self._lock:
            self._work.append((run, changed or {}))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="live log", daemon=True)
                self._thread.start()

    # The methods below run in the thread.

    def _run(self) -> None:
        while (work := self._next()) is not None:
            run, changed = work
            try:
                with closing(Database(self._home.store)) as database:
                    run(LiveSections(database))
            except Exception as error:  # the log can be used without being stored
                known = concerns_home(error)
                level = logging.INFO if known else logging.WARNING
                log.log(level, "the live log: %s", error, exc_info=not known)
                self._bridge(_NotWritten(changed, None if known else problem_of(error)))

    def _next(self) -> _Work | None:
        with self._lock:
            if self._work:
                return self._work.pop(0)
            self._thread = None
            return None

    def _load(self, stored: LiveSections) -> None:
        self._bridge(stored.newest())

    def _write(self, changed: dict[int, LoggedSection | None], stored: LiveSections) -> None:
        gone = [key for key, section in changed.items() if section is None]
        stored.change(gone, [section for section in changed.values() if section is not None])
        self._bridge(None)
