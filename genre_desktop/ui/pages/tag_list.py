"""The listener tags of a song, by group."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from genre_desktop.app.i18n.tag_names import grouped_tags
from genre_desktop.app.i18n.translate import tr
from genre_desktop.core.music_tags import GROUPS
from genre_desktop.core.types import TagScore
from genre_desktop.ui.widgets.factory import label

_GAP = 12


class TagList(QWidget):
    """A line for each group of tags: its title and the words; hidden without any."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Tags"))
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(_GAP)
        layout.setVerticalSpacing(2)
        layout.setColumnStretch(0, 2)
        layout.setColumnStretch(1, 3)
        self.lines: list[tuple[QLabel, QLabel]] = []
        for line, _ in enumerate(GROUPS):
            title, words = label("", "muted", wrap=True), label("", wrap=True, select=True)
            for column, part in enumerate((title, words)):
                layout.addWidget(part, line, column, Qt.AlignmentFlag.AlignTop)
            title.setBuddy(words)
            self.lines.append((title, words))
        self.show_tags(())

    def show_tags(self, tags: Iterable[TagScore]) -> None:
        """Show the tags that stand out, in the user's words and language."""
        found = grouped_tags(tags)
        for (title, words), texts in zip(self.lines, [*found, *[None] * len(GROUPS)], strict=False):
            title.setText(texts[0] if texts else "")
            words.setText(", ".join(texts[1]) if texts else "")
            for part in (title, words):
                part.setVisible(texts is not None)
        self.setVisible(bool(found))
        self.setAccessibleDescription(". ".join(f"{title}: {', '.join(words)}" for title, words in found))
