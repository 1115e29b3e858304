"""The live operation: judges a window in the worker and remembers one in twenty."""

from __future__ import annotations

import logging
import sqlite3

from genre_desktop.core.errors import AppError
from genre_desktop.core.live import LiveReading, LiveWindow
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.jobs.context import Context

OPERATION = "genre_desktop.jobs.live:listen"
"""Name under which the host is asked for it, in the live lane."""

log = logging.getLogger(__name__)


def listen(context: Context, window: LiveWindow) -> LiveReading:
    """Judge the last seconds of sound; a window with a name joins the record of predictions."""
    from genre_desktop.ml import live

    heard = live.listen(context.parts.predictor, window)
    if window.remember and heard.answer is not None:
        try:
            if context.parts.settings["privacy.remember"]:
                PredictionLog(context.parts.database).add(heard.answer, "live")
        except (AppError, OSError, sqlite3.Error):  # an answer is worth more than its record
            log.warning("A live answer could not be remembered", exc_info=True)
    return heard.reading
