"""Which model answers: champion, fallback or none. A pure state machine.

Three facts are kept: the champion has a fault, the music has drifted away from the champion's
reference, the fallback has a fault. Who serves follows from the facts alone (:func:`_active`);
hysteresis lies in how facts change. A fault counts at once, because a broken model cannot answer.
Drift counts after ``confirmations`` windows in a row. Each fact goes away only after as many
good signs in a row, twice as many after every comeback, so that the answer never flaps between
two models.

A fourth fact switches nothing and only raises an alert: the recordings are coded or made in another way.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from genre_desktop.core.messages import EMPTY, Message, from_json, message, to_json
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
        "feature-version",
    }
)
"""Faults that loading finds, every time: one successful load proves that they are gone."""


@dataclass(frozen=True, slots=True)
class FailoverPolicy:
    """How much evidence a change needs.

    Attributes
    ----------
    confirmations:
        Drifted windows in a row before the fallback takes over, and clean ones before the
        champion returns (setting ``drift.confirmations``).
    proofs:
        Good answers in a row before a model that raised, was slow or answered nonsense serves again.
    doublings:
        Each comeback doubles what the next one needs, at most so many times.
    calm_s:
        A champion that has served this long without a switch starts afresh.
    """

    confirmations: int = 2
    proofs: int = 3
    doublings: int = 3
    calm_s: float = 86_400.0


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a model, and how many good signs have been seen since."""

    code: str
    reason: Message
    proofs: int = 0


@dataclass(frozen=True, slots=True)
class ServingState:
    """Who serves and why.

    ``code`` and ``reason`` are empty while the champion serves as it should; ``since`` is when
    ``active`` last changed, seconds since 1970. ``recoded`` says how the recordings differ where
    they do. The rest is the evidence so far.
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
        """For :attr:`ModelRef.because`: why the champion does not answer, or empty."""
        return EMPTY if self.active == "champion" else self.reason

    def to_dict(self) -> dict[str, Any]:
        """As JSON; :func:`state_from` is the inverse."""
        document: dict[str, Any] = to_json(asdict(self))
        return document


def state_from(document: dict[str, Any]) -> ServingState:
    """A state from its JSON form."""
    document = from_json(document)
    faults = {
        name: Fault(**document[name]) if document[name] else None
        for name in ("champion_fault", "fallback_fault")
    }
    return ServingState(**(document | faults))


@dataclass(frozen=True, slots=True)
class ModelFault:
    """A model could not be loaded, failed its digest, raised, answered nonsense or was too slow."""

    alias: Alias
    code: str
    reason: Message


@dataclass(frozen=True, slots=True)
class ModelHealthy:
    """A model was loaded whole, or answered in time with finite numbers."""

    alias: Alias


@dataclass(frozen=True, slots=True)
class DriftSeen:
    """One window of new clips departed from the reference; ``reason`` says by how much."""

    reason: Message


@dataclass(frozen=True, slots=True)
class CleanSeen:
    """One window of new clips fits the reference; ``recoded`` says how its recordings differ where they do."""

    recoded: Message = EMPTY


@dataclass(frozen=True, slots=True)
class ModelPromoted:
    """The aliases moved (promotion or roll-back): earlier evidence is about other models."""


@dataclass(frozen=True, slots=True)
class StartersRestored:
    """The starter models were put back."""


Event = ModelFault | ModelHealthy | DriftSeen | CleanSeen | ModelPromoted | StartersRestored


_RANK = {"none": 0, "fallback": 1, "champion": 2}


def step(
    state: ServingState, event: Event, policy: FailoverPolicy, now: float
) -> tuple[ServingState, ServingChange | None]:
    """What follows from one event; pure.

    Returns
    -------
    The new state, and the switch when somebody else serves now.
    """
    if state.active == "champion" and now - state.since >= policy.calm_s:
        state = replace(state, comebacks=0)
    facts = _learn(state, event, policy)
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
    if champion is None:  # a champion on unfamiliar music beats no answer at all
        return (
            "champion",
            "drift",
            message(
                "{reason} The fallback cannot step in: {reason2}", reason=reason, reason2=fallback.reason
            ),
        )
    why = message(
        "{reason} The fallback does not work either: {reason2}", reason=reason, reason2=fallback.reason
    )
    return "none", "no-model", why


def _learn(state: ServingState, event: Event, policy: FailoverPolicy) -> ServingState:
    match event:
        case ModelFault(alias, code, reason):
            return _with_fault(state, alias, Fault(code, reason))
        case ModelHealthy(alias):
            return _with_fault(state, alias, _proved(_fault(state, alias), state, policy))
        case DriftSeen(reason):
            return _drifting(state, reason, policy)
        case CleanSeen(recoded):
            return _recorded(_clean(state, policy), recoded, policy)
    return ServingState(active=state.active, since=state.since)  # other models: a clean sheet


def _fault(state: ServingState, alias: Alias) -> Fault | None:
    return state.champion_fault if alias == "champion" else state.fallback_fault


def _with_fault(state: ServingState, alias: Alias, fault: Fault | None) -> ServingState:
    return (
        replace(state, champion_fault=fault) if alias == "champion" else replace(state, fallback_fault=fault)
    )


def _proved(fault: Fault | None, state: ServingState, policy: FailoverPolicy) -> Fault | None:
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
    """Like drift, the other way of recording comes and goes after ``confirmations`` windows in a row."""
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
            return "drift-over", message("The music fits the champion's reference again.")
