"""Display names of listener tags, in the user's own words where the setting ``tags.words`` has them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from genre_desktop.app.i18n.translate import mark, tr
from genre_desktop.core.music_tags import GROUPS, TAGS, TagGroup, TagVocabulary, group_of
from genre_desktop.core.quoting.display import shown_name
from genre_desktop.core.types import TagScore

_NAMES = {
    "rock": mark("Rock"),
    "pop": mark("Pop"),
    "alternative": mark("Alternative"),
    "indie": mark("Indie"),
    "electronic": mark("Electronic"),
    "female vocalists": mark("Female vocals"),
    "dance": mark("Dance"),
    "00s": mark("2000s"),
    "alternative rock": mark("Alternative rock"),
    "jazz": mark("Jazz"),
    "beautiful": mark("Beautiful"),
    "metal": mark("Metal"),
    "chill": mark("Chill"),
    "male vocalists": mark("Male vocals"),
    "classic rock": mark("Classic rock"),
    "soul": mark("Soul"),
    "indie rock": mark("Indie rock"),
    "mellow": mark("Mellow"),
    "80s": mark("1980s"),
    "folk": mark("Folk"),
    "90s": mark("1990s"),
    "instrumental": mark("Instrumental"),
    "punk": mark("Punk"),
    "oldies": mark("Oldies"),
    "blues": mark("Blues"),
    "hard rock": mark("Hard rock"),
    "ambient": mark("Ambient"),
    "acoustic": mark("Acoustic"),
    "experimental": mark("Experimental"),
    "guitar": mark("Guitar"),
    "hip-hop": mark("Hip-Hop"),
    "70s": mark("1970s"),
    "party": mark("Party"),
    "country": mark("Country"),
    "easy listening": mark("Easy listening"),
    "sexy": mark("Sexy"),
    "catchy": mark("Catchy"),
    "funk": mark("Funk"),
    "electro": mark("Electro"),
    "heavy metal": mark("Heavy metal"),
    "progressive rock": mark("Progressive rock"),
    "60s": mark("1960s"),
    "rnb": mark("R&B"),
    "indie pop": mark("Indie pop"),
    "sad": mark("Sad"),
    "house": mark("House"),
    "happy": mark("Happy"),
}

GROUP_TITLES: dict[TagGroup, str] = {
    "style": mark("Style"),
    "mood": mark("Mood"),
    "era": mark("Era"),
    "voice": mark("Voice and instruments"),
}

_vocabulary = TagVocabulary()


def set_vocabulary(vocabulary: TagVocabulary) -> None:
    """Set the user's words for everything that is shown from now on."""
    global _vocabulary
    _vocabulary = vocabulary
    sort_word.cache_clear()


def standard_name(tag: str) -> str:
    """Return the translated name of a tag, whatever the user calls it."""
    return tr(_NAMES[tag]) if tag in _NAMES else shown_name(tag)


def tag_name(tag: str) -> str:
    """Return the user's word for a tag, else its translated name; the name as well where the tag is left out."""
    return shown_name(_vocabulary.own.get(tag) or standard_name(tag))


def filter_words(tags: Iterable[str]) -> set[str]:
    """Return the words by which rows with these tags can be filtered, left-out tags excluded."""
    return set(map(_shown, tags)) - {""}


def tag_words(tags: Iterable[TagScore], group: TagGroup | None = None) -> tuple[str, ...]:
    """Return the words to show for tags: see :meth:`.TagVocabulary.words`."""
    return tuple(map(shown_name, _vocabulary.words(tags, group, standard_name)))


def written_words(tags: Iterable[TagScore], group: TagGroup) -> tuple[str, ...]:
    """Return the words of a group as they are written into files: the user's, else standard English ones."""
    return _vocabulary.words(tags, group)


def grouped_tags(tags: Iterable[TagScore]) -> list[tuple[str, tuple[str, ...]]]:
    """Return the title and the words of each group that has any."""
    tags = tuple(tags)
    groups = ((tr(GROUP_TITLES[group]), tag_words(tags, group)) for group in GROUPS)
    return [(title, words) for title, words in groups if words]


def tags_found(word: str) -> frozenset[str]:
    """Return the tags that a search for a case-folded word finds.

    It looks at English names, translated names and the user's words; left-out tags are not found.
    """
    return frozenset(tag for tag in TAGS if word in _search_text(tag))


def tags_called(word: str) -> frozenset[str]:
    """Return the tags that are shown under a word."""
    return frozenset(tag for tag in TAGS if _shown(tag) == word)


@lru_cache(maxsize=512)
def sort_word(tag: str, group: TagGroup | None = None) -> str:
    """Return the word by which a tag is sorted, case-folded; empty where it is left out or of another group."""
    return _shown(tag).casefold() if group in (None, group_of(tag)) else ""


def _shown(tag: str) -> str:
    return shown_name(_vocabulary.own.get(tag, standard_name(tag)))


def _search_text(tag: str) -> str:
    shown = _shown(tag)
    return "\n".join((tag, _NAMES[tag], standard_name(tag), shown)).casefold() if shown else ""
