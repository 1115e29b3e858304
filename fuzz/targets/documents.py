"""Documents of text: settings, snapshot of the registry, feature tables, answers, translations, playlists."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from fuzz.mutation.documents import deep, json_tree, text_lines
from fuzz.outcome import Broken
from fuzz.seeds import homes
from fuzz.target import Target
from genre_desktop.app.i18n import catalogue
from genre_desktop.core import playlist, serialization
from genre_desktop.core.messages import Message
from genre_desktop.core.paths import Home
from genre_desktop.core.settings import BY_KEY, Settings
from genre_desktop.core.tag_rules import TaggableSong
from genre_desktop.ml.data.table_import import read_table
from genre_desktop.ml.registry import alias_snapshot


def settings(path: Path) -> str:
    """Read settings, read each of them, save and read them again."""
    found = Settings.load(path)
    values = {key: found[key] for key in BY_KEY}
    found.save()
    again = Settings.load(path)
    if {key: again[key] for key in BY_KEY} != values:
        raise Broken("settings that are not read as they were saved")
    changed = sum(value != BY_KEY[key].default for key, value in values.items())
    return f"{changed} values, {len(found.ignored)} ignored"


def snapshot(path: Path) -> str:
    """Read the snapshot of the registry and resolve the aliases."""
    home = _home()
    (home.registry / alias_snapshot.FILE).write_bytes(path.read_bytes())
    found = alias_snapshot.last(home)
    if found is None:
        return "none"
    resolved = [found.resolve(alias) for alias in ("champion", "fallback", "1", "9")]
    return " ".join("-" if version is None else str(version.path(home) != home.root) for version in resolved)


def table(path: Path) -> str:
    """Read a feature table and build each clip."""
    clips = list(read_table(path))
    return (
        f"{min(len(clips), 5)} clips, {min(max((len(clip.starts) for clip in clips), default=0), 3)} windows"
    )


def stored_answer(path: Path) -> str:
    """Restore an answer of the store and write its texts; a damaged one raises what its documentation says."""
    found = serialization.restore(path.read_text("utf-8")).answer
    if found.error is not None:
        list(map(str, found.error.texts))
    return f"{'error' if found.error else 'answer'} {len(found.warnings)}"


def translations(path: Path) -> str:
    """Read a compiled catalogue and render messages with it."""
    found = catalogue.read(path)
    if found is None:
        return "none"
    for text, plural, params in _MESSAGES:
        Message(text, params, plural).render(found)
    return f"{min(len(found.info()), 5)} headers"


def playlists(path: Path) -> str:
    """Write playlists of songs whose names and genres are the lines of the file, and read their lines."""
    lines = path.read_bytes().decode("utf-8", "surrogateescape").split("\n")
    songs = [TaggableSong(f"/music/{line}", line.partition(",")[2] or "rock", 0.9) for line in lines]
    planned = playlist.plan(songs, 0.5)
    with tempfile.TemporaryDirectory() as folder:
        written = playlist.write(Path(folder), planned.lists)
        for file in written:
            if file.parent != Path(folder):
                raise Broken("a playlist outside its folder")
        if len(set(written)) != len(planned.lists):
            raise Broken("a playlist that replaces another")
        total = sum(
            not line.startswith("#")
            for file in written
            for line in file.read_text("utf-8").split("\n")
            if line
        )
    if total + planned.unnameable + planned.unsure != len(songs):
        raise Broken("a song is missing in the playlists")
    return f"{min(len(written), 5)} lists, {min(planned.unnameable, 3)} unnameable"


_MESSAGES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("Open files", "", {}),
    ("1 file of {total}", "{n} files of {total}", {"n": 2, "total": 5}),
    ("{found_s:.1f} s of {name}", "", {"found_s": 1.25, "name": "a.wav"}),
)


@cache
def _home() -> Home:
    return Home(Path(tempfile.mkdtemp(prefix="genre-fuzz-home-"))).create()


_PLAYLIST = "a.wav,rock\nb c.mp3,Hip-Hop\n#d.ogg,R&B\ne\u00e9.flac,AC/DC\nf.wav,con\ng.wav,..\n".encode()

TARGETS = (
    Target(
        "settings", "`settings.json`", homes.settings, settings, (json_tree, json_tree, deep),
        instrumented=("genre_desktop.core.settings",),
    ),
    Target(
        "snapshot", "`serving.json`", homes.snapshots, snapshot, (json_tree, json_tree, deep),
        instrumented=("genre_desktop.ml.registry.alias_snapshot",),
    ),
    Target(
        "tables", "feature tables (CSV)", homes.tables, table, (text_lines, text_lines),
        instrumented=("genre_desktop.ml.data.table_import", "genre_desktop.ml.data.table_columns"),
    ),
    Target(
        "answers-stored", "answers as the store has them", homes.documents, stored_answer, (json_tree, json_tree, deep),
        expected=(ValueError, KeyError, TypeError),
        instrumented=("genre_desktop.core.serialization", "genre_desktop.core.messages", "genre_desktop.core.errors"),
    ),
    Target(
        "translations", "compiled translations (.mo)", homes.catalogues, translations,
        instrumented=("gettext", "genre_desktop.core.messages"),
    ),
    Target(
        "playlists", "playlists of hostile names and genres", lambda: {"names.txt": _PLAYLIST}, playlists, (text_lines,),
        instrumented=("genre_desktop.core.playlist", "genre_desktop.core.tag_rules"),
    ),
)  # fmt: skip
