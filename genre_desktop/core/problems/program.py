"""Problems of the program itself: settings, its window, what it serves to other programs."""

from __future__ import annotations

from genre_desktop.core.messages import N_
from genre_desktop.core.problems.text import ProblemText

_DISK_FULL = N_("The disk is full")
_FREE_SPACE = N_("Delete or move files on that disk, then try again; nothing needs to be restored.")
_HOME = N_("Your data cannot be stored here")
_HOME_HINT = N_("Specify another folder with --home or in the variable GENRE_DESKTOP_HOME.")

TEXTS: dict[str, ProblemText] = {
    "no-space": ProblemText(
        _DISK_FULL,
        N_("There is not enough space for {path}: {free:.1f} MB are free, about {needed} MB are needed."),
        _FREE_SPACE,
    ),
    "no-space/unknown": ProblemText(
        _DISK_FULL, N_("There is not enough space to write; about {needed} MB are needed."), _FREE_SPACE
    ),
    "no-space/soon": ProblemText(
        N_("The disk is nearly full"),
        N_("{free:.0f} MB are free on the disk of {path}; at least {needed} MB are recommended."),
        N_("Delete or move files on that disk, or use a folder on another one with --home."),
    ),
    "unexpected": ProblemText(
        N_("An internal error occurred in Genre Desktop"),
        "{error}",
        N_("Try again; if it happens again, report the problem with Help › Copy diagnostics."),
    ),
    "settings-unreadable": ProblemText(
        N_("Settings cannot be read"),
        N_("{path} is not a valid settings file ({error})."),
        N_("Rename or delete the file to start with the defaults."),
    ),
    "settings-not-saved": ProblemText(
        N_("Settings cannot be saved"),
        N_("{path} cannot be written ({error})."),
        N_("Your changes apply until you quit. Check that the folder exists and that you may write to it."),
    ),
    "settings-newer": ProblemText(
        N_("The settings were saved by a newer version"),
        N_("{path} has format {version}; this program supports {known}."),
        N_("Update Genre Desktop, or rename the file to start with the defaults."),
    ),
    "settings-ignored": ProblemText(
        N_("Some settings were ignored"),
        N_(
            "The settings file contains values that this version does not accept: {names}. Their "
            "defaults are used."
        ),
        N_("See Edit › Preferences."),
    ),
    "home-unusable": ProblemText(_HOME, N_("The folder {path} cannot be used ({error})."), _HOME_HINT),
    "home-unusable/file": ProblemText(
        _HOME, N_("{path} is a file or lies below one; a folder is needed."), _HOME_HINT
    ),
    "home-unusable/read-only": ProblemText(
        _HOME, N_("The folder {path} is on a disk that is read-only."), _HOME_HINT
    ),
    "home-unusable/owner": ProblemText(
        _HOME, N_("You may not write to the folder {path}; it belongs to another user."), _HOME_HINT
    ),
    "home-unusable/long": ProblemText(
        _HOME, N_("The path {path} is too long: the limit is {limit} bytes."), _HOME_HINT
    ),
    "home-gone": ProblemText(
        N_("The folder with your data was removed"),
        N_("{path} was deleted or replaced while the job was running, so its result is lost."),
        N_("Put the folder back or restart Genre Desktop, then run the job again."),
    ),
    "home-gone/removed": ProblemText(
        N_("The folder with your data was removed"),
        N_("{path} was deleted, moved or replaced while Genre Desktop is using it."),
        N_("Put it back, or quit and start again to create a new one."),
    ),
    "window-silent": ProblemText(
        N_("Genre Desktop is already running but does not respond"),
        N_("Another window uses the data in {home}; it may be busy or not responding."),
        N_("Try again when it responds, or end it first."),
    ),
    "metrics-missing": ProblemText(
        N_("The Prometheus endpoint is not installed"),
        N_("It needs the Python package prometheus-client."),
        N_("Install it with: pip install 'genre-desktop[metrics]'"),
    ),
    "metrics-port": ProblemText(
        N_("The Prometheus endpoint cannot start"),
        N_("Port {port} is taken ({error})."),
        N_("Choose another port in Preferences › Monitoring."),
    ),
    "no-such-alert": ProblemText(
        N_("There is no alert {number}"),
        N_("No stored alert has this number."),
        N_("Run genre-desktop alerts to see their numbers."),
    ),
}
"""Key to texts; see the package."""
