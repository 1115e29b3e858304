"""Texts about two models on the same clips, and about one model on a labelled folder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from genre_desktop.app.i18n.metric_format import number
from genre_desktop.app.i18n.translate import decimal, plural, tr


def clips_note(result: Mapping[str, Any]) -> str:
    """Return on which clips the ``compare`` job has evaluated both models."""
    clips = plural(int(result["n"]), "1 clip", "{n} clips")
    if result["clips"] == "folder":
        where = tr("Measured on {clips} of {folder}.", clips=clips, folder=str(result["folder"]))
    elif result["clips"] == "library":
        where = tr("Measured on {clips} of your library.", clips=clips)
    else:
        own = int(result.get("own", 0))
        where = (
            tr(
                "Measured on {clips}; {own} of them are yours, the others are included with the program.",
                clips=clips,
                own=own,
            )
            if own
            else tr("Measured on {clips} that are included with the program.", clips=clips)
        )
        where += " " + tr("Other music may give another result: import yours, or compare on a folder.")
    note = tr("For clips that a model was trained on, its answers from cross-validation count.")
    return " ".join((where, note, *_biased(result)))


def _biased(result: Mapping[str, Any]) -> list[str]:
    return [
        tr("Version {version} has none, so its values may be too high.", version=version)
        for version in result.get("biased", ())
    ]


def difference(metric: str, result: Mapping[str, Any]) -> str:
    """Return a difference with its interval: ``+0.041 (confidence interval of 95 %: +0.010 to +0.080)``."""
    found = result["differences"][metric]
    value, low, high = (_signed(metric, found[name]) for name in ("value", "low", "high"))
    if metric == "accuracy":
        return tr(
            "{value} percentage points (confidence interval of 95 %: {low} to {high})",
            value=value,
            low=low,
            high=high,
        )
    return tr("{value} (confidence interval of 95 %: {low} to {high})", value=value, low=low, high=high)


def with_interval(metric: str, document: Mapping[str, Any]) -> str:
    """Return a metric of an evaluation with its interval: ``71.0 % (65.0 % to 77.0 %)``."""
    found = document["intervals"][metric]
    value, low, high = (number(metric, found[name]) for name in ("value", "low", "high"))
    return tr("{value} ({low} to {high})", value=value, low=low, high=high)


def _signed(metric: str, value: float) -> str:
    shown_value = decimal(100 * abs(value)) if metric == "accuracy" else decimal(abs(value), 3)
    return ("−" if value < 0 else "+") + shown_value
