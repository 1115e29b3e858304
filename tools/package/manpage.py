"""The man page, written from the parsers so that the two cannot differ."""

from __future__ import annotations

import argparse
import time

from genre_desktop import __version__
from genre_desktop.cli import build_parser

_FILES = """\
.SH FILES
All data is stored below
.I ~/.local/share/genre\\-desktop
or the folder that
.B \\-\\-home
or
.B GENRE_DESKTOP_HOME
names: the library, the models, settings, recordings, reports and logs. Removing the program does not delete it.
.SH "EXIT STATUS"
0 success, 1 at least one input failed, 2 wrong usage, 130 cancelled.
"""


def page(moment: float | None = None) -> str:
    """The page in the language of troff; ``moment`` is its date, seconds since 1970."""
    date = time.strftime("%Y-%m-%d", time.gmtime(moment))
    parser = build_parser()
    lines = [
        f'.TH GENRE\\-DESKTOP 1 "{date}" "Genre Desktop {__version__}" "User Commands"',
        ".SH NAME",
        "genre\\-desktop \\- identifies the genre of your music",
        ".SH SYNOPSIS",
        ".B genre\\-desktop\n.RI [ options ]\n.RI [ FILE ...]\n.br\n.B genre\\-desktop\n.I COMMAND\n.RI [ arguments ]",
        ".SH DESCRIPTION",
        _plain(parser.description or ""),
        ".SH OPTIONS",
        *_arguments(parser, everywhere=True),
        ".SH COMMANDS",
    ]
    for name, command in _commands(parser).items():
        lines += _command(name, command)
    return "\n".join(lines) + "\n" + _FILES


def _command(name: str, parser: argparse.ArgumentParser) -> list[str]:
    lines = [f'.SS "{_plain(name)}"', _plain(parser.description or ""), *_arguments(parser)]
    for inner, sub in _commands(parser).items():
        lines += _command(f"{name} {inner}", sub)
    return lines


def _arguments(parser: argparse.ArgumentParser, *, everywhere: bool = False) -> list[str]:
    lines = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            continue
        if everywhere or action.dest not in ("help", "home", "json"):
            value = action.metavar or ("|".join(map(str, action.choices)) if action.choices else "")
            value = value if action.nargs != 0 else ""
            words = " ".join(filter(None, [", ".join(action.option_strings), str(value)]))
            lines += [".TP", f".B {_plain(words)}", _plain(str(action.help))]
    return lines


def _commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    found = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return dict(found[0].choices or {}) if found else {}


def _plain(text: str) -> str:
    words = text.replace("\\", "\\e").replace("-", "\\-").replace("%%", "%").replace("…", "...")
    return f"\\&{words}" if words.startswith((".", "'")) else words


if __name__ == "__main__":
    print(page())
