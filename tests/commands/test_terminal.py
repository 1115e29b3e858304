from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from genre_desktop.commands.terminal import Terminal
from genre_desktop.core.errors import Problem
from genre_desktop.core.paths import Home


class Screen(io.TextIOWrapper):
    """A stream that keeps its bytes, perhaps a terminal."""

    def __init__(self, encoding: str = "utf-8", tty: bool = False) -> None:
        self.bytes = io.BytesIO()
        self._tty = tty
        super().__init__(self.bytes, encoding=encoding, write_through=True, newline="\n")

    def isatty(self) -> bool:
        return self._tty

    @property
    def shown(self) -> str:
        return self.bytes.getvalue().decode(self.encoding)


def terminal(
    tmp_path: Path, out: Screen, err: Screen | None = None, *, json_output: bool = False
) -> Terminal:
    return Terminal(Home(tmp_path), json_output=json_output, out=out, err=err or Screen())


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_json_is_utf8_and_valid_whatever_the_terminal_and_the_name(tmp_path: Path, encoding: str) -> None:
    out = Screen(encoding)
    document = {"path": 'ü 🎸 \udcff "quoted" \n', "n": [1.5, True, None]}
    terminal(tmp_path, out, json_output=True).data(document)
    shown = out.bytes.getvalue().decode("utf-8")
    assert json.loads(shown) == document
    assert "🎸" in shown


HOSTILE = "<b>x</b>\x1b[31m\x9b0m \u202egnp.3pm\u061c\u200e\u2028\u2029\udcff\x00\x7f\rforged\nline"


def test_nothing_that_a_terminal_obeys_is_printed(tmp_path: Path) -> None:
    """Whatever a command hands over: each call writes one line."""
    out, err = Screen(), Screen(tty=True)
    one = terminal(tmp_path, out, err)
    one.print(HOSTILE)
    one.notify(HOSTILE)
    one.problem(Problem("c", title=HOSTILE, reason="Why.", hint=HOSTILE))
    one.progress(HOSTILE)
    assert out.shown.count("\n") == 1
    assert err.shown.count("\n") == 4
    for shown in (out.shown, err.shown):
        assert (
            "<b>x</b>\\x1b[31m\\x9b0m \\u202egnp.3pm\\u061c\\u200e\\u2028\\u2029\\udcff\\x00\\x7f\\r" in shown
        )
        assert all(line.isprintable() for line in shown.replace("\r", "").split("\n"))


def test_json_reaches_a_terminal_without_controls_and_another_program_exactly(tmp_path: Path) -> None:
    out = Screen()
    terminal(tmp_path, out, json_output=True).data({"path": HOSTILE})
    assert out.shown[:-1].isprintable()
    assert json.loads(out.shown) == {"path": HOSTILE}


def test_json_knows_no_nan(tmp_path: Path) -> None:
    out = Screen()
    terminal(tmp_path, out, json_output=True).data({"a": float("nan"), "b": [float("inf"), (1.0,)]})
    assert json.loads(out.shown) == {"a": None, "b": [None, [1.0]]}


def test_words_and_json_never_mix(tmp_path: Path) -> None:
    people, program = Screen(), Screen()
    for out, wants_json in ((people, False), (program, True)):
        one = terminal(tmp_path, out, json_output=wants_json)
        one.print("words")
        one.data({"a": 1})
    assert people.shown == "words\n"
    assert program.shown == '{"a": 1}\n'


def test_words_survive_a_terminal_that_knows_few_characters(tmp_path: Path) -> None:
    out = Screen("ascii")
    one = terminal(tmp_path, out)
    one.print("🎸 ü")
    assert out.shown == "\\U0001f3b8 \\xfc\n"
    assert one.bar(0.5, columns=4) == "##"
    assert terminal(tmp_path, Screen("utf-8")).bar(1.0, columns=3) == "███"


def test_a_problem_is_reported_in_words_and_as_json(tmp_path: Path) -> None:
    out, err = Screen(), Screen()
    problem = Problem("c", title="What", reason="Why.", hint="Next.")
    terminal(tmp_path, out, err, json_output=True).problem(problem)
    assert json.loads(out.shown) == {"error": problem.to_dict()}
    assert err.shown == "What\n  Why.\n  Next.\n"


def test_progress_is_replaced_by_what_follows(tmp_path: Path) -> None:
    err = Screen(tty=True)
    one = terminal(tmp_path, Screen(), err)
    one.progress("1 of 2 files")
    one.progress("too soon to show")
    one.notify("A note.")
    assert err.shown == "\r1 of 2 files\r" + " " * 12 + "\rA note.\n"
    one.close()


def test_progress_stays_out_of_files(tmp_path: Path) -> None:
    err = Screen()
    terminal(tmp_path, Screen(), err).progress("1 of 2 files")
    assert err.shown == ""


def test_the_store_is_opened_when_needed_and_closed(tmp_path: Path) -> None:
    one = terminal(tmp_path, Screen())
    one.close()
    assert not (tmp_path / "genre_desktop.db").exists()
    assert one.database.connection.execute("SELECT 1").fetchone()[0] == 1
    one.close()
    assert one.settings["analyse.mode"] == "song"
