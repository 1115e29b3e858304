"""When to open, wait, look and fall back: the life of a microphone connection, without a microphone.

Pure: events and the time go in, the next state and what to do come out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from genre_desktop.audio.devices import errors
from genre_desktop.audio.devices.input_devices import Device
from genre_desktop.core.errors import Problem

Status = Literal["stopped", "opening", "listening", "waiting"]
Action = Literal["nothing", "open", "close", "look"]

RETRY_S = (0.5, 1.0, 2.0, 3.0)
"""Pauses before opening again; the last one repeats."""

LOOK_EVERY_S = 5.0
"""How often the wanted device is looked for while another one stands in, and whether a sound server's
source is still there: when it goes, the server moves the stream to another one without a word."""


@dataclass(frozen=True, slots=True)
class Connection:
    """Where a connection stands.

    Attributes
    ----------
    wanted:
        Id or name of the chosen device; empty text for the system's default.
    device:
        What is open, if anything.
    problem:
        Why nothing is open, or why another device than the wanted one is.
    """

    status: Status = "stopped"
    wanted: str = ""
    device: Device | None = None
    problem: Problem | None = None
    attempts: int = 0
    next_s: float = 0.0

    @property
    def standing_in(self) -> bool:
        """True while another device than the wanted one is open."""
        return self.status == "listening" and self.problem is not None


@dataclass(frozen=True, slots=True)
class Start:
    """The person chose a device and wants to listen."""

    wanted: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """The person had enough."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A device is open; ``problem`` says why it is not the wanted one."""

    device: Device
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """Nothing could be opened, or what was open has gone."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class Seen:
    """Ids and names of the devices that are there now."""

    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tick:
    """Time passed."""


Event = Start | Stop | Opened | Failed | Seen | Tick


def step(link: Connection, event: Event, now_s: float) -> tuple[Connection, Action]:
    """The state after ``event`` at ``now_s`` (any monotonic clock) and what to do now."""
    if isinstance(event, Start):
        return Connection("opening", event.wanted), "open"
    if isinstance(event, Stop):
        return Connection("stopped", link.wanted), "close"
    if link.status == "stopped":  # news of a connection that was given up
        return link, "close" if isinstance(event, Opened) else "nothing"
    if isinstance(event, Opened):
        return Connection(
            "listening", link.wanted, event.device, event.problem, 0, now_s + LOOK_EVERY_S
        ), "nothing"
    if isinstance(event, Failed):
        return _failed(link, event.problem, now_s)
    return _waited(link, event, now_s)


def _failed(link: Connection, problem: Problem, now_s: float) -> tuple[Connection, Action]:
    pause = RETRY_S[min(link.attempts, len(RETRY_S) - 1)]
    waiting = Connection("waiting", link.wanted, None, problem, link.attempts + 1, now_s + pause)
    return waiting, "close"


def _waited(link: Connection, event: Seen | Tick, now_s: float) -> tuple[Connection, Action]:
    if isinstance(event, Seen):
        return _seen(link, event.names, now_s)
    if now_s < link.next_s:
        return link, "nothing"
    if link.status == "waiting":
        return replace(link, status="opening"), "open"
    if link.standing_in or (link.device is not None and link.device.source):
        return replace(link, next_s=now_s + LOOK_EVERY_S), "look"
    return link, "nothing"


def _seen(link: Connection, names: frozenset[str], now_s: float) -> tuple[Connection, Action]:
    if link.standing_in and link.wanted in names:
        return replace(link, status="opening"), "open"
    # No names at all is a scan that failed, or a server that ended: then the stream ends by itself.
    if link.device is not None and link.device.source and names and link.device.id not in names:
        return _failed(link, errors.lost(link.device.name).problem, now_s)
    return link, "nothing"
