"""The three texts of a problem."""

from __future__ import annotations

from string import Formatter
from typing import NamedTuple


class ProblemText(NamedTuple):
    """What happened, why, and what the user can do next.

    In the catalogue they are English templates in :meth:`str.format` syntax, each the key of its translation.
    """

    title: str
    reason: str
    hint: str = ""

    @property
    def body(self) -> str:
        """Reason and hint as one paragraph."""
        return f"{self.reason} {self.hint}".strip()

    @property
    def placeholders(self) -> set[str]:
        """Names of the parameters that the three templates need."""
        return {name for template in self for _, name, _, _ in Formatter().parse(template) if name}
