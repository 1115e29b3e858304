"""The navigation rail at the left edge: one button per page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLabel,
    QSizePolicy,
    QStyle,
    QStyleOptionToolButton,
    QToolButton,
    QWidget,
)

from genre_desktop.app.i18n.translate import tr
from genre_desktop.ui.theme import icons
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import bold_difference, column, follow_tip, set_accessible_name

WIDTH = 88
_GAP, _LOGO = 4, 40
_SHARE = 7
"""Titles are left out where the rail would be wider than this fraction of the window: a seventh."""


class RailButton(QToolButton):
    """A button wide enough for its title in bold, the font while its page is open; or its icon alone."""

    def __init__(self, theme: Theme, title: str, icon: str) -> None:
        super().__init__()
        self.setText(title)
        self.setProperty("kind", "nav")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.set_icon(self, icon, "muted")

    def titled_size(self) -> QSize:
        """Return the size with the title, whether it is shown or not."""
        self.ensurePolished()
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.toolButtonStyle = Qt.ToolButtonStyle.ToolButtonTextUnderIcon
        picture = self.iconSize()
        metrics = self.fontMetrics()
        text = metrics.size(Qt.TextFlag.TextShowMnemonic, self.text())
        width = max(picture.width(), text.width() + 2 * metrics.horizontalAdvance(" "))  # as Qt does
        inner = QSize(width, picture.height() + 4 + text.height())
        size = self.style().sizeFromContents(QStyle.ContentsType.CT_ToolButton, option, inner, self)
        return size + QSize(bold_difference(self, self.text()) + 12, 0)

    def sizeHint(self) -> QSize:
        """Return the size with bold text, or that of the icon."""
        if self.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly:
            return super().sizeHint()
        return self.titled_size()

    def minimumSizeHint(self) -> QSize:
        """Return the size hint, so that the title is never elided."""
        return self.sizeHint()


class NavRail(QFrame):
    """Shows the open page; ``chosen`` carries the id of the page whose button was clicked.

    Where the titles do not fit, in a small window with large text, the buttons show their icons alone.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("kind", "rail")
        self.setAccessibleName(tr("Pages"))
        self._buttons: dict[str, QToolButton] = {}
        self._rows: list[RailButton] = []
        self._group = QButtonGroup(self)
        self._logo = QLabel()
        self._logo.setAccessibleName("Genre Desktop")
        self._layout = column(self, margin=8, gap=_GAP)
        self._layout.setContentsMargins(8, 12, 8, 8)
        self._layout.addWidget(self._logo, alignment=Qt.AlignmentFlag.AlignHCenter)
        self._layout.addSpacing(8)
        self._layout.addStretch(1)
        self.setMinimumWidth(WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._draw_logo)
        self._draw_logo()

    def add(self, page: str, title: str, icon: str, action: QAction) -> None:
        """Add a button below the others, with the tool tip of the ``action`` that opens the page."""
        button = RailButton(self._theme, title, icon)
        button.setCheckable(True)
        button.clicked.connect(lambda _checked=False: self.chosen.emit(page))
        set_accessible_name(button, title)
        follow_tip(button, action)
        self._group.addButton(button)
        self._buttons[page] = button
        self._rows.append(button)
        self._layout.insertWidget(self._layout.count() - 1, button)

    def add_below(self, button: RailButton) -> None:
        """Add a button at the lower end."""
        self._rows.append(button)
        self._layout.addWidget(button)

    def show_current(self, page: str) -> None:
        """Check the button of the open page."""
        self._buttons[page].setChecked(True)

    def event(self, event: QEvent) -> bool:
        """Show or hide the titles when the size or the text has changed."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        sizes = [button.titled_size() for button in self._rows]
        margins = self._layout.contentsMargins()
        height = sum(size.height() + _GAP for size in sizes) + self._theme.scaled(_LOGO) + 24
        width = max((size.width() for size in sizes), default=0) + margins.left() + margins.right()
        fits = height <= self.height() and width * _SHARE <= self.window().width()
        styles = Qt.ToolButtonStyle
        for button in self._rows:
            button.setToolButtonStyle(styles.ToolButtonTextUnderIcon if fits else styles.ToolButtonIconOnly)
        self.setMinimumWidth(WIDTH if fits else 0)

    def _draw_logo(self) -> None:
        self._logo.setPixmap(icons.pixmap("genre-desktop", self._theme.scaled(_LOGO), "", 2.0))
