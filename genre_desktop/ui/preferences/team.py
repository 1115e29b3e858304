"""The topic Team: the settings of the shared registry, and signing in to its server."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QProgressBar

from genre_desktop.app.i18n.translate import mark, tr
from genre_desktop.app.jobs.server_access import Action, ServerAccess
from genre_desktop.core.errors import Problem
from genre_desktop.core.paths import Home
from genre_desktop.core.settings import Settings, SettingSpec
from genre_desktop.ui.fitting.wrap_row import RIGHT, WrapRow
from genre_desktop.ui.preferences.section import Section
from genre_desktop.ui.theme.theme import Theme
from genre_desktop.ui.widgets.factory import button, column, enable, fill, label, set_accessible_name
from genre_desktop.ui.widgets.message_bar import MessageBar
from genre_desktop.ui.widgets.setting_controls import WIDTH

PAGE, ADDRESS = "Team", "registry.uri"
"""The topic, and its setting with the address of the server."""
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
DONE = {
    "sign-in": mark(
        "Signed in to {server} (MLflow {version}). The password is stored in the system’s credential store."
    ),
    "sign-out": mark("The credentials for {server} were deleted from this computer."),
    "test": mark("{server} responds (MLflow {version}) and accepts the credentials."),
}


class SignIn(QFrame):
    """User name, password and buttons; nothing of it is a setting."""

    def __init__(self, theme: Theme, home: Home) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.access = ServerAccess(home, self)
        self.username, self.password = QLineEdit(), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.sign_in = button(tr("Sign in"), self._sign_in)
        self.sign_out = button(tr("Sign out"), lambda: self._start("sign-out"), "quiet")
        self.test = button(tr("Test"), lambda: self._start("test"))
        self.bar = QProgressBar(textVisible=False)
        self.bar.setRange(0, 0)
        self.notice = MessageBar(theme, on_close=lambda: None)
        self._address = ""
        self._build()
        for field in (self.username, self.password):
            field.installEventFilter(self)
            field.textChanged.connect(lambda _text: self._update())
        self.access.done.connect(self._done)
        self.access.failed.connect(self._failed)
        self._update()

    def show_address(self, address: str) -> None:
        """Sign in to this server; without one the card is disabled."""
        self._address = address
        self.setEnabled(bool(address))
        self._update()

    def close_down(self) -> None:
        """End what runs."""
        self.access.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Sign in with the return key, which would close the dialog."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _RETURN:
            self._sign_in()
            return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        about = tr(
            "For servers that require signing in. The password is stored in the system’s credential "
            "store, never in settings or logs."
        )
        set_accessible_name(self.username, tr("User name"), tr("Your user name on the server"))
        set_accessible_name(self.password, tr("Password"), tr("Stored in the system’s credential store"))
        set_accessible_name(self.bar, tr("Querying the shared registry"))
        set_accessible_name(self.test, tr("Test"), tr("Check whether the server accepts the credentials"))
        lines = column(gap=8)
        for title, field in ((tr("User name"), self.username), (tr("Password"), self.password)):
            text = label(title)
            text.setBuddy(field)
            field.setMinimumWidth(WIDTH)
            line = WrapRow(gap=24)
            line.add(text, 1)
            line.add(field)
            fill(lines, line)
        buttons = WrapRow(self.sign_out, self.test, self.sign_in, at=RIGHT)
        head = label(tr("Sign in"), "section"), label(about, "muted", wrap=True)
        layout = fill(column(self, gap=10), *head, lines, self.bar, self.notice, buttons)
        layout.setContentsMargins(16, 12, 16, 12)
        self.bar.hide()
        self.notice.hide()

    def _sign_in(self) -> None:
        if self.sign_in.isEnabled():
            self._start("sign-in")

    def _start(self, action: Action) -> None:
        self._save_address(action)
        self.notice.hide()
        values = (self.username.text().strip(), self.password.text()) if action == "sign-in" else ("", "")
        self.access.start(action, *values)
        self._update()

    def _save_address(self, action: Action) -> None:
        """Let the field of the address save what is being typed there: not everywhere does a click take its focus."""
        focused = QApplication.focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            buttons = {"sign-in": self.sign_in, "sign-out": self.sign_out, "test": self.test}
            buttons[action].setFocus(Qt.FocusReason.OtherFocusReason)

    def _done(self, action: str, result: dict[str, str]) -> None:
        if action != "test":
            self.password.clear()
        self.notice.show_message(tr(DONE[action], **{"version": "", **result}), tone="success")
        self._update()

    def _failed(self, problem: Problem) -> None:
        self.notice.show_problem(problem, "danger")
        self._update()

    def _update(self) -> None:
        free = bool(self._address) and not self.access.busy
        self.bar.setVisible(self.access.busy)
        enable(self.sign_in, free and bool(self.username.text().strip() and self.password.text()))
        enable(self.sign_out, free)
        enable(self.test, free)


class TeamSection(Section):
    """The settings of the topic with the card to sign in below them."""

    def __init__(self, options: Sequence[SettingSpec], theme: Theme, home: Home) -> None:
        super().__init__(PAGE, options)
        self.access = SignIn(theme, home)
        self.body.insertWidget(self.body.count() - 1, self.access)  # above the stretch
        self.chosen.connect(self._address_chosen)

    def show_value(self, key: str, settings: Settings) -> None:
        """Show the value of one setting; the card follows the address."""
        super().show_value(key, settings)
        self.access.show_address(str(settings[ADDRESS]).strip())

    def _address_chosen(self, option: SettingSpec, value: object) -> None:
        if option.key == ADDRESS:  # its own control shows it, so show_value is not called
            self.access.show_address(str(value).strip())

    def filter(self, words: Sequence[str]) -> bool:
        """Hide the card while settings are searched that are elsewhere."""
        found = super().filter(words)
        text = " ".join((tr(PAGE), tr("Sign in"), tr("User name"), tr("Password"))).casefold()
        own = all(word in text for word in words)
        self.access.setVisible(own)
        return found or own

    def close_down(self) -> None:
        """Wait for background tasks, and end signing in."""
        super().close_down()
        self.access.close_down()
