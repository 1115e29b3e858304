"""The clips most similar to the current song."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy, QWidget

from genre_desktop.app.i18n import reason_text
from genre_desktop.app.i18n.genre_names import genre_name
from genre_desktop.app.i18n.translate import count, problem_text, tr
from genre_desktop.core.errors import Problem
from genre_desktop.core.explanations import SimilarClip
from genre_desktop.core.quoting.controls import printable
from genre_desktop.core.quoting.display import shown
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import column, label, set_accessible_name
from genre_desktop.ui.widgets.table_cells import spot_icon


class SimilarList(QWidget):
    """Names with genre and similarity; ``opened`` carries the path of an activated clip."""

    opened = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._found: Sequence[SimilarClip] = ()
        self._message = label("", "muted", wrap=True)
        self._doubt = label("", wrap=True)
        self.list = QListWidget()
        self._note = label("", "caption", wrap=True)
        self._build()
        self.wait()
        theme.changed.connect(self._fill)

    def _build(self) -> None:
        set_accessible_name(
            self.list, tr("Most similar clips"), tr("Double-click or Return plays one of your own clips")
        )
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setProperty("kind", "clips")
        self.list.setSpacing(2)
        self.list.itemActivated.connect(self._activated)
        layout = column(self, gap=8)
        for widget in (self._message, self._doubt, self.list, self._note):
            layout.addWidget(widget)
        layout.addStretch(1)

    def wait(self) -> None:
        """Show that the clips are being searched."""
        self._show_message(tr("Looking for similar clips…"))

    def show_problem(self, problem: Problem) -> None:
        """Show why there are none."""
        text = problem_text(problem)
        self._show_message(f"{text.title}. {text.body}")

    def show_clips(self, found: Sequence[SimilarClip], genre: str) -> None:
        """Show clips, most similar first, and a sentence if most of them are not of the answer's genre."""
        self._found = found
        self._doubt.setText(_doubt(found, genre))
        self._doubt.setVisible(bool(self._doubt.text()))
        self._message.hide()
        self._fill()
        self.list.show()
        self._note.setText(_note(found))
        self._note.show()

    def _show_message(self, text: str) -> None:
        self._found = ()
        self._message.setText(text)
        self._message.show()
        self._doubt.hide()
        self.list.hide()
        self._note.hide()

    def _fill(self) -> None:
        self.list.clear()
        for clip in self._found:
            self.list.addItem(self._item(clip))
        height = sum(self.list.sizeHintForRow(place) for place in range(self.list.count()))
        spaces = 2 * self.list.spacing() * self.list.count() + 2 * self.list.frameWidth()
        self.list.setFixedHeight(height + spaces + 4)

    def _item(self, clip: SimilarClip) -> QListWidgetItem:
        path = Path(clip.path)
        source = "" if clip.own else tr("reference clip")
        parts = (genre_name(clip.genre), reason_text.alike(clip), source)
        item = QListWidgetItem(spot_icon(clip.genre, self._theme), "")
        name = shown(printable(path.name))
        item.setText(f"{name}\n{'  ·  '.join(part for part in parts if part)}")
        item.setData(Qt.ItemDataRole.UserRole, clip)
        item.setToolTip(shown(str(path)) if clip.own else _no_sound())
        return item

    def _activated(self, item: QListWidgetItem) -> None:
        clip: SimilarClip = item.data(Qt.ItemDataRole.UserRole)
        if clip.own:
            self.opened.emit(Path(clip.path))


def _doubt(found: Sequence[SimilarClip], genre: str) -> str:
    same = sum(clip.genre == genre for clip in found)
    if not genre or 2 * same >= len(found):
        return ""
    return tr(
        "{genre} among these {total} clips: {same}. Check the answer.",
        genre=genre_name(genre),
        total=count(len(found)),
        same=count(same),
    )


def _note(found: Sequence[SimilarClip]) -> str:
    text = tr("The percentage is the share of all pairs of clips that are less similar.")
    if any(not clip.own for clip in found):
        text = f"{text} {_no_sound()}"
    return text


def _no_sound() -> str:
    return tr("Reference clips are included with the program and cannot be played.")
