"""Pseudonyms of recordings and artists, under which feature rows leave a desktop.

Two desktops must name a recording and an artist alike, or one artist would be on both sides of a split.
So names are keyed hashes (HMAC-SHA-256) under a salt that the whole team shares. Whoever has only the
table can neither read nor test a name. Members of the team have the salt and can test whether a certain
artist or recording is in it; that cannot be prevented where equal names must be found equal. Folders and
paths mean nothing on other desktops, so their hashes use a secret that stays at home.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field

PREFIX = "team:"
_DIGITS = 32
_SHARED_GROUPS = ("artist:", "album:")
_OWN_RECORDING = "prediction:"
"""Prefix of the id of an answer without a hash of the audio, as :func:`.training_data.gather` makes it."""


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """Names recordings and groups.

    Attributes
    ----------
    salt:
        Shared by the team.
    secret:
        Of this home only, for names with paths in them.
    """

    salt: bytes = field(repr=False)
    secret: bytes = field(repr=False)

    def recording(self, content_hash: str) -> str:
        """Return the pseudonym of a recording; a pseudonym stays as it is."""
        if content_hash.startswith(PREFIX):
            return content_hash
        key = self.secret if content_hash.startswith(_OWN_RECORDING) else self.salt
        return _named(key, "recording", content_hash)

    def group(self, group: str) -> str:
        """Return the pseudonym of a group (:func:`genre_desktop.core.labels.group_key`)."""
        if group.startswith(PREFIX):
            return group
        key = self.salt if group.startswith(_SHARED_GROUPS) else self.secret
        return _named(key, "group", group)


def is_pseudonym(text: str) -> bool:
    """Return whether a text has the form of a pseudonym."""
    digits = text.removeprefix(PREFIX)
    return text.startswith(PREFIX) and len(digits) == _DIGITS and not digits.strip("0123456789abcdef")


def _named(key: bytes, kind: str, text: str) -> str:
    found = hmac.new(key, f"{kind}\0{text}".encode(), hashlib.sha256).hexdigest()
    return PREFIX + found[:_DIGITS]
