"""The table of all settings, from which defaults, dialog, docs and upgrades follow."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from genre_desktop.core.errors import AppError, Problem, raise_if_full
from genre_desktop.core.messages import N_
from genre_desktop.core.own_files.reader import UnreadableFile, read_json
from genre_desktop.core.own_files.set_aside import set_aside
from genre_desktop.core.paths import HomeGoneError, write_atomically

FORMAT = 1
"""Version of the settings file; raise it together with a hook in :data:`UPGRADES`."""

Value = bool | int | float | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SettingSpec:
    """One setting.

    The default determines the type; ``choices`` limits text, ``minimum`` and ``maximum`` limit
    numbers (inclusive, in ``unit``). A number with a ``step`` gets a slider; ``restart`` means that a
    change takes effect after a restart. The value of an ``address`` may not contain a user name or a password.
    """

    key: str
    default: Value
    page: str
    title: str
    description: str
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    restart: bool = False
    step: float = 0.0
    address: bool = False

    def check(self, value: object) -> Value:
        """Return ``value`` in the type of this setting; ``ValueError`` with a text for users if it is invalid."""
        kind = type(self.default)
        if kind is tuple and isinstance(value, list | tuple):
            return tuple(str(item) for item in value)
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if type(value) is not kind:
            raise ValueError(f"{self.title} takes {kind.__name__}, not {value!r}.")
        if self.choices and value not in self.choices:
            raise ValueError(f"{self.title} is one of {', '.join(self.choices)}, not {value!r}.")
        if self.address and "@" in str(value):
            raise ValueError(f"{self.title} takes an address without a user name or a password.")
        if isinstance(value, int | float) and not isinstance(value, bool):
            self._check_range(value)
        return value

    def _check_range(self, value: float) -> None:
        low = self.minimum if self.minimum is not None else float("-inf")
        high = self.maximum if self.maximum is not None else float("inf")
        if not low <= value <= high:
            raise ValueError(
                f"{self.title} lies between {low:g} and {high:g}{self.unit and ' ' + self.unit}."
            )


OPTIONS: tuple[SettingSpec, ...] = (
    SettingSpec("ui.theme", "system", N_("Appearance"), N_("Theme"), N_("Colours of the window and of all plots."), ("system", "light", "dark")),
    SettingSpec("ui.text_scale", 100, N_("Appearance"), N_("Text size"), N_("Size of all text."), minimum=75, maximum=200, unit="%", step=5),
    SettingSpec("ui.language", "system", N_("Appearance"), N_("Language"), N_("Language of the window."), ("system", "en", "de"), restart=True),
    SettingSpec("window.restore", True, N_("Appearance"), N_("Restore window"), N_("Open with the size, page and table columns of the last time.")),
    SettingSpec("keys.changed", (), N_("Keyboard"), N_("Custom shortcuts"), N_("Your own shortcuts, each as action=keys; all other actions keep their default shortcuts.")),
    SettingSpec("analyse.mode", "song", N_("Analyse"), N_("Part of a song to analyse"), N_("The whole song in windows, or one 30 s excerpt from its middle."), ("song", "excerpt")),
    SettingSpec("analyse.workers", 0, N_("Analyse"), N_("Worker processes for folders"), N_("Number of files analysed in parallel; 0 means one per processor core."), minimum=0, maximum=64, restart=True),
    SettingSpec("results.restore", True, N_("Analyse"), N_("Restore list"), N_("Open with the files and answers that were in the list when the window was closed; requires “Save answers”.")),
    SettingSpec("results.group", "none", N_("Analyse"), N_("Group by"), N_("Rows of one folder or album below a heading with the genre that its songs voted for."), choices=("none", "folder", "album")),
    SettingSpec("results.compact", False, N_("Analyse"), N_("Compact rows"), N_("Lower rows, so that more files of the list are visible.")),
    SettingSpec("review.play", False, N_("Analyse"), N_("Play during review"), N_("While answers are reviewed, the clearest ten seconds of each are played.")),
    SettingSpec("tags.words", (), N_("Analyse"), N_("Tag names"), N_("The name of each tag in the list, on the cards and in files, such as Electronic for House; two tags may have the same name. Double-click a name to change it; a tag with an empty name is not used.")),
    SettingSpec("play.volume", 80, N_("Analyse"), N_("Volume"), N_("Volume of playback."), minimum=0, maximum=100, unit="%", step=5),
    SettingSpec("files.minimum", 60, N_("Files"), N_("Minimum confidence"), N_("Answers below this confidence are not selected when genres are written into files, and are not added to playlists."), minimum=0, maximum=100, unit="%"),
    SettingSpec("files.styles", False, N_("Files"), N_("Add styles from tags"), N_("Styles such as Soul or House are written into files after the genre, as additional genres.")),
    SettingSpec("files.moods", False, N_("Files"), N_("Write moods"), N_("Moods such as Happy or Mellow are written into the mood tag of files.")),
    SettingSpec("files.tempo_key", False, N_("Files"), N_("Write tempo and key"), N_("The tempo, in whole beats per minute, and the key are written into their tag fields.")),
    SettingSpec("files.watched", (), N_("Files"), N_("Watched folders"), N_("New files in these folders are analysed automatically while the window is open.")),
    SettingSpec("spectrogram.axis", "mel", N_("Spectrogram"), N_("Frequency axis"), N_("Mel matches human hearing, log shows octaves, linear shows hertz."), ("mel", "log", "linear")),
    SettingSpec("spectrogram.colour_map", "magma", N_("Spectrogram"), N_("Colour map"), N_("Perceptually uniform and suitable for colour-blind users."), ("magma", "viridis", "inferno", "plasma", "cividis", "grey")),
    SettingSpec("spectrogram.floor_db", -80.0, N_("Spectrogram"), N_("Darkest level"), N_("Levels below this are drawn in the darkest colour."), minimum=-140, maximum=-20, unit="dB", step=5),
    SettingSpec("live.device", "", N_("Live"), N_("Input device"), N_("Name of the device for live analysis; empty means the system default.")),
    SettingSpec("live.window_s", 10.0, N_("Live"), N_("Window"), N_("Length of audio that each live answer is based on."), minimum=3, maximum=30, unit="s", step=1),
    SettingSpec("live.preroll_s", 10.0, N_("Live"), N_("Pre-roll"), N_("Audio from before Record was pressed that is added to the recording."), minimum=0, maximum=60, unit="s", restart=True, step=5),
    SettingSpec("privacy.keep_days", 365, N_("Privacy"), N_("Keep answers for"), N_("Older answers and lines of the live log are deleted by the database maintenance job; 0 keeps all."), minimum=0, maximum=3650, unit=N_("days")),
    SettingSpec("privacy.remember", True, N_("Privacy"), N_("Save answers"), N_("Corrections, drift checks and the Monitor page need the saved measurements. The live log is saved with them.")),
    SettingSpec("decoder.sandbox", "auto", N_("Privacy"), N_("Sandbox for reading files"), N_("auto: where the system supports it (Linux), files are decoded in a process without access to anything else on this computer. off: files are decoded in the process that analyses them."), ("auto", "off"), restart=True),
    SettingSpec("drift.every_minutes", 60, N_("Monitoring"), N_("Drift check every"), N_("Interval between drift checks."), minimum=5, maximum=10080, unit="min"),
    SettingSpec("drift.every_predictions", 50, N_("Monitoring"), N_("Drift check after"), N_("Also after this many new predictions; 0 turns this off."), minimum=0, maximum=10000, unit=N_("predictions")),
    SettingSpec("drift.share", 0.35, N_("Monitoring"), N_("Drift threshold"), N_("Share of the features that must differ for a drift."), minimum=0.05, maximum=1.0, step=0.05),
    SettingSpec("drift.p_value", 0.001, N_("Monitoring"), N_("Drift p-value"), N_("A feature differs if its Kolmogorov-Smirnov p-value is below this."), minimum=1e-9, maximum=0.1),
    SettingSpec("drift.minimum_clips", 30, N_("Monitoring"), N_("Minimum clips for a drift check"), N_("With fewer clips, drift is not checked."), minimum=10, maximum=1000, unit=N_("clips")),
    SettingSpec("drift.confirmations", 2, N_("Monitoring"), N_("Consecutive windows"), N_("Number of windows that must show drift before the fallback is used, and no drift before the champion is used again."), minimum=1, maximum=10),
    SettingSpec("train.every_days", 7, N_("Training"), N_("Retrain every"), N_("Interval between retrainings; 0 turns this off."), minimum=0, maximum=365, unit=N_("days")),
    SettingSpec("train.after_corrections", 20, N_("Training"), N_("Retrain after"), N_("Also after this many new corrections; 0 turns this off."), minimum=0, maximum=10000, unit=N_("corrections")),
    SettingSpec("train.trials", 20, N_("Training"), N_("Trials"), N_("Number of hyperparameter settings tried for each model family."), minimum=1, maximum=500),
    SettingSpec("jobs.wait_on_battery", True, N_("Schedule"), N_("Pause on battery"), N_("Scheduled jobs wait until the computer is plugged in.")),
    SettingSpec("jobs.wait_while_live", True, N_("Schedule"), N_("Pause while listening"), N_("Scheduled jobs wait until live analysis stops.")),
    SettingSpec("jobs.sweep_every_days", 1, N_("Schedule"), N_("Registry clean-up every"), N_("Deletes incomplete data of interrupted trainings; 0 turns this off."), minimum=0, maximum=365, unit=N_("days")),
    SettingSpec("jobs.maintenance_every_days", 1, N_("Schedule"), N_("Database maintenance every"), N_("Deletes data that is older than the limits set, and compacts the library file; 0 turns this off."), minimum=0, maximum=365, unit=N_("days")),
    SettingSpec("cluster.address", "", N_("Cluster"), N_("Cluster"), N_("Address of a Dask scheduler, such as tls://music.example:8786, for imports and retraining. Empty: on this computer.")),
    SettingSpec("cluster.ca_file", "", N_("Cluster"), N_("Certificate authority"), N_("File with the certificate of the authority that signed all certificates of the cluster (PEM).")),
    SettingSpec("cluster.certificate", "", N_("Cluster"), N_("Certificate"), N_("File with this computer’s certificate for the cluster (PEM).")),
    SettingSpec("cluster.key", "", N_("Cluster"), N_("Private key"), N_("File with the private key of this computer’s certificate (PEM).")),
    SettingSpec("cluster.insecure", False, N_("Cluster"), N_("Allow connections without encryption"), N_("Anyone who can reach an unencrypted cluster can run any program on its computers and on this one.")),
    SettingSpec("cluster.upload_mb", 512, N_("Cluster"), N_("Largest file to send"), N_("Files that a worker cannot access under the same path are sent to it; larger files are skipped with a message."), minimum=1, maximum=10000, unit="MB"),
    SettingSpec("registry.uri", "", N_("Team"), N_("Shared registry"), N_("Address of a team’s MLflow server, such as https://models.example; its champion is used here after a sync. Empty: no server."), address=True),
    SettingSpec("registry.sync_minutes", 60, N_("Team"), N_("Sync every"), N_("Interval at which the models of the shared registry are fetched; 0 turns this off."), minimum=0, maximum=10080, unit="min"),
    SettingSpec("notify.desktop", False, N_("Alerts"), N_("Desktop notifications"), N_("Show alerts on the desktop when the window is not in front.")),
    SettingSpec("metrics.prometheus", False, N_("Monitoring"), N_("Prometheus endpoint"), N_("Provides the statistics of the Monitor page on 127.0.0.1; off by default.")),
    SettingSpec("metrics.port", 9464, N_("Monitoring"), N_("Prometheus port"), N_("Port on 127.0.0.1."), minimum=1024, maximum=65535),
)  # fmt: skip
"""The table, in the order of the dialog and the docs."""

PAGES: tuple[str, ...] = tuple(dict.fromkeys(option.page for option in OPTIONS))
"""The pages of the dialog, in the order of the table."""

BY_KEY: dict[str, SettingSpec] = {option.key: option for option in OPTIONS}

UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""``UPGRADES[n]`` turns the values of format ``n`` into those of format ``n + 1``."""


class Settings:
    """The user's values over the defaults; only differences are saved."""

    def __init__(
        self, path: Path, values: dict[str, Value] | None = None, ignored: tuple[str, ...] = ()
    ) -> None:
        self.path = path
        self.ignored = ignored
        self._values = dict(values or {})
        self._watchers: list[Callable[[str], object]] = []
        self._unsaved: dict[str, Value] = {}
        self.problem: Problem | None = None
        """Why the last change could not be saved."""
        self.on_unsaved: Callable[[Problem], object] | None = None
        """Receives why values could not be saved, which apply in this object all the same; None to raise that."""

    @classmethod
    def load(cls, path: Path) -> Settings:
        """Read settings; unknown or invalid ones are listed in ``ignored``.

        What is no file of settings is set aside, and the defaults apply.

        Raises
        ------
        AppError
            The file was written by a newer version, or may not be read. It is left untouched.
        """
        try:
            written, values = _read(path)
        except FileNotFoundError:
            return cls(path)
        except UnreadableFile as damage:
            try:
                set_aside(path)
            except OSError:
                raise AppError("settings-unreadable", path=str(path), error=str(damage)) from damage
            return cls(path)
        except OSError as error:
            raise AppError(
                "settings-unreadable", path=str(path), error=error.strerror or str(error)
            ) from error
        if written > FORMAT:
            raise AppError("settings-newer", path=str(path), version=written, known=FORMAT)
        for step in range(written, FORMAT):
            values = UPGRADES[step](values)
        return cls._checked(path, values)

    @classmethod
    def _checked(cls, path: Path, values: dict[str, Any]) -> Settings:
        good: dict[str, Value] = {}
        bad: list[str] = []
        for key, value in values.items():
            try:
                good[key] = BY_KEY[key].check(value)
            except (KeyError, ValueError, OverflowError):
                bad.append(key)
        return cls(path, good, tuple(bad))

    def __getitem__(self, key: str) -> Any:
        return self._values.get(key, BY_KEY[key].default)

    def __setitem__(self, key: str, value: object) -> None:
        """Set and save a value; ``ValueError`` as in :meth:`SettingSpec.check`, and as :meth:`save`."""
        checked = BY_KEY[key].check(value)
        before = dict(self._values)
        self._reload()
        self._put(key, checked)
        self._unsaved[key] = checked
        self._save_or_report(before)

    def reset(self, page: str) -> None:
        """Restore the defaults of one page."""
        before = dict(self._values)
        self._reload()
        for option in OPTIONS:
            if option.page == page:
                self._put(option.key, option.default)
                self._unsaved[option.key] = option.default
        self._save_or_report(before)

    def _put(self, key: str, value: Value) -> None:
        if value == BY_KEY[key].default:
            self._values.pop(key, None)
        else:
            self._values[key] = value

    def _save_or_report(self, before: dict[str, Value]) -> None:
        """Save and notify; where that is not possible and nothing receives the problem, undo the change."""
        self.problem = None
        try:
            self.save()
        except AppError as error:
            if self.on_unsaved is None:
                self._values = before
                self._unsaved.clear()
                raise
            self.problem = error.problem
        self._notify(before)
        if self.problem is not None and self.on_unsaved is not None:
            self.on_unsaved(self.problem)

    def watch(self, callback: Callable[[str], object]) -> Callable[[], None]:
        """Call ``callback`` with the key of each value that changes; return a function that ends this."""
        self._watchers.append(callback)
        return lambda: self._watchers.remove(callback) if callback in self._watchers else None

    def _notify(self, before: dict[str, Value]) -> None:
        changed = [key for key in BY_KEY if before.get(key) != self._values.get(key)]
        for callback in tuple(self._watchers):
            for key in changed:
                callback(key)

    def _reload(self) -> None:
        """Read what another process has written, so that the next :meth:`save` does not undo it."""
        with contextlib.suppress(AppError):
            if self.path.is_file():
                self._values = type(self).load(self.path)._values
                for key, value in self._unsaved.items():
                    self._put(key, value)

    def save(self) -> None:
        """Write the differences from the defaults, atomically.

        Raises
        ------
        AppError
            ``no-space`` or ``settings-not-saved``.
        """
        document = {"format": FORMAT, "values": self._values}
        try:
            write_atomically(self.path, json.dumps(document, indent=2, sort_keys=True).encode())
        except HomeGoneError:
            raise
        except OSError as error:
            raise_if_full(error, self.path)
            raise AppError(
                "settings-not-saved", path=str(self.path), error=error.strerror or str(error)
            ) from error
        self._unsaved.clear()


def _read(path: Path) -> tuple[int, dict[str, Any]]:
    document = read_json(path)
    try:
        written, values = int(document["format"]), dict(document["values"])
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise UnreadableFile(f"it has no settings: {error!r}") from error
    if any(step not in UPGRADES for step in range(written, FORMAT)):
        raise UnreadableFile(f"it has format {written}")
    return written, values
