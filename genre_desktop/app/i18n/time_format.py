"""Format times and durations."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QLocale

from genre_desktop.app.i18n.translate import decimal, plural, tr

MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0


def moment(seconds: float | None) -> str:
    """Return a time (seconds since 1970) in the user's locale; empty for None."""
    if seconds is None:
        return ""
    when = QDateTime.fromSecsSinceEpoch(int(seconds))
    return QLocale().toString(when, QLocale.FormatType.ShortFormat)


def time_of_day(seconds: float, now: float) -> str:
    """Return a time (seconds since 1970) with its seconds; with its date and to the minute if that is not today's."""
    when, today = QDateTime.fromSecsSinceEpoch(int(seconds)), QDateTime.fromSecsSinceEpoch(int(now))
    return when.toString("HH:mm:ss") if when.date() == today.date() else moment(seconds)


def format_duration(seconds: float) -> str:
    """Return ``3 seconds``, ``5 minutes``, ``2 hours`` or ``4 days``."""
    if seconds >= DAY:
        return plural(round(seconds / DAY), "1 day", "{n} days")
    if seconds >= 1.5 * HOUR:
        return plural(round(seconds / HOUR), "1 hour", "{n} hours")
    if seconds >= 1.5 * MINUTE:
        return plural(round(seconds / MINUTE), "1 minute", "{n} minutes")
    return plural(max(1, round(seconds)), "1 second", "{n} seconds")


def format_past(then: float | None, now: float) -> str:
    """Return ``5 minutes ago``, or the date after two days; empty for None."""
    if then is None:
        return ""
    passed = now - then
    if passed < 10:
        return tr("just now")
    return tr("{span} ago", span=format_duration(passed)) if passed < 2 * DAY else moment(then)


def format_future(then: float | None, now: float) -> str:
    """Return ``in 5 minutes``, or the date beyond two days; empty for None."""
    if then is None:
        return ""
    left = then - now
    if left < 10:
        return tr("in a moment")
    return tr("in {span}", span=format_duration(left)) if left < 2 * DAY else moment(then)


def time_left(seconds: float) -> str:
    """Return ``about 3 minutes left``."""
    if seconds < 60:
        return plural(max(1, round(seconds)), "about 1 second left", "about {n} seconds left")
    if seconds < 5400:
        return plural(round(seconds / 60), "about 1 minute left", "about {n} minutes left")
    return plural(round(seconds / 3600), "about 1 hour left", "about {n} hours left")


def milliseconds(value: float) -> str:
    """Return ``420 ms`` or ``3.1 s``; a dash for NaN."""
    if value != value:  # NaN
        return "–"
    return f"{value:.0f} ms" if value < 1000 else f"{decimal(value / 1000)} s"
