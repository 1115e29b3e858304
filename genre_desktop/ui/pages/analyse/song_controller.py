"""Playback, position and explanations of the current song."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from genre_desktop.app.analysis.explanations import ExplanationFetcher, Kind
from genre_desktop.app.analysis.rows import ResultRow, State
from genre_desktop.app.sound.playback import STEP_S
from genre_desktop.core.errors import Problem
from genre_desktop.ui.context import AppContext
from genre_desktop.ui.pages.analyse.playback_bar import VOLUME, PlaybackBar
from genre_desktop.ui.pages.analyse.result_card import ResultCard
from genre_desktop.ui.pages.analyse.spectrogram_panel import SpectrogramPanel

VOLUME_STEP = 10
"""Volume step in per cent."""
_TAB = "analyse/tab"
_KINDS: dict[str, Kind] = {"why": "why", "similar": "similar"}


class SongController(QObject):
    """Plays the current row and fetches its reasons and similar clips.

    ``facts_changed`` is emitted when playback becomes possible or impossible; ``wanted`` carries the
    path of a similar clip to open.
    """

    facts_changed = Signal()
    wanted = Signal(object)

    def __init__(self, context: AppContext, card: ResultCard, panel: SpectrogramPanel) -> None:
        super().__init__(card)
        self._context, self._card, self._panel = context, card, panel
        self._row: ResultRow | None = None
        self._path_to_play: Path | None = None
        self.details = ExplanationFetcher(context.client, self)
        self.playback = context.playback
        self.playback_bar = PlaybackBar(
            context.theme, self.playback, context.settings, context.actions["play.toggle"]
        )
        panel.add_playback_bar(self.playback_bar)
        self._connect()
        if context.restores:
            card.answer.choose(str(context.memory.value(_TAB, "genre")))

    @property
    def playable(self) -> bool:
        """True if the row's file can be played."""
        return self._row is not None and self._row.state is State.DONE and self.playback.trouble is None

    def show_row(self, row: ResultRow | None) -> None:
        """Switch to a row or update the current one."""
        done = row is not None and row.state is State.DONE
        if row is not self._row:
            self._card.answer.wait_for_details()
        self._row = row
        length = row.duration_s or 0.0 if row is not None and done else 0.0
        self.playback.choose(row.path if row is not None and done else None, length)
        self.playback_bar.show_length(length)
        self._show_cursor(self.playback.position_s)
        self._fetch_details(self._card.answer.tab)
        if row is not None and row.path == self._path_to_play and done:
            self._path_to_play = None
            self.toggle()
        self.facts_changed.emit()

    def toggle(self) -> None:
        """Play or pause."""
        if self.playable:
            self.playback.toggle()

    def play_from(self, seconds: float) -> None:
        """Play from a position."""
        if self.playable:
            self.playback.seek(seconds)
            if not self.playback.playing:
                self.playback.toggle()

    def play_when_shown(self, path: Path) -> None:
        """Play a file as soon as its answer is shown."""
        self._path_to_play = path

    def step(self, direction: int) -> None:
        """Skip some seconds forward (1) or back (-1)."""
        self.playback.step(direction * STEP_S)

    def stop(self) -> None:
        """Stop and return to the beginning."""
        if self.playback.playing:
            self.playback.toggle()
        self.playback.seek(0.0)

    def change_volume(self, direction: int) -> None:
        """Turn the volume up (1) or down (-1)."""
        self.playback_bar.volume.setValue(self.playback_bar.volume.value() + direction * VOLUME_STEP)

    def save(self) -> None:
        """Save the selected tab."""
        self._context.memory.setValue(_TAB, self._card.answer.tab)

    def _connect(self) -> None:
        self._card.answer.tab_changed.connect(self._fetch_details)
        self._card.answer.similar.opened.connect(self.wanted)
        self._panel.seek_requested.connect(self._seek)
        self.details.came.connect(self._on_details)
        self.details.failed.connect(self._on_details_failed)
        self.playback.moved.connect(self._show_cursor)
        self.playback.changed.connect(self.facts_changed)
        self.playback.failed.connect(self._context.session.noticed)
        self._context.changes.changed.connect(self._setting_changed)
        # Once the workers are ready: listing devices would delay the start of the program.
        self._context.client.ready.connect(lambda _ready: self.playback.look())

    def _fetch_details(self, tab: str) -> None:
        kind = _KINDS.get(tab)
        if kind is None or self._row is None or self._row.state is not State.DONE:
            return
        known = self.details.get(kind, self._row)
        if known is not None:
            self._card.answer.show_details(known)
        self.details.ask(kind, self._row)

    def _on_details(self, _kind: str, row: ResultRow, found: object) -> None:
        if row is self._row:
            self._card.answer.show_details(found)

    def _on_details_failed(self, kind: str, row: ResultRow, problem: Problem) -> None:
        if row is self._row:
            self._card.answer.show_details_problem(kind, problem)

    def _seek(self, seconds: float) -> None:
        if self._row is not None and self._row.state is State.DONE:
            self.playback.seek(seconds)

    def _show_cursor(self, seconds: float) -> None:
        shown = seconds if self.playback.begun and self._row is not None else None
        self._panel.show_cursor(shown, follow=self.playback.playing)

    def _setting_changed(self, key: str) -> None:
        if key == VOLUME:
            self.playback_bar.update_volume()
