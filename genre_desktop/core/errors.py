"""Errors a user can act on: what happened, why, and what to do next.

A :class:`Problem` keeps the key of its texts in :data:`~genre_desktop.core.problems.CATALOGUE` and the values
for their placeholders, so that it can be shown in any language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from genre_desktop.core.disk import space
from genre_desktop.core.messages import Message, Param, from_json, joined, to_json
from genre_desktop.core.problems import CATALOGUE
from genre_desktop.core.problems.text import ProblemText

_VERBATIM = "verbatim"
"""Variant of problems whose texts are their parameters ``title``, ``reason`` and ``hint``."""


@dataclass(frozen=True, slots=True, init=False)
class Problem:
    """A failure described for users.

    Attributes
    ----------
    key:
        Entry of the catalogue: the code, or ``code/variant`` where a code has several texts. A key that is not
        in the catalogue shows its parameters ``title``, ``reason`` and ``hint`` as they are.
    params:
        Value of each placeholder in the texts.
    """

    key: str
    params: Mapping[str, Param]

    def __init__(self, key: str, /, **params: Param) -> None:
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "params", params)

    @property
    def code(self) -> str:
        """Stable machine-readable name, kebab-case (``"empty-file"``)."""
        return self.key.partition("/")[0]

    @property
    def texts(self) -> tuple[Message, Message, Message]:
        """Title, reason and hint."""
        return self.title, self.reason, self.hint

    @property
    def title(self) -> Message:
        """What happened, in a few words."""
        return self._text("title")

    @property
    def reason(self) -> Message:
        """Why, in one sentence."""
        return self._text("reason")

    @property
    def hint(self) -> Message:
        """What the user can do next, in one sentence."""
        return self._text("hint")

    @property
    def message(self) -> Message:
        """All of it in one text."""
        return Message("{title}: {body}", {"title": self.title, "body": joined((self.reason, self.hint))})

    def to_dict(self) -> dict[str, str]:
        """Return the problem as the ``error`` object of the command-line contract."""
        texts = zip(ProblemText._fields, map(str, self.texts), strict=True)
        return {"code": self.code, **dict(texts)}

    def to_document(self) -> dict[str, Any]:
        """Return the problem as the store keeps it: the texts for other versions, key and parameters for this one."""
        return {**self.to_dict(), "key": self.key, "params": to_json(self.params)}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Problem:
        """Return what :meth:`to_document` wrote; without a key of this version's catalogue, the texts as written.

        Version 0.1.0 stored the texts only.
        """
        key, params = document.get("key", ""), from_json(document.get("params", {}))
        if key in CATALOGUE and set(params) == CATALOGUE[key].placeholders:
            return cls(key, **params)
        if not key or key in CATALOGUE:
            key = f"{document['code']}/{_VERBATIM}"
        texts = {name: str(document[name]) for name in ProblemText._fields}
        return cls(key, **{name: text for name, text in texts.items() if text})

    def _text(self, name: Literal["title", "reason", "hint"]) -> Message:
        text = CATALOGUE.get(self.key)
        if text is not None:
            return Message(getattr(text, name), self.params)
        found = self.params.get(name, "")
        return found if isinstance(found, Message) else Message(str(found))

    def __str__(self) -> str:
        return str(self.message)


class AppError(Exception):
    """Carries a :class:`Problem`; the only exception that crosses a process or layer border."""

    def __init__(self, problem: Problem | str, /, **params: Param) -> None:
        self.problem = Problem(problem, **params) if isinstance(problem, str) else problem
        super().__init__(self.problem)  # pickles as the call AppError(problem)

    def __str__(self) -> str:
        return str(self.problem)


class Cancelled(Exception):  # noqa: N818  # not an error
    """The user stopped this work; not an error."""


def no_cancel() -> bool:
    """Return False: the ``cancelled`` of work that cannot be cancelled."""
    return False


def unexpected(error: BaseException) -> Problem:
    """Describe an exception that was not foreseen, without its traceback, which belongs in the log."""
    return Problem("unexpected", error=f"{type(error).__name__}: {error}".strip().rstrip(":"))


def problem_of(error: BaseException) -> Problem:
    """Return the problem of an :class:`AppError`, that of a full disk, or :func:`unexpected`."""
    if isinstance(error, AppError):
        return error.problem
    return disk_full(error) or unexpected(error)


def disk_full(error: BaseException, path: Path | None = None) -> Problem | None:
    """Return the problem of a full disk if that is the cause of ``error``, else None.

    ``path`` is where the program wrote, if the error does not name it.
    """
    if isinstance(error, AppError) and error.problem.code == "no-space":
        return error.problem
    if not space.is_full(error, path):
        return None
    if path is None and isinstance(error, OSError) and isinstance(error.filename, str):
        path = Path(error.filename)
    free = None if path is None else space.free_mb(path)
    if path is None or free is None:
        return Problem("no-space/unknown", needed=space.NEEDED_MB)
    return Problem("no-space", path=str(path), free=free, needed=space.NEEDED_MB)


def concerns_home(error: BaseException) -> bool:
    """Return whether the home's disk is full or the home was deleted, of which the window has an alert."""
    return problem_of(error).code in ("no-space", "home-gone")


def raise_if_full(error: BaseException, path: Path) -> None:
    """Raise :class:`AppError` ``no-space`` from ``error`` if a full disk at ``path`` is its cause."""
    problem = disk_full(error, path)
    if problem is not None:
        raise AppError(problem) from error
