"""Listener tags of the music encoder: names, order and groups.

The 50 tags are those that listeners gave most often to songs of the Million Song Dataset (Last.fm),
in the order of the encoder's outputs (J. Pons and X. Serra, "musicnn: Pre-trained convolutional neural
networks for music audio tagging", 2019).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from genre_desktop.core.labels import label_key, tidy_label
from genre_desktop.core.types import TagScore

MOST_SHOWN = 6
"""Tags of one answer that are shown and written into files, at most."""

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


def written_name(tag: str) -> str:
    """Return the English spelling of one of :data:`TAGS` in files: ``Alternative Rock``, ``R&B``; never translated."""
    return "R&B" if tag == "rnb" else tag if tag[0].isdigit() else tag.title()


@dataclass(frozen=True)
class TagVocabulary:
    """The user's own words for tags.

    ``own`` maps one of :data:`TAGS` to the word that replaces it; an empty word leaves the tag out.
    """

    own: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, entries: Iterable[str]) -> TagVocabulary:
        """Read the entries ``tag=word`` of the setting ``tags.words``; those of unknown tags are ignored."""
        pairs = (entry.partition("=") for entry in entries)
        return cls({tag: tidy_label(word) for tag, equals, word in pairs if equals and tag in TAGS})

    @property
    def entries(self) -> tuple[str, ...]:
        """The value of the setting, in the order of :data:`TAGS`."""
        return tuple(f"{tag}={self.own[tag]}" for tag in TAGS if tag in self.own)

    def words(
        self,
        tags: Iterable[TagScore],
        group: TagGroup | None = None,
        name: Callable[[str], str] = written_name,
    ) -> tuple[str, ...]:
        """Return the words for the first :data:`MOST_SHOWN` tags that are not left out, in their order.

        Each word occurs once, in the group of its first tag; ``group`` selects those of one group. A tag
        without a word of the user's is called ``name(tag)``.
        """
        found: dict[str, tuple[TagGroup, str]] = {}
        for score in tags:
            word = self.own.get(score.tag, name(score.tag))
            if word and len(found) < MOST_SHOWN:
                found.setdefault(_key(word), (group_of(score.tag), word))
        return tuple(word for its_group, word in found.values() if group in (None, its_group))


_key = lru_cache(maxsize=256)(label_key)
