"""Playlists, one for each genre, as M3U8: UTF-8, titles and lengths, paths relative to the list where that works."""

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
"""What Windows takes for a device; a stick may travel there."""


@dataclass(frozen=True, slots=True)
class Playlist:
    """A genre's songs and the name of its file."""

    genre: str
    file: str
    songs: tuple[TaggableSong, ...]


@dataclass(frozen=True, slots=True)
class PlaylistPlan:
    """Playlists to write, biggest first.

    ``unsure`` and ``unnameable`` count songs left out: not certain enough, or in a file whose name cannot
    stand in a playlist (no Unicode, or a line break in it).
    """

    lists: tuple[Playlist, ...]
    unsure: int
    unnameable: int


def plan(songs: Iterable[TaggableSong], minimum: float) -> PlaylistPlan:
    """Sort answered songs into playlists; ``minimum`` (0 to 1) as in :meth:`.tag_rules.TaggableSong.sure`."""
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
    """Write playlists into ``folder``, each replacing a file of its name whole or not at all.

    Raises
    ------
    AppError
        ``export-failed``; playlists before the one that failed are written.
    """
    written = []
    for playlist in lists:
        path = folder / playlist.file
        try:
            # Not write_atomically: its files are the program's own and nobody else may read them.
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
    """The content of a playlist that lies in ``folder``."""
    lines = ["#EXTM3U", f"#PLAYLIST:{_one_line(playlist.genre)}"]
    for song in playlist.songs:
        seconds = -1 if song.duration_s is None else round(song.duration_s)
        lines += [f"#EXTINF:{seconds},{Path(song.path).stem}", relative(song.path, folder)]
    return "\n".join(lines) + "\n"


def relative(path: str, folder: Path) -> str:
    """``path`` as seen from ``folder``, with forward slashes; absolute where there is no way (another drive)."""
    try:
        found = Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return path
    return f"./{found}" if found.startswith("#") else found  # else players take it for a remark


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
