"""Stored reasons of promotions as a sentence, with the details apart."""

from __future__ import annotations

from genre_desktop.core.messages import Message, dumps, loads, message
from genre_desktop.core.monitoring import promotion_reasons

SCORES = message("G-Mean {before:.3f} → {after:.3f} on {n} held-out clips", before=0.5, after=0.51, n=640)


def stored(text: str, **params: object) -> Message:
    """Return a reason as a version's tag holds it."""
    return loads(dumps(Message(text, params)))  # type: ignore[arg-type]


def test_details_are_apart_from_the_sentence() -> None:
    sentence, details = promotion_reasons.split(stored(promotion_reasons.NOT_IMPROVED, scores=SCORES))
    assert sentence == (
        "It is not clearly better than the champion on the same 640 clips: the difference may be chance."
    )
    assert details == "G-Mean 0.500 → 0.510 on 640 held-out clips."


def test_what_is_forgotten_stays_in_the_sentence() -> None:
    reason = stored(promotion_reasons.FORGETS, scores=SCORES, forgotten=0.043)
    assert "no longer recognises 4.3 % of the reference clips" in promotion_reasons.split(reason).sentence


def test_a_reason_within_a_reason() -> None:
    inner = stored(promotion_reasons.IMPROVED, scores=SCORES)
    off = promotion_reasons.split(stored(promotion_reasons.TURNED_OFF, reason=inner))
    assert off.sentence == (
        "Promotion was turned off for this training. It is better than the champion on the same 640 clips."
    )
    only = promotion_reasons.split(stored(promotion_reasons.ONLY_REFERENCE, reason=inner))
    assert only.sentence.endswith("the starter models were trained too.")
    assert off.details == only.details == "G-Mean 0.500 → 0.510 on 640 held-out clips."


def test_other_reasons_are_kept_as_they_are() -> None:
    """Those of 0.1.0 are plain text."""
    for reason in (Message("Not better by more than chance."), message("Promoted manually."), Message("")):
        assert promotion_reasons.split(reason) == (reason, "")
