"""``tag``: write genres, moods, tempo and key into the tags of files, or restore the previous ones."""

from __future__ import annotations

import argparse
import contextlib
import itertools
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genre_desktop.commands import formatting
from genre_desktop.commands.arguments import add_paths, add_reading

if TYPE_CHECKING:
    from genre_desktop.commands.terminal import Terminal
    from genre_desktop.core.store.tag_history import TagWrites
    from genre_desktop.core.tag_rules import CurrentTag, TaggableSong, TagRule
    from genre_desktop.core.types import Answer

NAME = "tag"
HELP = (
    "Write genres and, if wanted, moods, tempo and key into the tags of files, or restore the previous tags."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``tag``."""
    add_paths(parser, "*", "an audio file")
    parser.add_argument(
        "--minimum",
        type=_percent,
        metavar="PERCENT",
        help="skip files whose answer has a lower confidence (default: from the settings)",
    )
    parser.add_argument(
        "--replace", action="store_true", help="also replace existing genres, and whatever else is written"
    )
    for name, text in (
        ("--styles", "styles from tags as additional genres"),
        ("--moods", "moods from tags"),
        ("--tempo-key", "the tempo in whole beats per minute and the key"),
    ):
        parser.add_argument(
            name,
            action=argparse.BooleanOptionalAction,
            default=None,
            help=f"also write {text} (default: from the settings)",
        )
    parser.add_argument("--dry-run", action="store_true", help="only show what would be written")
    parser.add_argument(
        "--undo", action="store_true", help="restore the tags of the files that were written last"
    )
    add_reading(parser)


def run(terminal: Terminal, arguments: argparse.Namespace) -> int:
    """Classify the files and write tags; exit code 1 if any file failed."""
    if arguments.undo == bool(arguments.paths):
        terminal.notify("Specify files and folders, or only --undo.")
        return 2
    from genre_desktop.core.errors import AppError
    from genre_desktop.jobs.process_lock import Lock

    lock = Lock(terminal.home, "job-write-tags")  # shared with the window's job
    if not lock.acquire(within_s=1.0):
        raise AppError("job-running/tags")
    try:
        return _undo(terminal) if arguments.undo else _write(terminal, arguments)
    finally:
        lock.release()


def _write(terminal: Terminal, arguments: argparse.Namespace) -> int:
    from genre_desktop.commands.analysis import analyses
    from genre_desktop.core.store.tag_history import TagWrites

    rule = _rule(terminal, arguments)
    writes = TagWrites(terminal.database)
    batch = writes.new_batch()
    failed = written = 0
    with contextlib.closing(analyses(terminal, arguments)) as results:
        for analysis in results:
            row = _write_one(terminal, arguments, writes, batch, analysis.answer, rule)
            terminal.data(row)
            _show(terminal, row)
            failed, written = failed + (row["error"] is not None), written + row["written"]
    verb = "would be written" if arguments.dry_run else "written"
    terminal.notify(f"{formatting.count(written, 'file')} {verb}, {failed} failed.")
    return 1 if failed else 0


def _rule(terminal: Terminal, arguments: argparse.Namespace) -> TagRule:
    """Return the rule of the arguments, with the settings for those that were not given."""
    from genre_desktop.core.tag_rules import TagRule

    def chosen(name: str) -> Any:
        value = getattr(arguments, name)
        return terminal.settings[f"files.{name}"] if value is None else value

    wanted = (bool(chosen(name)) for name in ("styles", "moods", "tempo_key"))
    return TagRule(chosen("minimum") / 100, arguments.replace, *wanted)


def _write_one(
    terminal: Terminal,
    arguments: argparse.Namespace,
    writes: TagWrites,
    batch: int,
    answer: Answer,
    rule: TagRule,
) -> dict[str, Any]:
    """Write the tag of one file and return its JSON row."""
    from genre_desktop.core.errors import problem_of
    from genre_desktop.core.tag_rules import proposed, tag_name
    from genre_desktop.jobs.context import ProcessResources, TaskContext
    from genre_desktop.jobs.tasks.tags import read_tags, write_one

    row: dict[str, Any] = {
        "path": answer.path, "before": None, "genre": None, "kind": answer.kind, "genres": [], "moods": [],
        "bpm": None, "key": None, "written": False, "skipped": None,
    }  # fmt: skip
    if answer.error is not None:
        return row | {"error": answer.error.to_dict()}
    song = _song(terminal, answer)
    (now,) = read_tags(TaskContext(ProcessResources(terminal.home)), [answer.path])
    row |= {"before": now.genre, "genre": tag_name(song.genre) or None, "confidence": song.confidence}
    edit, problem = proposed(song, now, rule), now.problem
    if edit:
        row |= {"genres": list(edit.genres), "moods": list(edit.moods)}
        row |= {"bpm": edit.bpm or None, "key": edit.key or None}
        try:
            edit = replace(edit, path=str(Path(answer.path).absolute()))
            row["written"] = bool(arguments.dry_run or write_one(writes, batch, edit))
        except Exception as error:
            problem = problem_of(error)
    elif problem is None:
        row["skipped"] = _why_skipped(song, now, rule, answer)
    return row | {"error": problem.to_dict() if problem else None}


def _why_skipped(song: TaggableSong, now: CurrentTag, rule: TagRule, answer: Answer) -> str:
    from genre_desktop.core.tag_rules import possible

    if not song.genre:
        return f"{answer.kind}, no genre"
    if not possible(song, now, rule):
        return f"genre is already {now.genre}"
    if song.unnamed_style and not song.own_word:
        return f"sounds like {answer.style}, which is not one of the genres"
    if not song.sure(rule.minimum):
        return (
            f"confidence {formatting.percent(answer.confidence)} is below {formatting.percent(rule.minimum)}"
        )
    return f"already has the genre {now.genre}; --replace overwrites it"


def _song(terminal: Terminal, answer: Answer) -> TaggableSong:
    """Return the answer's genre, or the user's correction for this sound."""
    from genre_desktop.core.music.keys import key_tag, tempo_tag
    from genre_desktop.core.music_tags import TagVocabulary
    from genre_desktop.core.store.corrections import Corrections
    from genre_desktop.core.tag_rules import TaggableSong

    label = Corrections(terminal.database).label_of(answer.clip_hash) if answer.clip_hash else None
    vocabulary = TagVocabulary.parse(terminal.settings["tags.words"])
    return TaggableSong(
        answer.path,
        label or answer.genre,
        answer.confidence,
        own_word=label is not None,
        clip_hash=answer.clip_hash,
        styles=vocabulary.words(answer.tags, "style"),
        moods=vocabulary.words(answer.tags, "mood"),
        unnamed_style=bool(answer.style),
        bpm=tempo_tag(answer.bpm),
        key=key_tag(answer.key),
    )


def _undo(terminal: Terminal) -> int:
    from genre_desktop.core.errors import Problem
    from genre_desktop.core.store.tag_history import TagWrites
    from genre_desktop.jobs.context import ProcessResources, TaskContext
    from genre_desktop.jobs.tasks.tags import restore

    newest = list(itertools.islice(TagWrites(terminal.database).batches(), 1))
    if not newest:
        terminal.data({"written": 0, "unchanged": 0, "problems": []})
        terminal.notify("No tags have been written yet.")
        return 0
    with contextlib.closing(ProcessResources(terminal.home)) as resources:
        result = restore(TaskContext(resources), {"batch": newest[0].id})
    result["problems"] = [
        {"path": found["path"], **Problem.from_document(found).to_dict()} for found in result["problems"]
    ]
    terminal.data(result)
    terminal.print(f"{formatting.count(result['written'], 'file')} restored.")
    for problem in result["problems"]:
        terminal.notify(f"{problem['path']}: {problem['reason']}")
    return 1 if result["problems"] else 0


def _show(terminal: Terminal, row: dict[str, Any]) -> None:
    name = row["path"]
    if row["error"] is not None:
        terminal.print(f"{'not written':<12} {name}")
        terminal.print(f"  {row['error']['reason']}")
    elif row["written"]:
        before = f" (was {row['before']})" if row["before"] else ""
        tempo = f"{row['bpm']} BPM" if row["bpm"] else None
        values = ", ".join([*row["genres"], *row["moods"], *filter(None, (tempo, row["key"]))])
        terminal.print(f"{values:<12} {name}{before}")
    else:
        terminal.print(f"{'skipped':<12} {name} ({row['skipped']})")


def _percent(value: str) -> int:
    if not value.isdecimal() or int(value) > 100:
        raise argparse.ArgumentTypeError(f"{value!r} is not a number of 0 to 100")
    return int(value)
