"""Format the metrics of models."""

from __future__ import annotations

from genre_desktop.app.i18n.translate import decimal


def number(key: str, value: float | None) -> str:
    """Format a metric; a dash if it is unknown."""
    if value is None:
        return "–"
    return f"{decimal(100 * value)} %" if key in ("accuracy", "top3", "ece") else decimal(value, 3)
