"""M3U8 playlists, one for each genre, with titles, lengths and paths relative to the playlist."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from genre_desktop.core.errors import AppError
from genre_desktop.core.tag_rules import TaggableSong, tag_name

SUFFIX = ".m3u8"

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_DEVICES = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)$")
"""Names that Windows reserves for devices, since a USB stick may be used there."""


@dataclass(frozen=True, slots=True)
class Playlist:
    """The songs of a genre and the name of its file."""

    genre: str
    file: str
    songs: tuple[TaggableSong, ...]


@dataclass(frozen=True, slots=True)
class PlaylistPlan:
    """Playlists to write, longest first.

    ``unsure`` and ``unnameable`` count excluded songs: below the confidence, or with a path that a
    playlist cannot contain (undecodable, or with a line break).
    """

    lists: tuple[Playlist, ...]
    unsure: int
    unnameable: int


def plan(songs: Iterable[TaggableSong], minimum: float) -> PlaylistPlan:
    """Group songs into playlists; ``minimum`` (0 to 1) as in :meth:`.tag_rules.TaggableSong.sure`."""
    by_genre: dict[str, list[TaggableSong]] = {}
    unsure = unnameable = 0
    for song in songs:
        if not song.sure(minimum):
            unsure += 1
        elif not _nameable(song.path):
            unnameable += 1
        else:
            by_genre.setdefault(tag_name(song.genre), []).append(song)
    names = _file_names(by_genre)
    order = sorted(by_genre, key=lambda genre: (-len(by_genre[genre]), genre))
    lists = tuple(Playlist(genre, names[genre], tuple(by_genre[genre])) for genre in order)
    return PlaylistPlan(lists, unsure, unnameable)


def write(folder: Path, lists: Sequence[Playlist]) -> list[Path]:
    """Write playlists into ``folder``, replacing each existing file atomically.

    Raises
    ------
    AppError
        ``export-failed``; the playlists before the failure are written.
    """
    written = []
    for playlist in lists:
        path = folder / playlist.file
        try:
            # Not write_atomically, whose files only their owner may read.
            part = path.with_name(f".{path.name}.part")
            part.write_text(text(folder, playlist), "utf-8", newline="\n")
            part.replace(path)
        except OSError as error:
            raise AppError(
                "export-failed/playlists", path=str(path), error=error.strerror or str(error)
            ) from error
        written.append(path)
    return written


def text(folder: Path, playlist: Playlist) -> str:
    """Return the content of a playlist in ``folder``."""
    lines = ["#EXTM3U", f"#PLAYLIST:{_one_line(playlist.genre)}"]
    for song in playlist.songs:
        seconds = -1 if song.duration_s is None else round(song.duration_s)
        lines += [f"#EXTINF:{seconds},{Path(song.path).stem}", relative(song.path, folder)]
    return "\n".join(lines) + "\n"


def relative(path: str, folder: Path) -> str:
    """Return ``path`` relative to ``folder``, with forward slashes; absolute if it is on another drive."""
    try:
        found = Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return path
    return f"./{found}" if found.startswith("#") else found  # else it would be a comment


def _nameable(path: str) -> bool:
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return "\n" not in path and "\r" not in path


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _file_names(genres: Iterable[str]) -> dict[str, str]:
    taken: set[str] = set()
    names = {}
    for genre in genres:
        stem = _FORBIDDEN.sub("-", genre).strip(". ") or "-"
        stem = f"{stem}-" if _DEVICES.match(stem) else stem[:100]
        name, number = stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem} ({number})"
        taken.add(name.casefold())
        names[genre] = name + SUFFIX
    return names
