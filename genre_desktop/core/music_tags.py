"""Listener tags of the music encoder: names, order and groups.

The 50 tags are those that listeners gave most often to songs of the Million Song Dataset (Last.fm),
in the order of the encoder's outputs (J. Pons and X. Serra, "musicnn: Pre-trained convolutional neural
networks for music audio tagging", 2019).
"""

from __future__ import annotations

from typing import Literal

TagGroup = Literal["style", "mood", "era", "voice"]

ENCODER_TAGS: tuple[str, ...] = (
    "rock", "pop", "alternative", "indie", "electronic", "female vocalists", "dance", "00s",
    "alternative rock", "jazz", "beautiful", "metal", "chillout", "male vocalists", "classic rock", "soul",
    "indie rock", "Mellow", "electronica", "80s", "folk", "90s", "chill", "instrumental", "punk", "oldies",
    "blues", "hard rock", "ambient", "acoustic", "experimental", "female vocalist", "guitar", "Hip-Hop",
    "70s", "party", "country", "easy listening", "sexy", "catchy", "funk", "electro", "heavy metal",
    "Progressive rock", "60s", "rnb", "indie pop", "sad", "House", "happy",
)  # fmt: skip
"""The encoder's outputs, spelled and ordered as in its training data."""

_SAME = {
    "electronica": "electronic",
    "chillout": "chill",
    "female vocalist": "female vocalists",
    "Hip-Hop": "hip-hop",
    "Mellow": "mellow",
    "Progressive rock": "progressive rock",
    "House": "house",
}
"""Tags that are shown under another name; two with one name are shown once."""

TAGS: tuple[str, ...] = tuple(dict.fromkeys(_SAME.get(tag, tag) for tag in ENCODER_TAGS))
"""The tags that are shown, stored and exported."""

_OTHER_GROUPS: dict[TagGroup, tuple[str, ...]] = {
    "mood": (
        "beautiful", "mellow", "chill", "party", "easy listening", "sexy", "catchy", "sad", "happy",
    ),
    "era": ("60s", "70s", "80s", "90s", "00s", "oldies"),
    "voice": ("female vocalists", "male vocalists", "instrumental", "acoustic", "guitar"),
}  # fmt: skip
GROUPS: tuple[TagGroup, ...] = ("style", "mood", "era", "voice")
"""All groups, in the order in which they are shown; ``voice`` includes instruments."""

_GROUP_OF: dict[str, TagGroup] = {tag: group for group, tags in _OTHER_GROUPS.items() for tag in tags}


def shown_name(encoder_tag: str) -> str:
    """Return the name under which a tag of :data:`ENCODER_TAGS` is shown, one of :data:`TAGS`."""
    return _SAME.get(encoder_tag, encoder_tag)


def group_of(tag: str) -> TagGroup:
    """Return the group of one of :data:`TAGS`."""
    return _GROUP_OF.get(tag, "style")
