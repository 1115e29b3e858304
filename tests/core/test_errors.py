import json
import pickle

import pytest

from genre_desktop.core.errors import AppError, Problem, problem_of, unexpected
from genre_desktop.core.messages import message

READING_FAILED = Problem("unreadable-file", name="a.mp3", error="Input/output error")
REFUSED = Problem("refused", title="It was refused", reason="You said {so}.", hint="Ask nicely.")


def test_a_problem_has_the_texts_of_its_key_filled_with_its_parameters():
    assert READING_FAILED.code == "unreadable-file"
    assert READING_FAILED.title == "This file cannot be read"
    assert READING_FAILED.reason == "Reading a.mp3 failed: Input/output error."
    assert READING_FAILED.hint.startswith("Check that the disk")
    assert str(READING_FAILED) == f"{READING_FAILED.title}: {READING_FAILED.reason} {READING_FAILED.hint}"


def test_a_variant_has_the_code_of_its_problem():
    problem = Problem("unreadable-file/denied", name="a.mp3")
    assert problem.to_dict() == {
        "code": "unreadable-file",
        "title": "You may not read this file",
        "reason": "The system denies access to a.mp3.",
        "hint": "Change the file's permissions, or copy it to one of your own folders.",
    }
    assert all(type(text) is str for text in problem.to_dict().values())


def test_a_problem_outside_the_catalogue_shows_its_parameters():
    assert REFUSED.to_dict() == {
        "code": "refused",
        "title": "It was refused",
        "reason": "You said {so}.",
        "hint": "Ask nicely.",
    }


def test_without_a_hint_the_sentence_has_no_tail():
    assert str(AppError("x", title="Title", reason="Reason.")) == "Title: Reason."


def test_numbers_and_messages_fill_placeholders():
    broken = Problem("non-finite", name="a.wav", when=1.5)
    assert broken.reason.endswith("the first at 1.50 s.")
    died = Problem("worker-died", why=message("it ended with exit code {code}", code=7))
    assert died.reason == "The process that analysed it ended twice: it ended with exit code 7."


@pytest.mark.parametrize(
    "problem",
    [READING_FAILED, REFUSED, Problem("worker-died", why=message("it ended with exit code {code}", code=7))],
)
def test_a_problem_crosses_processes_and_the_store_whole(problem: Problem):
    assert pickle.loads(pickle.dumps(problem)) == problem
    assert Problem.from_document(json.loads(json.dumps(problem.to_document()))) == problem


def test_a_problem_of_version_0_1_0_keeps_its_texts():
    stored = {"code": "empty-file", "title": "This file is empty", "reason": "Nothing in {it}.", "hint": ""}
    problem = Problem.from_document(stored)
    assert problem.to_dict() == stored
    assert Problem.from_document(problem.to_document()) == problem


@pytest.mark.parametrize("change", [{"key": "empty-file/of-the-future"}, {"params": {"folder": "x"}}])
def test_a_problem_of_another_version_keeps_its_texts(change: dict[str, object]):
    stored = Problem("empty-file", name="a.mp3").to_document() | change
    problem = Problem.from_document(stored)
    assert problem.to_dict() == {name: stored[name] for name in ("code", "title", "reason", "hint")}


def test_an_error_crosses_processes_whole():
    error = AppError("unreadable-file", name="a.mp3", error="Input/output error")
    copy = pickle.loads(pickle.dumps(error))
    assert isinstance(copy, AppError)
    assert copy.problem == error.problem == READING_FAILED
    assert str(copy) == str(READING_FAILED)


def test_an_unplanned_exception_becomes_a_problem_without_traceback():
    problem = unexpected(ZeroDivisionError("division by zero"))
    assert problem.code == "unexpected"
    assert problem.reason == "ZeroDivisionError: division by zero"
    assert "Traceback" not in str(problem)
    assert unexpected(KeyboardInterrupt()).reason == "KeyboardInterrupt"


def test_problem_of_prefers_the_problem_an_error_has():
    error = AppError("code", title="Title", reason="Reason.")
    assert problem_of(error) is error.problem
    assert problem_of(ValueError("no")).code == "unexpected"
