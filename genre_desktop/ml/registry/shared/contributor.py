"""Who this desktop is to its team: a random id, a secret that stays here, and the salts of its servers.

They are in a file of their own beside the registry: what was contributed can still be replaced or
withdrawn after the user has made the program forget everything it remembers.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from genre_desktop.core.errors import AppError
from genre_desktop.core.own_files.reader import read_json
from genre_desktop.core.paths import Home, write_atomically
from genre_desktop.ml.data.pseudonyms import Pseudonyms

FILE = "contributor.json"
_BYTES = 32


@dataclass(frozen=True, slots=True)
class Contributor:
    """A desktop as a contributor; secret and salts as hex digits.

    Attributes
    ----------
    id:
        Random, so that it names no user and no computer.
    salts:
        By address of the server, once its team's salt was seen; the last one met is the last.
    proposal:
        The salt of a team whose first contributor this is.
    """

    id: str
    secret: str = field(repr=False)
    proposal: str = field(repr=False)
    salts: dict[str, str] = field(default_factory=dict, repr=False)

    def names(self, salt: str) -> Pseudonyms:
        """Return the pseudonyms of this desktop in the team with a salt."""
        return Pseudonyms(bytes.fromhex(salt), bytes.fromhex(self.secret))


def of_home(home: Home) -> Contributor:
    """Return the contributor of a home; the first call makes one.

    Raises
    ------
    AppError
        ``contributor-unreadable``.
    """
    path = _path(home)
    try:
        found = Contributor(**read_json(path))
        for digits in (found.id, found.secret, found.proposal, *found.salts.values()):
            if not bytes.fromhex(digits):
                raise ValueError("a value is empty")  # data, not a mistake of the caller
    except FileNotFoundError:
        made = Contributor(secrets.token_hex(16), secrets.token_hex(_BYTES), secrets.token_hex(_BYTES))
        _write(home, made)
        return made
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise AppError("contributor-unreadable", path=str(path), error=str(error)) from error
    return found


def remember_salt(home: Home, address: str, salt: str) -> None:
    """Keep the salt of a server's team as that of the last one met; raises as :func:`of_home`."""
    known = of_home(home)
    others = {name: old for name, old in known.salts.items() if name != address}
    salts = {**others, address: salt}
    if list(salts.items()) != list(known.salts.items()):
        _write(home, replace(known, salts=salts))


def remembered_names(home: Home, address: str = "") -> Pseudonyms | None:
    """Return the pseudonyms in the team of a server without asking it; None if no team was ever met.

    Without a server, or for one whose salt was not seen yet, they are those of the last team, under which the
    models that serve here remember their clips.

    Raises
    ------
    AppError
        As :func:`of_home`.
    """
    if not _path(home).exists():
        return None
    known = of_home(home)
    if not known.salts:
        return None
    return known.names(known.salts.get(address) or next(reversed(known.salts.values())))


def _path(home: Home) -> Path:
    return home.registry / FILE


def _write(home: Home, contributor: Contributor) -> None:
    write_atomically(_path(home), json.dumps(asdict(contributor), indent=1).encode())
