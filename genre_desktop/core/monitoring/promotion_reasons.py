"""Why a candidate was promoted or not: the templates of the stored reasons, and one plain sentence for each."""

from __future__ import annotations

from typing import NamedTuple

from genre_desktop.core.messages import EMPTY, N_, Message, joined, message

IMPROVED = N_("Significant improvement: {scores}.")
NOT_IMPROVED = N_("No significant improvement: {scores}.")
FORGETS = N_(
    "Better overall, but {forgotten:.1%} of the reference clips would no longer be recognised: {scores}."
)
ONLY_REFERENCE = N_(
    "It was trained only on the reference clips, on which the starter models were trained too. {reason}"
)
TURNED_OFF = N_("Promotion was turned off for this training. {reason}")
"""Versions in users' registries have these templates, so never change them."""

_PLAIN = {
    IMPROVED: N_("It is better than the champion on the same {n} clips."),
    NOT_IMPROVED: N_(
        "It is not clearly better than the champion on the same {n} clips: the difference may be chance."
    ),
    FORGETS: N_(
        "It is better than the champion on the whole, but no longer recognises {forgotten:.1%} of the reference clips."
    ),
    ONLY_REFERENCE: N_(
        "It was trained only on the reference clips, on which the starter models were trained too."
    ),
    TURNED_OFF: N_("Promotion was turned off for this training."),
}


class PromotionReason(NamedTuple):
    """One sentence without details, and the details; they are empty for a reason that has none."""

    sentence: Message
    details: Message


def split(reason: Message) -> PromotionReason:
    """Return a stored reason as a sentence and its details; an unknown reason is the sentence as it is."""
    plain = _PLAIN.get(reason.text)
    inner, scores = reason.params.get("reason"), reason.params.get("scores")
    if plain is not None and isinstance(inner, Message):
        rest = split(inner)
        both = reason.text == TURNED_OFF  # the comparison is of interest all the same
        return PromotionReason(
            joined((Message(plain), rest.sentence)) if both else Message(plain), rest.details
        )
    if plain is None or not isinstance(scores, Message):
        return PromotionReason(reason, EMPTY)
    params = {**reason.params, "n": scores.params.get("n", 0)}
    return PromotionReason(Message(plain, params), message("{scores}.", scores=scores))
