"""Which model answers: champion, fallback or none. A pure state machine.

The state holds three facts: the champion has a fault, the music has drifted from the champion's
reference, the fallback has a fault. The active model follows from the facts alone (:func:`_active`);
the hysteresis is in the changes of facts. A fault counts at once, because a broken model cannot answer.
Drift counts after ``confirmations`` windows in a row. Each fact is cleared after as many good
signs in a row, twice as many after every comeback, so that the app never flaps between two models.

A fourth fact is only shown on the Monitor page: the recordings are encoded or recorded differently.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from genre_desktop.core.messages import EMPTY, Message, from_json, message, to_json
from genre_desktop.core.own_files.damaged_rows import moment
from genre_desktop.core.store.serving_history import Active, ServingChange
from genre_desktop.core.types import Alias

CONCLUSIVE = frozenset(
    {
        "model-missing",
        "model-digest",
        "model-type",
        "model-truncated",
        "model-unreadable",
        "model-answers",
        "model-newer",
        "encoder-missing",
        "encoder-damaged",
        "feature-version",
    }
)
"""Faults that every load detects, so that one successful load proves them gone."""


@dataclass(frozen=True, slots=True)
class FailoverPolicy:
    """The evidence that a change needs.

    Attributes
    ----------
    confirmations:
        Drifted windows in a row before the fallback takes over, and clean ones before the
        champion returns (setting ``drift.confirmations``).
    proofs:
        Good answers in a row before a model that raised, was slow or returned invalid numbers is used again.
    doublings:
        How often, at most, a comeback doubles the evidence for the next one.
    calm_s:
        Seconds without a switch after which the count of comebacks is reset.
    """

    confirmations: int = 2
    proofs: int = 3
    doublings: int = 3
    calm_s: float = 86_400.0


@dataclass(frozen=True, slots=True)
class Fault:
    """The fault of a model, and the number of good signs since."""

    code: str
    reason: Message
    proofs: int = 0


@dataclass(frozen=True, slots=True)
class ServingState:
    """The active model and the reason for it.

    ``code`` and ``reason`` are empty while the champion answers normally; ``since`` is when
    ``active`` last changed, seconds since 1970. ``recoded`` describes how the recordings differ, if
    they do. The other fields are evidence.
    """

    active: Active = "champion"
    code: str = ""
    reason: Message = EMPTY
    since: float = 0.0
    champion_fault: Fault | None = None
    fallback_fault: Fault | None = None
    drifted: Message = EMPTY
    drift_streak: int = 0
    clean_streak: int = 0
    comebacks: int = 0
    recoded: Message = EMPTY
    recoded_streak: int = 0

    @property
    def because(self) -> Message:
        """Why the champion does not answer, or empty; for :attr:`.ModelRef.because`."""
        return EMPTY if self.active == "champion" else self.reason

    def to_dict(self) -> dict[str, Any]:
        """Return the state as JSON."""
        document: dict[str, Any] = to_json(asdict(self))
        return document


def state_from(document: dict[str, Any]) -> ServingState:
    """Return the state of a JSON document of :meth:`ServingState.to_dict`.

    Raises
    ------
    ValueError, KeyError, TypeError, AttributeError
        It is another document.
    """
    document = from_json(document)
    faults = {
        name: Fault(**document[name]) if document[name] else None
        for name in ("champion_fault", "fallback_fault")
    }
    state = ServingState(**(document | faults))
    numbers = (state.drift_streak, state.clean_streak, state.comebacks, state.recoded_streak)
    proofs = (fault.proofs for fault in (state.champion_fault, state.fallback_fault) if fault)
    texts = (state.code, state.reason, state.drifted, state.recoded)
    moment(state.since)
    if state.active not in _RANK or not all(isinstance(text, str) for text in texts):
        raise ValueError("it is no state")
    if not all(isinstance(number, int) for number in (*numbers, *proofs)):
        raise ValueError("its counts are none")
    return state


@dataclass(frozen=True, slots=True)
class ModelFault:
    """A model could not be loaded, failed its digest, raised, returned invalid numbers or was too slow."""

    alias: Alias
    code: str
    reason: Message


@dataclass(frozen=True, slots=True)
class ModelHealthy:
    """A model was loaded completely, or answered in time with finite numbers."""

    alias: Alias


@dataclass(frozen=True, slots=True)
class DriftSeen:
    """One window of new clips drifted from the reference, as ``reason`` describes."""

    reason: Message


@dataclass(frozen=True, slots=True)
class CleanSeen:
    """One window of new clips fits the reference; ``recoded`` describes how its recordings differ, if they do."""

    recoded: Message = EMPTY


@dataclass(frozen=True, slots=True)
class ModelPromoted:
    """The aliases moved (promotion or rollback), so that earlier evidence is obsolete."""


@dataclass(frozen=True, slots=True)
class StartersRestored:
    """The starter models were restored."""


Event = ModelFault | ModelHealthy | DriftSeen | CleanSeen | ModelPromoted | StartersRestored


_RANK = {"none": 0, "fallback": 1, "champion": 2}


def step(
    state: ServingState, event: Event, policy: FailoverPolicy, now: float
) -> tuple[ServingState, ServingChange | None]:
    """Apply one event to a state.

    Returns
    -------
    The new state, and the switch when the active model changed.
    """
    if state.active == "champion" and now - state.since >= policy.calm_s:
        state = replace(state, comebacks=0)
    facts = _facts(state, event, policy)
    active, code, reason = _active(facts)
    after = replace(facts, active=active, code=code, reason=reason)
    if active == state.active:
        return after, None
    if _RANK[active] > _RANK[state.active] and not isinstance(event, ModelPromoted | StartersRestored):
        after = replace(after, comebacks=after.comebacks + 1)
    why = _why(event, code, reason)
    return replace(after, since=now), ServingChange(now, state.active, active, *why)


def _active(facts: ServingState) -> tuple[Active, str, Message]:
    champion, fallback = facts.champion_fault, facts.fallback_fault
    if champion is None and not facts.drifted:
        return "champion", "", EMPTY
    code, reason = (champion.code, champion.reason) if champion else ("drift", facts.drifted)
    if fallback is None:
        return "fallback", code, reason
    if champion is None:  # a champion on unfamiliar music is better than no answer
        text = message(
            "{reason} The fallback is not available: {reason2}", reason=reason, reason2=fallback.reason
        )
        return "champion", "drift", text
    text = message(
        "{reason} The fallback does not work either: {reason2}", reason=reason, reason2=fallback.reason
    )
    return "none", "no-model", text


def _facts(state: ServingState, event: Event, policy: FailoverPolicy) -> ServingState:
    match event:
        case ModelFault(alias, code, reason):
            return _with_fault(state, alias, Fault(code, reason))
        case ModelHealthy(alias):
            return _with_fault(state, alias, _after_success(_fault(state, alias), state, policy))
        case DriftSeen(reason):
            return _drifting(state, reason, policy)
        case CleanSeen(recoded):
            return _recorded(_clean(state, policy), recoded, policy)
    return ServingState(active=state.active, since=state.since)  # other models


def _fault(state: ServingState, alias: Alias) -> Fault | None:
    return state.champion_fault if alias == "champion" else state.fallback_fault


def _with_fault(state: ServingState, alias: Alias, fault: Fault | None) -> ServingState:
    return (
        replace(state, champion_fault=fault) if alias == "champion" else replace(state, fallback_fault=fault)
    )


def _after_success(fault: Fault | None, state: ServingState, policy: FailoverPolicy) -> Fault | None:
    if fault is None:
        return None
    enough = _needed(1 if fault.code in CONCLUSIVE else policy.proofs, state, policy)
    return None if fault.proofs + 1 >= enough else replace(fault, proofs=fault.proofs + 1)


def _drifting(state: ServingState, reason: Message, policy: FailoverPolicy) -> ServingState:
    streak = state.drift_streak + 1
    drifted = reason if state.drifted or streak >= policy.confirmations else EMPTY
    return replace(state, drifted=drifted, drift_streak=streak, clean_streak=0)


def _clean(state: ServingState, policy: FailoverPolicy) -> ServingState:
    streak = state.clean_streak + 1
    over = streak >= _needed(policy.confirmations, state, policy)
    return replace(state, drifted=EMPTY if over else state.drifted, drift_streak=0, clean_streak=streak)


def _recorded(state: ServingState, reason: Message, policy: FailoverPolicy) -> ServingState:
    """Set or clear the recording fact after ``confirmations`` windows in a row, as for drift."""
    if bool(reason) == bool(state.recoded):
        return replace(state, recoded=reason, recoded_streak=0)
    streak = state.recoded_streak + 1
    if streak < policy.confirmations:
        return replace(state, recoded_streak=streak)
    return replace(state, recoded=reason, recoded_streak=0)


def _needed(base: int, state: ServingState, policy: FailoverPolicy) -> int:
    return base << min(state.comebacks, policy.doublings)


def _why(event: Event, code: str, reason: Message) -> tuple[str, Message]:
    if reason:
        return code, reason
    match event:
        case ModelPromoted():
            return "promoted", message("A new champion was promoted.")
        case StartersRestored():
            return "restored", message("The starter models were restored.")
        case ModelHealthy():
            return "recovered", message("The champion works again.")
        case _:
            return "drift-over", message("Your music matches the champion's reference again.")
