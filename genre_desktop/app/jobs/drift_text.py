"""What a drift check compared, what it found and what is still needed, in the words of message and page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from genre_desktop.app.analysis.table_model import percent
from genre_desktop.app.i18n.translate import plural, tr


def title(result: Mapping[str, Any]) -> str:
    """Return the outcome in a few words."""
    if result.get("action") == "waiting":
        return tr("Not enough files for a drift check")
    if not result.get("drift"):
        return tr("No drift found")
    return tr("Drift found") if _is_confirmed(result) else tr("Possible drift")


def tone(result: Mapping[str, Any]) -> str:
    """Return the tone of a message about the result."""
    if result.get("action") == "waiting":
        return "accent"
    return "warning" if result.get("drift") else "success"


def explanation(result: Mapping[str, Any]) -> str:
    """Return what was compared, how much differs, and what a decision still needs."""
    if result.get("action") == "waiting":
        return tr(
            "{n} of {needed} files that a check needs have been analysed.",
            n=result.get("n_current", 0),
            needed=result.get("needed", 30),
        )
    parts = (comparison(result), still_needed(result), compression_note(result))
    return " ".join(part for part in parts if part)


def comparison(result: Mapping[str, Any]) -> str:
    """Return which files were compared, and how much of them differs."""
    return " ".join(part for part in (_compared(result), _difference(result)) if part)


def still_needed(result: Mapping[str, Any]) -> str:
    """Return what a possible drift needs to be confirmed; empty for any other result."""
    if not result.get("drift") or _is_confirmed(result) or "needed" not in result:
        return ""
    needed = int(result["needed"])
    if needed == 0:
        return tr("The next check decides.")
    return plural(
        needed,
        "To confirm it, one more file is needed that no check has compared yet; copies of a recording count once.",
        "To confirm it, {n} more files are needed that no check has compared yet; copies of a recording count once.",
    )


def compression_note(result: Mapping[str, Any]) -> str:
    """Return the note about files that only differ in their compression or recording; else an empty text."""
    if result.get("level") != "mild":
        return ""
    return tr(
        "Your files are compressed or recorded differently from the training music, which changes few answers."
    )


def _is_confirmed(result: Mapping[str, Any]) -> bool:
    """Return whether drift is confirmed; results of older versions only have the switch to the fallback."""
    return bool(result.get("confirmed", result.get("action") == "fallback"))


def _compared(result: Mapping[str, Any]) -> str:
    compared = int(result.get("compared", 0))
    if not compared:
        return ""
    if not result.get("new"):
        return plural(
            compared,
            "No new files since the last check; the last file was compared again.",
            "Too few new files since the last check; the last {n} files were compared again.",
        )
    text = plural(compared, "One new file was compared.", "{n} new files were compared.")
    windows = int(result.get("windows", 1))
    if windows < 2:
        return text
    return text + " " + tr("They form {n} groups, of which this is the last:", n=windows)


def _difference(result: Mapping[str, Any]) -> str:
    share, limit = float(result.get("drifted_share", 0.0)), float(result.get("threshold", 0.0))
    encoder = result.get("encoder_share")
    if result.get("drift") and share < limit and encoder is not None:
        text = tr(
            "{share} of the music encoder’s features differ from the training music.", share=percent(encoder)
        )
    else:
        text = tr("{share} of the features differ from the training music.", share=percent(share))
    return text + " " + tr("{limit} or more is a drift.", limit=percent(limit)) if limit else text
