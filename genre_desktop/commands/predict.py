"""``predict``: classify files and folders."""

from __future__ import annotations

import argparse
import contextlib
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from genre_desktop.commands import formatting
from genre_desktop.commands.arguments import add_cluster, add_paths, add_reading
from genre_desktop.core.music.keys import camelot

if TYPE_CHECKING:
    from genre_desktop.commands.terminal import Terminal
    from genre_desktop.core.types import Answer

NAME = "predict"
HELP = "Identify the genre of files and folders."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``predict``."""
    add_paths(parser, "+", "an audio or video file")
    parser.add_argument(
        "--timeline", action="store_true", help="also show where the genre changes within a song"
    )
    add_reading(parser)
    add_cluster(parser)
    parser.add_argument("--csv", type=Path, metavar="FILE", help="also write a table to FILE")
    parser.add_argument(
        "--resume",
        action="store_true",
        help="resume the same command after an interruption; files already done are shown again, not analysed again",
    )


def run(terminal: Terminal, arguments: argparse.Namespace) -> int:
    """Classify the files; exit code 1 if any file has no answer."""
    from genre_desktop.commands.analysis import analyses, cluster_of, is_one_file
    from genre_desktop.core.export import CsvFile, Result
    from genre_desktop.core.types import join_segments

    single = is_one_file(arguments.paths)
    total = failed = 0
    instead: Counter[str] = Counter()  # why the champion did not answer
    with (
        CsvFile(arguments.csv) if arguments.csv else contextlib.nullcontext() as table,
        contextlib.closing(
            analyses(terminal, arguments, resume=arguments.resume, cluster=cluster_of(terminal, arguments))
        ) as results,
    ):
        try:
            for analysis in results:
                answer = analysis.answer
                if table is not None:
                    table.add(Result(answer))
                joined = replace(answer, segments=join_segments(answer.segments))
                terminal.data(joined.to_dict(timeline=arguments.timeline))
                show(terminal, joined, timeline=arguments.timeline, large=single)
                if answer.model is not None and answer.model.because:
                    instead[str(answer.model.because)] += 1
                total, failed = total + 1, failed + (not answer.ok)
        except KeyboardInterrupt:
            if not single:
                terminal.notify("Run the same command with --resume to continue.")
            raise
    for reason, files in instead.items() if not single else ():
        terminal.notify(f"{formatting.count(files, 'file')} not analysed by the champion: {reason}")
    if failed and not single:
        terminal.notify(f"{failed} of {formatting.count(total, 'file')} could not be analysed.")
    return 1 if failed else 0


def show(terminal: Terminal, answer: Answer, *, timeline: bool = False, large: bool = False) -> None:
    """Print an answer: several lines if ``large``, else one."""
    from genre_desktop.core.tag_rules import tag_name
    from genre_desktop.jobs.operations import is_not_stored

    if answer.error is not None:
        terminal.print(f"{'failed':<10} {'':>5} ! {answer.path}")
        terminal.print(f"  {formatting.sentence(answer.error)}")
    elif large:
        _show_large(terminal, answer)
    elif not answer.has_genre:
        terminal.print(f"{answer.kind:<10} {'':>5}   {answer.path}  (no genre)")
    else:
        runners_up = ", ".join(
            f"{tag_name(s.genre)} {formatting.percent(s.probability)}" for s in answer.top[1:3]
        )
        sign = "?" if answer.unusual else " "
        terminal.print(
            f"{tag_name(answer.genre):<10} {formatting.percent(answer.confidence):>5} {sign} {answer.path}  ({runners_up})"
        )
    for warning in answer.warnings:
        if large or not is_not_stored(warning):  # of many rows, the terminal reports it once
            terminal.print(f"  Note: {warning}")
    if timeline and answer.ok:
        for each in answer.segments:
            start, end = formatting.clock(each.start_s), formatting.clock(each.end_s)
            share = f" {formatting.percent(each.probability)}" if each.genre else ""
            terminal.print(f"  {start:>7} – {end:<7}  {tag_name(each.genre) or each.kind}{share}")


def _show_large(terminal: Terminal, answer: Answer) -> None:
    from genre_desktop.core.music_tags import MOST_SHOWN
    from genre_desktop.core.tag_rules import tag_name

    terminal.print(answer.path)
    if not answer.has_genre:
        length = formatting.clock(answer.duration_s)
        terminal.print(f"  {length} of audio, {answer.kind}: no genre.")
        return
    scores = [
        (tag_name(s.genre), formatting.percent(s.probability), terminal.bar(s.probability))
        for s in answer.top[:3]
    ]
    for line in formatting.table(scores, right=(1,)):
        terminal.print(f"  {line}")
    if answer.style:
        terminal.print(
            f"  Sounds like {answer.style}, which is not one of the genres; the nearest genre is first."
        )
    if answer.tags:
        terminal.print(f"  Tags: {', '.join(score.tag for score in answer.tags[:MOST_SHOWN])}")
    if measured := _tempo_and_key(answer):
        terminal.print(f"  {measured}")
    took = formatting.format_duration(answer.elapsed_ms / 1000)
    if answer.model is not None:
        model = f"{answer.model.alias or 'model'} (version {answer.model.version})"
        terminal.print(f"  {formatting.clock(answer.duration_s)} of audio, answered by the {model} in {took}")
        if answer.model.because:
            terminal.print(f"  {answer.model.because}")
    if answer.unusual:
        terminal.print("  Unlike the training music, so this answer is less reliable.")


def _tempo_and_key(answer: Answer) -> str:
    tempo = "" if answer.bpm is None else f"{answer.bpm:.1f} BPM"
    key = f"{answer.key} ({camelot(answer.key)})" if answer.key else ""
    return ", ".join(part for part in (tempo, key) if part)
