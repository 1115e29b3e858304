"""Pure state machine of a microphone connection: when to open, retry, scan and fall back.

Input: an event and the time. Output: the next state and the action to take.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from genre_desktop.audio.devices.input_devices import Device
from genre_desktop.core.errors import Problem

Status = Literal["stopped", "opening", "listening", "waiting"]
Action = Literal["nothing", "open", "close", "scan"]

RETRY_S = (0.5, 1.0, 2.0, 3.0)
"""Delays before opening again; the last one repeats."""

SCAN_EVERY_S = 5.0
"""How often devices are listed while a substitute is open, and while a sound server's source is: when that
vanishes, the server moves the stream to another source without notice."""


@dataclass(frozen=True, slots=True)
class Connection:
    """State of a connection.

    Attributes
    ----------
    wanted:
        Id or name of the chosen device; empty for the system's default.
    device:
        The open device, if any.
    problem:
        Why nothing is open, or why a substitute is.
    lost:
        Id of the system's default device at the start, after it was lost: what the default is then may be a
        loudspeaker's monitor, so it is only a substitute.
    """

    status: Status = "stopped"
    wanted: str = ""
    device: Device | None = None
    problem: Problem | None = None
    attempts: int = 0
    next_s: float = 0.0
    lost: str = ""

    @property
    def target(self) -> str:
        """The device to open: the chosen one, or the default one that was lost."""
        return self.wanted or self.lost

    @property
    def is_substitute(self) -> bool:
        """True while a device other than the wanted one is open."""
        return self.status == "listening" and self.problem is not None


@dataclass(frozen=True, slots=True)
class Start:
    """The user started listening to a device."""

    wanted: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """The user stopped listening."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A device is open; ``problem`` is the reason if it is a substitute."""

    device: Device
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """No device could be opened, or the open one was lost."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class Seen:
    """Ids and names of the devices that are present now."""

    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tick:
    """Time passed."""


Event = Start | Stop | Opened | Failed | Seen | Tick


def step(link: Connection, event: Event, now_s: float) -> tuple[Connection, Action]:
    """Return the state after ``event`` at ``now_s`` (any monotonic clock) and the action to take."""
    if isinstance(event, Start):
        return Connection("opening", event.wanted), "open"
    if isinstance(event, Stop):
        return Connection("stopped", link.wanted), "close"
    if link.status == "stopped":  # a late event of a closed connection
        return link, "close" if isinstance(event, Opened) else "nothing"
    if isinstance(event, Opened):
        lost = link.lost if event.problem is not None else ""
        opened = Connection(
            "listening", link.wanted, event.device, event.problem, 0, now_s + SCAN_EVERY_S, lost
        )
        return opened, "nothing"
    if isinstance(event, Failed):
        return _failed(link, event.problem, now_s)
    return _waited(link, event, now_s)


def _failed(link: Connection, problem: Problem, now_s: float) -> tuple[Connection, Action]:
    pause = RETRY_S[min(link.attempts, len(RETRY_S) - 1)]
    lost = link.lost
    if not link.wanted and not lost and link.device is not None:
        lost = link.device.id
    waiting = Connection("waiting", link.wanted, None, problem, link.attempts + 1, now_s + pause, lost)
    return waiting, "close"


def _waited(link: Connection, event: Seen | Tick, now_s: float) -> tuple[Connection, Action]:
    if isinstance(event, Seen):
        return _seen(link, event.names, now_s)
    if now_s < link.next_s:
        return link, "nothing"
    if link.status == "waiting":
        return replace(link, status="opening"), "open"
    if link.is_substitute or (link.device is not None and link.device.source):
        return replace(link, next_s=now_s + SCAN_EVERY_S), "scan"
    return link, "nothing"


def _seen(link: Connection, names: frozenset[str], now_s: float) -> tuple[Connection, Action]:
    if link.is_substitute and link.target in names:
        return replace(link, status="opening"), "open"
    # No names at all means that the scan failed or the server ended; then the stream ends by itself.
    if link.device is not None and link.device.source and names and link.device.id not in names:
        return _failed(link, Problem("device-lost", name=link.device.name), now_s)
    return link, "nothing"
