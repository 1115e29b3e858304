"""Genres with their probabilities as bars: colour, name and number for each."""

from __future__ import annotations

from collections.abc import Sequence

from genre_desktop.app.analysis.table_model import percent
from genre_desktop.app.i18n.translate import tr
from genre_desktop.core.types import GenreScore
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.count_bars import Bar, CountBars

_MIN_SHOWN = 0.005
"""Smaller probabilities are written as 0 % and have no bar."""


class ProbabilityBars(CountBars):
    """One line per genre, in the order of the scores."""

    _min_line, _line_scale = 20, 1.45

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("The probability of each genre"))

    def show_scores(self, scores: Sequence[GenreScore]) -> None:
        """Show these scores."""
        shares = ((score, score.probability) for score in scores)
        self.show_bars([Bar(score.genre, p if p >= _MIN_SHOWN else 0.0, percent(p)) for score, p in shares])

    def _column_widths(self) -> tuple[int, int]:
        """Return constant widths, so that bars of a live prediction do not move."""
        names = self._theme.scaled(20) + min(self._widest_name(), self.width() // 2)
        return names, self.fontMetrics().horizontalAdvance("100 %")
