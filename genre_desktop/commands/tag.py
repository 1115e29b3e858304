"""``tag``: write genres into files' own tags, as the window does, and put the old ones back."""

from __future__ import annotations

import argparse
import contextlib
import itertools
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genre_desktop.commands import formatting
from genre_desktop.commands.arguments import add_paths, add_reading

if TYPE_CHECKING:
    from genre_desktop.commands.terminal import Terminal
    from genre_desktop.core.store.tag_history import TagWrites
    from genre_desktop.core.tag_rules import TaggableSong
    from genre_desktop.core.types import Answer

NAME = "tag"
HELP = "Write genres into the tags of files, or put the old ones back."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What ``tag`` takes."""
    add_paths(parser, "*", "a sound file")
    parser.add_argument(
        "--minimum",
        type=_percent,
        metavar="PERCENT",
        help="leave files alone whose answer is less certain (default: as in the settings)",
    )
    parser.add_argument("--replace", action="store_true", help="also replace genres that are there already")
    parser.add_argument("--dry-run", action="store_true", help="only tell what would be written")
    parser.add_argument(
        "--undo", action="store_true", help="put back what stood in the files that were written last"
    )
    add_reading(parser)


def run(terminal: Terminal, arguments: argparse.Namespace) -> int:
    """Classify and write; exit code 1 when any file failed."""
    if arguments.undo == bool(arguments.paths):
        raise SystemExit(_wrong_usage(terminal))
    from genre_desktop.core.errors import AppError
    from genre_desktop.jobs.process_lock import Lock

    lock = Lock(terminal.home, "job-write-tags")  # the window's job has the same
    if not lock.acquire(within_s=1.0):
        raise AppError("job-running/tags")
    try:
        return _undo(terminal) if arguments.undo else _write(terminal, arguments)
    finally:
        lock.release()


def _write(terminal: Terminal, arguments: argparse.Namespace) -> int:
    from genre_desktop.commands import analysis as analysis_module
    from genre_desktop.core.store.tag_history import TagWrites

    minimum = arguments.minimum
    if minimum is None:
        minimum = int(terminal.settings["files.minimum"])
    writes = TagWrites(terminal.database)
    batch = writes.new_batch()
    failed = written = 0
    with contextlib.closing(analysis_module.analyses(terminal, arguments)) as analyses:
        for analysis in analyses:
            line = _one(terminal, arguments, writes, batch, analysis.answer, minimum / 100)
            terminal.data(line)
            _say(terminal, line)
            failed, written = failed + (line["error"] is not None), written + line["written"]
    words = "would be written" if arguments.dry_run else "written"
    terminal.note(f"{formatting.count(written, 'file')} {words}, {failed} could not be.")
    return 1 if failed else 0


def _one(
    terminal: Terminal,
    arguments: argparse.Namespace,
    writes: TagWrites,
    batch: int,
    answer: Answer,
    minimum: float,
) -> dict[str, Any]:
    """What was done with one file, as a line of JSON."""
    from genre_desktop.core.errors import problem_of
    from genre_desktop.core.tag_rules import Edit, proposed, tag_name
    from genre_desktop.jobs.context import ProcessResources, TaskContext
    from genre_desktop.jobs.tasks.tags import read_tags, write_one

    line: dict[str, Any] = {"path": answer.path, "before": None, "genre": None, "written": False}
    if answer.error is not None:
        return line | {"error": answer.error.to_dict()}
    song = _song(terminal, answer)
    (now,) = read_tags(TaskContext(ProcessResources(terminal.home)), [answer.path])
    line |= {"before": now.genre, "genre": tag_name(song.genre), "confidence": song.confidence}
    problem = now.problem
    if problem is None and proposed(song, now, minimum, replace=arguments.replace):
        try:
            path = str(Path(answer.path).absolute())
            done = arguments.dry_run or write_one(writes, batch, Edit(path, song.genre, song.clip_hash))
            line["written"] = bool(done)
        except Exception as error:
            problem = problem_of(error)
    return line | {"error": problem.to_dict() if problem else None}


def _song(terminal: Terminal, answer: Answer) -> TaggableSong:
    """The answer, or the person's word about this sound."""
    from genre_desktop.core.store.corrections import Corrections
    from genre_desktop.core.tag_rules import TaggableSong

    label = Corrections(terminal.database).label_of(answer.clip_hash) if answer.clip_hash else None
    genre = label or answer.genre
    return TaggableSong(
        answer.path, genre, answer.confidence, own_word=label is not None, clip_hash=answer.clip_hash
    )


def _undo(terminal: Terminal) -> int:
    from genre_desktop.core.errors import Problem
    from genre_desktop.core.store.tag_history import TagWrites
    from genre_desktop.jobs.context import ProcessResources, TaskContext
    from genre_desktop.jobs.tasks.tags import restore

    newest = list(itertools.islice(TagWrites(terminal.database).batches(), 1))
    if not newest:
        terminal.data({"written": 0, "unchanged": 0, "problems": []})
        terminal.note("Nothing was written into files yet.")
        return 0
    parts = ProcessResources(terminal.home)
    try:
        result = restore(TaskContext(parts), {"batch": newest[0].id})
    finally:
        parts.close()
    result["problems"] = [
        {"path": found["path"], **Problem.from_document(found).to_dict()} for found in result["problems"]
    ]
    terminal.data(result)
    terminal.say(f"{formatting.count(result['written'], 'file')} put back.")
    for problem in result["problems"]:
        terminal.note(f"{formatting.printable(problem['path'])}: {formatting.printable(problem['reason'])}")
    return 1 if result["problems"] else 0


def _say(terminal: Terminal, line: dict[str, Any]) -> None:
    name = formatting.printable(line["path"])
    if line["error"] is not None:
        terminal.say(f"{'not written':<12} {name}\n  {formatting.printable(line['error']['reason'])}")
    elif line["written"]:
        before = f" (was {formatting.printable(line['before'])})" if line["before"] else ""
        terminal.say(f"{formatting.printable(line['genre']):<12} {name}{before}")
    else:
        terminal.say(f"{'left alone':<12} {name}")


def _percent(value: str) -> int:
    if not value.isdecimal() or int(value) > 100:
        raise argparse.ArgumentTypeError(f"{value!r} is not a number of 0 to 100")
    return int(value)


def _wrong_usage(terminal: Terminal) -> int:
    terminal.note("genre-desktop tag takes files and folders, or --undo alone.")
    return 2
