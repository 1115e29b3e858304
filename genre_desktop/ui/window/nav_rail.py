"""The navigation rail at the left edge: one button per page."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QSizePolicy, QToolButton, QWidget

from genre_desktop.app.i18n.translate import tr
from genre_desktop.ui.theme import icons
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import bold_difference, column, follow_tip, set_accessible_name

WIDTH = 88


class _PageButton(QToolButton):
    """A button wide enough for its title in bold, the font while its page is open."""

    def sizeHint(self) -> QSize:
        """Return the size of a button with bold text."""
        return super().sizeHint() + QSize(bold_difference(self, self.text()) + 12, 0)

    def minimumSizeHint(self) -> QSize:
        """Return the size hint, so that the title is never elided."""
        return self.sizeHint()


class NavRail(QFrame):
    """Shows the open page; ``chosen`` carries the id of the page whose button was clicked."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("kind", "rail")
        self.setAccessibleName(tr("Pages"))
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        self._layout = column(self, margin=8, gap=4)
        self._layout.setContentsMargins(8, 12, 8, 8)
        self._layout.addWidget(self._logo(), alignment=Qt.AlignmentFlag.AlignHCenter)
        self._layout.addSpacing(8)
        self._layout.addStretch(1)
        self.setMinimumWidth(WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def add(self, page: str, title: str, icon: str, action: QAction) -> None:
        """Add a button below the others, with the tool tip of the ``action`` that opens the page."""
        button = _PageButton()
        button.setText(title)
        button.setCheckable(True)
        button.setProperty("kind", "nav")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(24, 24))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda _checked=False: self.chosen.emit(page))
        self._theme.set_icon(button, icon, "muted")
        set_accessible_name(button, title)
        follow_tip(button, action)
        self._group.addButton(button)
        self._buttons[page] = button
        self._layout.insertWidget(self._layout.count() - 1, button)

    def add_below(self, widget: QWidget) -> None:
        """Add a widget at the lower end."""
        self._layout.addWidget(widget)

    def show_current(self, page: str) -> None:
        """Check the button of the open page."""
        self._buttons[page].setChecked(True)

    @staticmethod
    def _logo() -> QLabel:
        logo = QLabel()
        logo.setPixmap(icons.pixmap("genre-desktop", 40, "", 2.0))
        logo.setAccessibleName("Genre Desktop")
        return logo
