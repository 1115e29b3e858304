"""Errors a person can act on: what happened, why, and what to do next."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """A failure in words for people.

    Attributes
    ----------
    code:
        Stable machine-readable name, kebab-case (``"empty-file"``).
    title:
        What happened, in a few words.
    reason:
        Why, in one sentence.
    hint:
        What the person can do next, in one sentence.
    """

    code: str
    title: str
    reason: str
    hint: str

    def to_dict(self) -> dict[str, str]:
        """The problem as the ``error`` object of the command-line contract."""
        return asdict(self)

    def __str__(self) -> str:
        return f"{self.title}: {self.reason} {self.hint}".strip()


class AppError(Exception):
    """Carries a :class:`Problem`; the only exception that crosses a process or layer border."""

    def __init__(self, code: str, title: str, reason: str, hint: str = "") -> None:
        self.problem = Problem(code, title, reason, hint)
        super().__init__(code, title, reason, hint)  # args kept whole, so that it pickles

    def __str__(self) -> str:
        return str(self.problem)


class Cancelled(Exception):  # noqa: N818  # not an error
    """The person stopped this work; not an error."""


def no_cancel() -> bool:
    """Return False: the ``cancelled`` of work that cannot be cancelled."""
    return False


def unexpected(error: BaseException) -> Problem:
    """Describe an exception nobody planned for, without a traceback.

    The traceback belongs in the log; the person gets the last line and a way forward.
    """
    return Problem(
        code="unexpected",
        title="Something went wrong inside Genre Desktop",
        reason=f"{type(error).__name__}: {error}".strip().rstrip(":"),
        hint="Try again; if it happens again, Help › Copy diagnostics tells us what we need to know.",
    )


def problem_of(error: BaseException) -> Problem:
    """The problem an exception stands for: its own, or :func:`unexpected`."""
    return error.problem if isinstance(error, AppError) else unexpected(error)
