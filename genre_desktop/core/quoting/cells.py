"""Cells of tables that a spreadsheet opens: text that it would compute is marked as text, and read again as it was.

A spreadsheet computes a cell that begins with one of a few characters, and a formula can send other cells to a
server. OWASP (CSV Injection) recommends an apostrophe in front of such a cell.
"""

from __future__ import annotations

import re

from genre_desktop.core.quoting.controls import printable

_COMPUTED = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
"""Text that gets an apostrophe: also one that has some already, so that none is lost in reading."""


def cell(text: str) -> str:
    """Return what a table contains for ``text``: no control characters, and nothing that a spreadsheet computes."""
    shown = printable(text)
    return f"'{shown}" if _COMPUTED.match(shown) else shown


def cell_text(content: str) -> str:
    """Return the text for which :func:`cell` wrote ``content``; without control characters it is the original."""
    return content[1:] if content.startswith("'") and _COMPUTED.match(content) else content
