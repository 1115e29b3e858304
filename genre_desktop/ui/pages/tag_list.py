"""The listener tags of a song, by group."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt

from genre_desktop.app.i18n.tag_names import grouped_tags
from genre_desktop.app.i18n.translate import tr
from genre_desktop.core.types import TagScore
from genre_desktop.ui.fitting.plain_label import PlainLabel


class TagList(PlainLabel):
    """A line for each group of tags, such as ``Mood: Happy, Party``; hidden without any."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setToolTip(tr("The most prominent tags, strongest first"))
        self.hide()

    def show_tags(self, tags: Iterable[TagScore]) -> None:
        """Show the tags that are prominent, in the user's words and language."""
        lines = [f"{title}: {', '.join(words)}" for title, words in grouped_tags(tags)]
        self.setText("\n".join(lines))
        self.setVisible(bool(lines))
