"""The warnings that a decoder process may report; with the texts of :mod:`genre_desktop.core.problems.files`, all."""

from __future__ import annotations

from genre_desktop.core.messages import N_

TEMPLATES: dict[str, str] = {
    N_("The file is truncated: {found_s:.1f} s could be read; the rest is missing."): "",
    N_("The file is truncated: {found_s:.1f} s of {expected_s:.1f} s could be read."): "",
    N_("The file is damaged: {found_s:.1f} s of {expected_s:.1f} s could be read."): "",
    N_("Reading stopped after {found_s:.1f} s, because the rest is damaged or changes its format."): "",
    "1 damaged part was skipped; the rest was read.": "{n} damaged parts were skipped; the rest was read.",
}
"""Template to that for several; empty where the text depends on no number."""
