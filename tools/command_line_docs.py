"""Writes ``docs/command-line.md`` from the parsers, so that the two cannot differ.

Run ``python -m tools.command_line_docs``.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from genre_desktop.core.music_tags import TAGS

PATH = Path(__file__).resolve().parents[1] / "docs" / "command-line.md"

_HEAD = """\
# The command line

<!-- Written by `python -m tools.command_line_docs`; edit the parsers and that file instead. -->

`genre-desktop` without a command opens the window, with the specified files in its list. Without a
display, it reports this and classifies them (or the demo clip) in the terminal. `--home` and `--json`
may stand before or after the command.

With `--json`, standard output contains only JSON: `predict` prints one object per
line, the other commands one document. If a command fails as a whole, the document is `{"error": {code, title, reason,
hint}}`. Everything else goes to standard error and to `logs/command-line.log` in the home.

Only music gets a genre. A row of `predict` has `kind`: `music`, `speech`, `noise` or `silence`; except for
music, `genre` and `confidence` are `null` and `top` is empty, which is a valid answer and not a failure. A song's
`segments` have their own `kind`, so that a spoken introduction is shown. `tag` does not write into files without a
genre, and `evaluate` skips and lists them.

| exit code | meaning |
| ---: | --- |
| 0 | success |
| 1 | at least one input failed; all others were processed |
| 2 | wrong usage |
| 130 | cancelled with Ctrl-C |

On a full disk, `predict` and `evaluate` still classify files; `predict` reports once that answers are not saved, and
exits with 0 if every file has an answer. Other commands exit with 1 and report the disk and the required space.

## Folders

`predict` reads folders with several processes (`--workers`) and prints rows in the order the
files are found: by name, a folder's files before its sub-folders. Each finished row is saved in the
home before it is printed. After Ctrl-C, a crash or `kill -9`, the same command with `--resume`
prints the whole list again: finished rows at once, the others as they are analysed. A file that was
changed in between is analysed again. Without `--resume` the same command starts over.

`--csv FILE` also writes the rows to a table; `evaluate` does not save its answers.

## Rows of `predict --json`

| field | meaning |
| --- | --- |
| `path` | the file, as it was specified |
| `genre`, `confidence` | the answer, 0 to 1; `genre` is null where there is none |
| `top` | the three most likely genres: `[{genre, probability}]` |
| `kind` | `music`, `speech`, `noise` or `silence`; only music has a genre |
| `tags` | listener tags that are prominent, highest first: `[{tag, score}]`, score 0 to 1. English names, never translated and not those of the setting `tags.words`: %s |
| `style` | the tag of a style that is not one of the model's genres, else null; `genre` is then only the nearest one |
| `bpm` | tempo in beats per minute, one decimal; null without a clear beat |
| `key`, `camelot` | key, such as `A minor` or `F♯ major`, and its code on the Camelot wheel, such as `8A`; null where none is clear |
| `title`, `artist`, `album`, `file_genre` | what the file's tags say, several genres separated by commas; null without |
| `unusual` | true if the song is unlike the training music |
| `segments` | with `--timeline`: the sections of one genre, as the window shows them: `[{start_s, end_s, genre, probability, kind}]`, else empty |
| `model` | `{name, version, alias}` |
| `duration_s`, `elapsed_ms` | duration of the audio, time of the analysis |
| `warnings` | sentences |
| `error` | null, or `{code, title, reason, hint}` |

The CSV file has the tags in one column, highest first, separated by `; `. `tag --json` prints
`path`, `before` (the genre in the file), `genre` (the answer), `genres` and `moods` (what is
written, empty if a field is not changed), `bpm` and `key` (the same for one text each, else null), `written`, `skipped` (why nothing is written, else null) and `error`.

*Save results…* in the window writes the same CSV file, or a JSON array of these objects. There `genre` is the genre in
the list, which is the user's where there is one; `model_genre` is the model's, `confidence` the model's too, and
`corrected` says whether the two differ.
"""


def document() -> str:
    """The whole page."""
    from genre_desktop.cli import build_parser

    parser = build_parser()
    parts = [_HEAD % ", ".join(TAGS), "## Commands\n\n| command | does |\n| --- | --- |"]
    sections = []
    for name, command in _subparsers(parser).items():
        parts.append(f"| [`{name}`](#{name}) | {command.description} |")
        sections.append(_section(name, command))
    return "\n".join(parts) + "\n\n" + "\n".join(sections)


def _section(name: str, parser: argparse.ArgumentParser, level: int = 3) -> str:
    lines = [f"{'#' * level} {name}", "", str(parser.description), "", f"    {_usage(parser)}", ""]
    rows = [_row(action) for action in parser._actions if _is_own(action)]
    if rows:
        lines += ["| argument | meaning |", "| --- | --- |", *rows, ""]
    inner = [_section(f"{name} {n}", p, level + 1) for n, p in _subparsers(parser).items()]
    return "\n".join(lines + inner)


def _usage(parser: argparse.ArgumentParser) -> str:
    return " ".join(parser.format_usage().removeprefix("usage: ").split())


def _is_own(action: argparse.Action) -> bool:
    common = {"help", "home", "json"}
    return action.dest not in common and not isinstance(action, argparse._SubParsersAction)


def _row(action: argparse.Action) -> str:
    value = action.metavar or ("|".join(action.choices) if action.choices else "")
    name = ", ".join(action.option_strings) or str(value)
    takes = f" {value}" if action.option_strings and value else ""
    return f"| `{_cell(name + takes)}` | {_cell(str(action.help))} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")  # else it would end the table's cell


def _subparsers(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


if __name__ == "__main__":
    PATH.write_text(document(), "utf-8")
