"""Desktop notifications of alerts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from genre_desktop.app.i18n.translate import render
from genre_desktop.core.settings import Settings
from genre_desktop.core.store.alerts import Alert

_ICONS = {
    "info": QSystemTrayIcon.MessageIcon.Information,
    "warning": QSystemTrayIcon.MessageIcon.Warning,
    "error": QSystemTrayIcon.MessageIcon.Critical,
}


class TrayNotifier:
    """Shows alerts in the system tray while ``notify.desktop`` is on and ``window`` is not in front.

    Parameters
    ----------
    clicked:
        Called when the user clicks the message or the icon.
    make:
        Creates the tray icon; for tests.
    """

    def __init__(
        self,
        settings: Settings,
        window: QWidget,
        clicked: Callable[[], None],
        make: Callable[[QIcon, QWidget], QSystemTrayIcon] = QSystemTrayIcon,
        available: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable,
    ) -> None:
        self._settings, self._window, self._clicked = settings, window, clicked
        self._make, self._available = make, available
        self._tray: QSystemTrayIcon | None = None

    def notify(self, alert: Alert) -> bool:
        """Show an alert if notifications are on and the window is inactive; return whether it was shown."""
        wanted = bool(self._settings["notify.desktop"]) and not self._window.isActiveWindow()
        if not wanted or not self._available():
            return False
        notice = alert.notice
        title, text = _without_markup(notice.title), _without_markup(notice.happened)
        self._icon().showMessage(title, text, _ICONS[notice.level], 10_000)
        return True

    def close(self) -> None:
        """Hide the tray icon."""
        if self._tray is not None:
            self._tray.hide()

    def _icon(self) -> QSystemTrayIcon:
        if self._tray is None:
            self._tray = self._make(self._window.windowIcon(), self._window)
            self._tray.setToolTip("Genre Desktop")
            self._tray.messageClicked.connect(self._clicked)
            self._tray.activated.connect(lambda _reason: self._clicked())
        self._tray.show()
        return self._tray


def _without_markup(text: str) -> str:
    """Return a text in which no desktop finds a tag: some parse HTML, which not every one lets a program escape."""
    return render(text).replace("<", "‹").replace(">", "›")
