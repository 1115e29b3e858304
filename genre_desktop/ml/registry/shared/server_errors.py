"""Translation of what MLflow's client and its HTTP library raise to :class:`AppError`."""

from __future__ import annotations

from collections.abc import Iterator

import requests
import urllib3.exceptions
from mlflow.exceptions import MlflowException

from genre_desktop.core.errors import AppError

_LONGEST = 200
_TIMEOUTS = (
    requests.Timeout,
    urllib3.exceptions.ReadTimeoutError,
    urllib3.exceptions.ConnectTimeoutError,
)


def translate(error: BaseException, uri: str, timeout_s: float) -> AppError | None:
    """Return the error in words for the user; None for an error that is not about the server.

    Returns
    -------
    AppError or None
        ``registry-server-slow``, ``registry-server-unreachable``, ``registry-server-credentials``,
        ``registry-server-forbidden``, ``registry-server-failed`` or ``registry-server-refused``.
    """
    chain = list(_chain(error))
    if not isinstance(error, MlflowException | requests.RequestException):
        return None
    if any(map(_is_timeout, chain)):
        return AppError("registry-server-slow", address=uri, seconds=timeout_s)
    status = next(filter(None, map(_status, chain)), 0)
    if not status:
        return AppError("registry-server-unreachable", address=uri, error=_brief(chain[-1]))
    return _of_status(status, uri, _brief(error))


def status_of(error: BaseException) -> int:
    """Return the HTTP status that the server answered with; 0 when there was no answer."""
    return next(filter(None, map(_status, _chain(error))), 0)


def _is_timeout(error: BaseException) -> bool:
    # a refused connection is a kind of timeout to urllib3
    return isinstance(error, _TIMEOUTS) and not isinstance(error, urllib3.exceptions.NewConnectionError)


def _of_status(status: int, uri: str, text: str) -> AppError:
    if status == 401:
        return AppError("registry-server-credentials", address=uri)
    if status == 403:
        return AppError("registry-server-forbidden", address=uri, error=text)
    if status >= 500:
        return AppError("registry-server-failed", address=uri, error=text)
    return AppError("registry-server-refused", address=uri, error=text)


def _status(error: BaseException) -> int:
    if isinstance(error, requests.exceptions.RetryError):  # "too many 503 error responses"
        return 500
    if isinstance(error, requests.HTTPError) and error.response is not None:
        return int(error.response.status_code)
    if isinstance(error, requests.RequestException | urllib3.exceptions.HTTPError):
        return 0
    if isinstance(error, MlflowException) and not isinstance(error.__context__, requests.RequestException):
        return int(error.get_http_status_code())  # type: ignore[no-untyped-call]
    return 0


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and what it was made of, the innermost last."""
    seen: set[int] = set()
    found: BaseException | None = error
    while found is not None and id(found) not in seen:
        seen.add(id(found))
        yield found
        inner = getattr(found, "reason", None) or (found.args[0] if found.args else None)
        found = inner if isinstance(inner, BaseException) else found.__cause__ or found.__context__


def _brief(error: BaseException) -> str:
    """Return the first line of an error's text, without addresses of objects and the full stop."""
    line = (str(error).strip().splitlines() or [type(error).__name__])[0]
    line = line.rpartition(">: ")[2].rpartition("): ")[2] if ">: " in line else line
    return line[:_LONGEST].rstrip(". ")
