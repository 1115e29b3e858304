import pickle

from genre_desktop.core.errors import AppError, Problem, problem_of, unexpected


def test_an_error_carries_its_problem_and_reads_as_a_sentence():
    error = AppError("empty-file", "Nothing to hear", "The file has no content.", "Choose another.")
    assert error.problem == Problem(
        "empty-file", "Nothing to hear", "The file has no content.", "Choose another."
    )
    assert str(error) == "Nothing to hear: The file has no content. Choose another."
    assert error.problem.to_dict() == {
        "code": "empty-file",
        "title": "Nothing to hear",
        "reason": "The file has no content.",
        "hint": "Choose another.",
    }


def test_without_a_hint_the_sentence_has_no_tail():
    assert str(AppError("x", "Title", "Reason.")) == "Title: Reason."


def test_an_error_crosses_processes_whole():
    error = AppError("a", "b", "c", "d")
    copy = pickle.loads(pickle.dumps(error))
    assert isinstance(copy, AppError)
    assert copy.problem == error.problem


def test_an_unplanned_exception_becomes_a_problem_without_traceback():
    problem = unexpected(ZeroDivisionError("division by zero"))
    assert problem.code == "unexpected"
    assert problem.reason == "ZeroDivisionError: division by zero"
    assert "Traceback" not in str(problem)
    assert unexpected(KeyboardInterrupt()).reason == "KeyboardInterrupt"


def test_problem_of_prefers_the_problem_an_error_has():
    error = AppError("code", "Title", "Reason.")
    assert problem_of(error) is error.problem
    assert problem_of(ValueError("no")).code == "unexpected"
