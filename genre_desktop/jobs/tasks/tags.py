"""Genres, moods, tempo and key in files: writing and restoring them in a job process, reading them in a worker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from genre_desktop.core.errors import AppError, Cancelled, problem_of
from genre_desktop.core.messages import EMPTY, Message
from genre_desktop.core.serialization import surrogate_safe
from genre_desktop.core.store.batch_checkpoints import stamp
from genre_desktop.core.store.tag_history import FIELDS, TagValues, TagWrite, TagWrites
from genre_desktop.core.tag_rules import CurrentTag, Edit, same
from genre_desktop.jobs.context import TaskContext

READ_TAGS = f"{__name__}:read_tags"
"""Name of the operation."""


def read_tags(context: TaskContext, paths: Sequence[str]) -> list[CurrentTag]:
    """Return genre, mood, tempo and key of each file, or the problem of one that cannot be read or written."""
    from genre_desktop.audio import tags

    current = []
    for path in paths:
        context.check_cancelled()
        try:
            found = tags.read_tags(Path(path))
            tags.check_writable(Path(path))
            texts = ", ".join(found.bpm), ", ".join(found.key)
            current.append(CurrentTag(path, found.names, found.moods, None, *texts))
        except Exception as error:
            current.append(CurrentTag(path, problem=problem_of(error)))
    return current


def write(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    """Write ``params["edits"]``, a list of ``[path, genres, moods, clip_hash, bpm, key]``.

    When it is cancelled, finished files stay written and can be restored.

    Returns
    -------
    dict
        ``batch``: number for :func:`restore`; ``written``, ``unchanged``: how many; ``problems``:
        each ``path`` and :meth:`.Problem.to_document`.
    """
    edits = [
        Edit(path, tuple(genres), tuple(moods), *others) for path, genres, moods, *others in params["edits"]
    ]
    _delete_leftovers(edit.path for edit in edits)
    writes = TagWrites(context.parts.database)
    batch = writes.new_batch()
    return {"batch": batch} | _each(context, edits, lambda edit: write_one(writes, batch, edit))


def write_one(writes: TagWrites, batch: int, edit: Edit) -> bool:
    """Write one file's genres, moods, tempo and key; return False if the file had them already.

    Raises
    ------
    AppError
        As :func:`genre_desktop.audio.tags.write_tags`.
    """
    from genre_desktop.audio import tags
    from genre_desktop.audio.tag_reading import FileTags

    path = Path(edit.path)
    now = tags.read_tags(path)
    after = TagValues(
        edit.genres if edit.genres and edit.genres != now.names else None,
        edit.moods if edit.moods and edit.moods != now.moods else None,
        (edit.bpm,) if edit.bpm and (edit.bpm,) != now.bpm else None,
        (edit.key,) if edit.key and (edit.key,) != now.key else None,
    )
    if after == TagValues():
        return False
    recorded: list[int] = []

    def record(before: FileTags) -> None:
        written = {name for name in FIELDS if getattr(after, name) is not None}
        old = TagValues(**{name: getattr(before, name) for name in written})
        recorded.append(writes.add(batch, edit.path, old, after, had_tags=before.had_tags, id3=before.id3))

    try:
        values = [getattr(after, name) for name in FIELDS]
        tags.write_tags(path, *values, sound=edit.clip_hash, before_replacing=record)
    except BaseException:
        for write_id in recorded:
            writes.drop(write_id)
        raise
    writes.done(recorded[0], stamp(path))
    return True


def restore(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    """Restore the previous values of ``params["batch"]``, except in files where they were changed since.

    Returns
    -------
    dict
        As :func:`write`.
    """
    writes = TagWrites(context.parts.database)
    batch = int(params["batch"])
    changes = writes.standing(batch)
    _delete_leftovers(change.path for change in changes)
    return {"batch": batch} | _each(context, changes, lambda change: _restore_one(writes, change))


def _restore_one(writes: TagWrites, change: TagWrite) -> bool:
    from genre_desktop.audio import tags

    path = Path(change.path)
    now = tags.read_tags(path)
    values = [
        _to_restore(path, getattr(now, name), getattr(change.before, name), getattr(change.after, name))
        for name in FIELDS
    ]
    if any(value is not None for value in values):
        converted = tags.needs_id3v24(change.after.genres, change.after.moods)
        id3 = change.id3 if converted else 0
        tags.write_tags(path, *values, had_tags=change.had_tags, id3=id3)
    writes.restored(change.id, stamp(path))
    return True


def _to_restore(
    path: Path, now: tuple[str, ...], before: tuple[str, ...] | None, after: tuple[str, ...] | None
) -> tuple[str, ...] | None:
    """Return the values to restore in one field, None where nothing is to be done."""
    if before is None or now == before:
        return None
    if not same(["/".join(now)], ["/".join(after or ())]):  # ID3v2.3 joins several with a slash
        raise AppError("tag-changed-since", name=path.name, now=", ".join(now))
    return before


def _each(context: TaskContext, items: Sequence[Any], work: Callable[[Any], bool]) -> dict[str, Any]:
    done = unchanged = 0
    problems: list[dict[str, Any]] = []
    for number, item in enumerate(items):
        context.check_cancelled()
        path = surrogate_safe(item.path)
        context.progress(number / len(items), Message(surrogate_safe(Path(item.path).name)))
        try:
            changed = work(item)
        except Cancelled:
            raise
        except Exception as error:
            problem = problem_of(error)
            problems.append({"path": path} | problem.to_document())
            context.log(f"{path}: {problem}")
        else:
            done, unchanged = done + changed, unchanged + (not changed)
    context.progress(1.0, EMPTY)
    return {"written": done, "unchanged": unchanged, "problems": problems}


def _delete_leftovers(paths: Iterable[str]) -> None:
    """Delete the temporary files of a killed job; only one such job runs at a time."""
    from genre_desktop.audio import tags

    for folder in {Path(path).parent for path in paths}:
        tags.sweep(folder)
