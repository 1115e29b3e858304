"""Times and spans of time in words."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QLocale

from genre_desktop.app.i18n.translate import decimal, plural, tr

MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0


def moment(seconds: float | None) -> str:
    """A time (seconds since 1970) as the person's country writes it; nothing for None."""
    if seconds is None:
        return ""
    when = QDateTime.fromSecsSinceEpoch(int(seconds))
    return QLocale().toString(when, QLocale.FormatType.ShortFormat)


def format_duration(seconds: float) -> str:
    """``3 seconds``, ``5 minutes``, ``2 hours``, ``4 days``."""
    if seconds >= DAY:
        return plural(round(seconds / DAY), "one day", "{n} days")
    if seconds >= 1.5 * HOUR:
        return plural(round(seconds / HOUR), "one hour", "{n} hours")
    if seconds >= 1.5 * MINUTE:
        return plural(round(seconds / MINUTE), "one minute", "{n} minutes")
    return plural(max(1, round(seconds)), "one second", "{n} seconds")


def format_past(then: float | None, now: float) -> str:
    """``5 minutes ago``; the date where it is long ago."""
    if then is None:
        return ""
    passed = now - then
    if passed < 10:
        return tr("just now")
    return tr("{span} ago", span=format_duration(passed)) if passed < 2 * DAY else moment(then)


def format_future(then: float | None, now: float) -> str:
    """``in 5 minutes``; the date where it is far ahead."""
    if then is None:
        return ""
    left = then - now
    if left < 10:
        return tr("in a moment")
    return tr("in {span}", span=format_duration(left)) if left < 2 * DAY else moment(then)


def milliseconds(value: float) -> str:
    """``420 ms`` or ``3.1 s``; a dash where there is none."""
    if value != value:  # NaN
        return "–"
    return f"{value:.0f} ms" if value < 1000 else f"{decimal(value / 1000)} s"
