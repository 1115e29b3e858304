"""Jobs that real job processes run in the schedule's tests."""

from __future__ import annotations

import os
from typing import Any

from genre_desktop.jobs.context import Context


def obedient(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    """Says why it runs."""
    return {"why": params["why"]}


def mortal(context: Context, params: dict[str, Any]) -> dict[str, Any]:
    """Ends without a word."""
    os._exit(9)
