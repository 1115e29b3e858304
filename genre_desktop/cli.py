"""The command line: parse the arguments, prepare the process, and run the command or open the window."""

from __future__ import annotations

import argparse
import difflib
import gc
import os
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import genre_desktop
from genre_desktop import commands, environment
from genre_desktop.commands.arguments import add_common
from genre_desktop.core.errors import AppError, concerns_home, problem_of
from genre_desktop.core.paths import Home
from genre_desktop.core.quoting.controls import printable

if TYPE_CHECKING:
    from genre_desktop.commands.terminal import Terminal

CANCELLED = 130
FAILED = 1

_WINDOW_USAGE = "%(prog)s [-h] [--version] [--home DIR] [FILE ...]\n       %(prog)s COMMAND ..."


class Parser(argparse.ArgumentParser):
    """Reports wrong usage; an argument may be the name of a file that begins with a hyphen."""

    def error(self, message: str) -> NoReturn:
        """Exit with the message, its control characters as escapes."""
        super().error(printable(message))


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = Parser(
        prog="genre-desktop",
        usage=_WINDOW_USAGE,
        description="Identifies the genre of your music. Without a command, the window opens with the FILEs in its list.",
        epilog="Exit codes: 0 success, 1 at least one input failed, 2 wrong usage, 130 cancelled.",
    )
    parser.add_argument("--version", action="version", version=f"genre-desktop {genre_desktop.__version__}")
    add_common(parser, top=True)
    choices = parser.add_subparsers(prog="genre-desktop", dest="command", metavar="COMMAND", title="commands")
    for command in commands.load():
        sub = choices.add_parser(command.NAME, help=command.HELP, description=command.HELP)
        add_common(sub)
        command.add_arguments(sub)
        sub.set_defaults(run=command.run)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with these arguments; return the exit code.

    Raises
    ------
    SystemExit
        For ``--help``, ``--version`` and wrong usage, as argparse does.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    parser = build_parser()
    first = first_word(arguments)
    names = [command.NAME for command in commands.load()]
    if first in names:
        return _command(parser.parse_args(arguments))
    if first is None and {"-h", "--help", "--version"} & set(arguments):
        parser.parse_args(arguments)
    _check_spelling(parser, first, names)
    return _window(_window_parser().parse_args(arguments))


def first_word(arguments: Sequence[str]) -> str | None:
    """Return the first argument that is neither an option nor the value of one."""
    values = iter(arguments)
    for argument in values:
        if argument == "--":
            return None
        if argument == "--home":
            next(values, None)
        elif not argument.startswith("-"):
            return argument
    return None


def _check_spelling(parser: argparse.ArgumentParser, first: str | None, names: list[str]) -> None:
    """Exit with an error when the first argument is no file but resembles the name of a command."""
    if first is None or Path(first).suffix or os.path.lexists(first):
        return
    near = difflib.get_close_matches(first, names, n=1)
    if near:
        parser.error(f"there is no command {first!r}; did you mean {near[0]!r}?")


def _window_parser() -> argparse.ArgumentParser:
    parser = Parser(prog="genre-desktop", usage=_WINDOW_USAGE)
    add_common(parser, top=True)
    parser.add_argument("files", nargs="*", metavar="FILE")
    return parser


def _command(arguments: argparse.Namespace) -> int:
    from genre_desktop.commands.terminal import Terminal
    from genre_desktop.core.logs import setup

    os.umask(0o077)  # what it keeps is for this user only; child processes inherit it
    home = Home.locate(arguments.home)
    environment.set_up(home.numba_cache)
    setup.set_up(home.logs, "command-line")
    terminal = Terminal(home, json_output=arguments.json)
    with redirect_stdout(sys.stderr):  # standard output is for the result only
        return _run(terminal, arguments)


def _run(terminal: Terminal, arguments: argparse.Namespace) -> int:
    import logging

    try:
        terminal.home.create()
        return int(arguments.run(terminal, arguments))
    except KeyboardInterrupt:
        terminal.notify("Cancelled.")
        return CANCELLED
    except BrokenPipeError:  # the reader of the output has closed it
        terminal.discard_output()
        return FAILED
    except Exception as error:
        if not (isinstance(error, AppError) or concerns_home(error)):
            logging.getLogger(__name__).exception("%s failed", arguments.command)
        terminal.problem(problem_of(error))
        return FAILED
    finally:
        terminal.close()


def _window(arguments: argparse.Namespace) -> int:
    if not has_display():
        return _without_display(arguments)
    os.umask(0o077)  # what it keeps is for this user only; child processes inherit it
    home = Home.locate(arguments.home)
    environment.set_up(home.numba_cache)
    environment.keep_memory_small()
    from genre_desktop.core.logs import setup

    setup.set_up(home.logs)
    try:
        return _first_or_only(_usable(home), [Path(file) for file in arguments.files])
    except KeyboardInterrupt:
        return CANCELLED
    except Exception as error:
        return _no_window(error)


def _usable(home: Home) -> Home:
    """Return the home, or the one that the user chooses because nothing can be kept in it."""
    try:
        return home.create()
    except AppError as error:
        from genre_desktop.ui.unusable_home import ask

        chosen = ask(error)
    os.environ["NUMBA_CACHE_DIR"] = str(chosen.numba_cache)
    from genre_desktop.core.logs import setup

    setup.set_up(chosen.logs)
    return chosen


def _first_or_only(home: Home, files: list[Path]) -> int:
    """Open the window, or hand the files to the window that already uses this home."""
    from genre_desktop.app.instance import lock

    try:
        seat = lock.acquire_lock(home, files)
    except AppError as silent:
        from genre_desktop.ui.already_running import ask

        seat = ask(home, files, silent)
    if seat is None:
        return 0
    # Late: a second instance ends without loading Qt's widgets.
    gc.disable()  # the window collects by itself; a search through half-loaded modules costs 40 ms
    from genre_desktop.ui.application import run

    try:
        return run(home, files, first=seat.primary)
    finally:
        gc.enable()
        seat.release()


def _no_window(error: Exception) -> int:
    """Report an error that kept the window from opening."""
    import logging

    if not (isinstance(error, AppError) or concerns_home(error)):
        logging.getLogger(__name__).exception("the window failed")
    if sys.stderr is not None:  # None without a terminal
        print(printable(str(problem_of(error))), file=sys.stderr)
    return FAILED


def has_display() -> bool:
    """Return whether a window can be shown: always on Windows and macOS."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _without_display(arguments: argparse.Namespace) -> int:
    from genre_desktop.core.paths import shipped

    what = "the files you named" if arguments.files else "the demo clip"
    print(f"There is no display to open a window on, so {what} is classified here.", file=sys.stderr)
    files = arguments.files or [str(shipped("resources", "demo.flac"))]
    command = ["predict", "--recursive", *(["--json"] if arguments.json else [])]
    command += ["--home", arguments.home] if arguments.home else []
    return _command(build_parser().parse_args([*command, "--", *files]))
