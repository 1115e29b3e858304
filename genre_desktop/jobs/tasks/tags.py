"""Writing genres into files and putting the old ones back, in a job process; looking, in a worker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from genre_desktop.core.errors import AppError, Cancelled, Problem, problem_of
from genre_desktop.core.messages import EMPTY, Message
from genre_desktop.core.serialization import surrogate_safe
from genre_desktop.core.store.batch_checkpoints import stamp
from genre_desktop.core.store.tag_history import TagWrite, TagWrites
from genre_desktop.core.tag_rules import CurrentTag, Edit, same, tag_name
from genre_desktop.jobs.context import TaskContext

LOOK = f"{__name__}:look"
"""The operation that reads tags."""


def read_tags(context: TaskContext, paths: Sequence[str]) -> list[CurrentTag]:
    """The genres that files have in their tags now; one that cannot be read or written says why."""
    from genre_desktop.audio import tags

    found = []
    for path in paths:
        context.check_cancelled()
        try:
            genre = str(tags.read_genre(Path(path)))
            tags.check_writable(Path(path))
            found.append(CurrentTag(path, genre))
        except Exception as error:
            found.append(CurrentTag(path, problem=problem_of(error)))
    return found


def write(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    """Write ``params["edits"]``, a list of ``[path, genre, clip_hash]``; what cannot be written is told.

    What is done when it is cancelled stays done, and can be taken back.

    Returns
    -------
    dict
        ``batch``: number for :func:`restore`; ``written``, ``unchanged``: how many; ``problems``:
        each ``path`` and :meth:`.Problem.to_document`.
    """
    edits = [Edit(*edit) for edit in params["edits"]]
    _sweep(edit.path for edit in edits)
    writes = TagWrites(context.parts.database)
    batch = writes.new_batch()

    def one(edit: Edit) -> bool:
        return write_one(writes, batch, edit)

    return {"batch": batch} | _each(context, edits, one)


def write_one(writes: TagWrites, batch: int, edit: Edit) -> bool:
    """Write one file's genre; False when it said so already.

    Raises
    ------
    AppError
        As :func:`genre_desktop.audio.tags.write_genre`.
    """
    from genre_desktop.audio import tags

    path, wanted = Path(edit.path), tag_name(edit.genre)
    now = tags.read_genre(path)
    if str(now) == wanted:
        return False
    kept: list[int] = []
    try:
        tags.write_genre(
            path,
            [wanted],
            sound=edit.clip_hash,
            before_replacing=lambda before: kept.append(
                writes.add(batch, edit.path, before.genres, before.had_tags, (wanted,))
            ),
        )
    except BaseException:
        for write_id in kept:
            writes.drop(write_id)
        raise
    writes.done(kept[0], stamp(path))
    return True


def restore(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    """Put back what stood in the files of ``params["batch"]``; a genre that was changed since stays.

    Returns
    -------
    dict
        As :func:`write`.
    """
    writes = TagWrites(context.parts.database)
    batch = int(params["batch"])
    standing = writes.standing(batch)
    _sweep(change.path for change in standing)
    return {"batch": batch} | _each(context, standing, lambda change: _put_back(writes, change))


def _put_back(writes: TagWrites, change: TagWrite) -> bool:
    from genre_desktop.audio import tags

    path = Path(change.path)
    now = tags.read_genre(path)
    if now.genres != change.before:
        if not same("/".join(now.genres), "/".join(change.after)):
            raise _changed_since(path, str(now))
        tags.write_genre(path, change.before, had_tags=change.had_tags)
    writes.restored(change.id, stamp(path))
    return True


def _each(context: TaskContext, items: Sequence[Any], work: Callable[[Any], bool]) -> dict[str, Any]:
    done = unchanged = 0
    problems: list[dict[str, Any]] = []
    for number, item in enumerate(items):
        context.check_cancelled()
        name = Path(item.path).name
        context.progress(number / len(items), Message(surrogate_safe(name)))
        try:
            changed = work(item)
        except Cancelled:
            raise
        except Exception as error:
            problems.append(_told(item.path, problem_of(error)))
            context.log(f"{surrogate_safe(item.path)}: {problem_of(error)}")
        else:
            done, unchanged = done + changed, unchanged + (not changed)
    context.progress(1.0, EMPTY)
    return {"written": done, "unchanged": unchanged, "problems": problems}


def _told(path: str, problem: Problem) -> dict[str, Any]:
    return {"path": surrogate_safe(path)} | problem.to_document()


def _sweep(paths: Iterable[str]) -> None:
    """Clear away copies of a job that was killed; only one such job runs at a time."""
    from genre_desktop.audio import tags

    for folder in {Path(path).parent for path in paths}:
        tags.sweep(folder)


def _changed_since(path: Path, now: str) -> AppError:
    return AppError("tag-changed-since", name=path.name, now=now)
