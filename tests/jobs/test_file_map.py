"""An operation over many files: results, problems, lost and stuck processes, cancellation, memory."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from genre_desktop.core.errors import AppError, Cancelled, Problem, no_cancel
from genre_desktop.core.paths import Home
from genre_desktop.jobs import file_map
from genre_desktop.jobs.cluster.address import ClusterOptions
from genre_desktop.jobs.context import ProcessResources, TaskContext
from genre_desktop.jobs.executor import ExecutorLoad, OnRequest
from genre_desktop.jobs.file_map import AHEAD, FileMap
from genre_desktop.jobs.messages import Failure, Result
from genre_desktop.jobs.workers.process import WorkerLimits
from tests.fixtures.dask_cluster import until

OP = f"{__name__}:work"


@dataclass(frozen=True)
class Item:
    path: str


class Fatal:
    """Exits its process when pickled, as when memory runs out while a result is sent."""

    def __reduce__(self) -> Any:
        os._exit(9)


def work(context: TaskContext, item: Item) -> object:
    """Run in the workers; the item selects what happens."""
    path = item.path
    if path == "refuse":
        raise AppError("refused", title="Refused", reason="It was asked to.")
    if path == "break":
        raise RuntimeError("broken")
    if path.startswith("die"):
        mark = Path(path.removeprefix("die ")) if " " in path else None
        if mark is None or not mark.exists():
            if mark is not None:
                mark.touch()
            os._exit(9)
    if path == "hang":
        time.sleep(1000)
    if path == "hang in C":
        (context.home.root / f"hangs-{os.getpid()}").touch()
        hashlib.pbkdf2_hmac("sha256", b"", b"", 2_000_000_000)
    if path == "send and die":
        return Fatal()
    return path.upper()


def die(context: TaskContext, item: Item) -> object:
    """End the process, whatever the file."""
    os._exit(9)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path).create()


def items(*paths: str) -> list[Item]:
    return [Item(path) for path in paths]


def results(home: Home, *paths: str, workers: int = 2) -> dict[str, object]:
    found = FileMap(home, no_cancel)(OP, items(*paths), workers)
    return {done.item.path: done.problem.key if done.problem else done.value for done in found}


def workers_of_this_process() -> set[psutil.Process]:
    children = psutil.Process().children(recursive=True)
    return {child for child in children if "spawn_main" in " ".join(child.cmdline())}


def test_values_and_problems_belong_to_their_items(home: Home) -> None:
    found = results(home, "a", "refuse", "b", "break", "c")
    assert found == {"a": "A", "b": "B", "c": "C", "refuse": "refused", "break": "unexpected"}


def test_a_lost_process_costs_one_item_and_only_if_repeated(home: Home) -> None:
    once = f"die {home.root / 'mark'}"
    found = results(home, "a", once, "die", "b")
    assert found == {"a": "A", "b": "B", once: once.upper(), "die": "worker-died/import"}


def test_a_process_lost_while_it_sends_costs_its_own_item_only(home: Home) -> None:
    found = results(home, "send and die", "a", "b", "c")
    assert found == {"a": "A", "b": "B", "c": "C", "send and die": "worker-died/import"}


def test_a_stuck_process_is_ended(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_map, "LIMITS", WorkerLimits(stuck_s=5.0, leave_s=0.2))
    assert results(home, "hang", "a") == {"hang": "worker-died/import", "a": "A"}


def test_if_every_process_dies_that_is_reported_once(home: Home) -> None:
    with pytest.raises(AppError) as caught:
        list(FileMap(home, no_cancel)(f"{__name__}:die", items(*["a"] * 20), workers=1))
    assert caught.value.problem.code == "workers-die"
    assert "8 of them" in caught.value.problem.reason


def test_files_that_all_lose_their_process_are_rows_and_good_ones_follow(home: Home) -> None:
    """After the fourth and the eighth a file of our own shows that the processes work."""
    found = list(FileMap(home, no_cancel)(OP, items(*["die"] * 8, "a", "b"), workers=1))
    assert [done.problem.key for done in found if done.problem] == ["worker-died/import"] * 8
    assert [done.value for done in found if not done.problem] == ["A", "B"]


def test_the_own_file_goes_through_the_same_operation_before_what_waits(
    home: Home, executor: Ready, monkeypatch: pytest.MonkeyPatch
) -> None:
    executor.at_once = 6
    asked: list[tuple[str, str]] = []
    submit = executor.submit

    def spied(op: str, payload: Item, lane: str = "file", on_event: OnRequest | None = None) -> int:
        asked.append((lane, Path(payload.path).name))
        if lane == "live":
            assert on_event is not None
            assert Path(payload.path).is_file()
            on_event(Failure(0, Problem("silence")))  # a problem of the file: the process has survived it
            return 0
        return submit(op, payload, lane, on_event)

    def lose_all() -> None:
        for _, _, on_event in executor.waiting:
            on_event(Failure(0, Problem("worker-died", why="")))
        executor.waiting.clear()

    monkeypatch.setattr(executor, "submit", spied)
    monkeypatch.setattr(executor, "answer", lose_all)
    assert len(list(FileMap(home, no_cancel)(OP, items(*"abcdef"), 1))) == 6
    assert asked == [*(("file", name) for name in "abcdef"), ("live", "demo.flac")]


def test_cancelling_while_the_own_file_is_read(
    home: Home, executor: Ready, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It never ends here."""
    reading: list[str] = []
    submit = executor.submit

    def spied(op: str, payload: Item, lane: str = "file", on_event: OnRequest | None = None) -> int:
        reading.extend([payload.path] if lane == "live" else [])
        return 0 if lane == "live" else submit(op, payload, lane, on_event)

    def lose() -> None:
        while executor.waiting:
            executor.waiting.pop(0)[2](Failure(0, Problem("worker-died", why="")))

    monkeypatch.setattr(executor, "submit", spied)
    monkeypatch.setattr(executor, "answer", lose)
    with pytest.raises(Cancelled):
        list(FileMap(home, lambda: bool(reading))(OP, items(*"abcd"), 1))


def test_files_that_lose_their_process_between_good_ones_are_no_such_case(home: Home) -> None:
    found = FileMap(home, no_cancel)(OP, items(*["die", "a"] * 6), workers=1)
    problems = [done.problem.key for done in found if done.problem]
    assert problems == ["worker-died/import"] * 6


def test_cancelling_ends_the_processes(home: Home) -> None:
    asked = iter([False] * 30)
    before = workers_of_this_process()
    with pytest.raises(Cancelled):
        list(FileMap(home, lambda: next(asked, True))(OP, items(*["hang"] * 3), workers=2))
    assert workers_of_this_process() <= before


def test_cancelling_does_not_wait_for_compiled_code(home: Home) -> None:
    def cancelled() -> bool:
        return any(home.root.glob("hangs-*"))

    before = workers_of_this_process()
    with pytest.raises(Cancelled):
        list(FileMap(home, cancelled)(OP, items(*["hang in C"] * 2), workers=2))
    assert workers_of_this_process() <= before


def test_leaving_early_ends_the_processes(home: Home) -> None:
    before = workers_of_this_process()
    stream = FileMap(home, no_cancel)(OP, items("a", "hang"), workers=1)
    assert next(stream).value == "A"
    stream.close()
    assert workers_of_this_process() <= before


def test_nothing_to_do_starts_nothing(home: Home) -> None:
    before = psutil.Process().children()
    assert results(home) == {}
    assert psutil.Process().children() == before


def test_a_worker_has_no_workers(home: Home) -> None:
    with pytest.raises(RuntimeError, match="no workers"):
        TaskContext(ProcessResources(home)).map_files(OP, items("a"), 1)


def test_the_load_of_this_computer_is_not_shown(home: Home) -> None:
    files = FileMap(home, no_cancel)
    for _ in files(OP, items("a"), 1):
        assert files.load() == ""


class TestCluster:
    """With the real worker of ``local:1``."""

    @pytest.fixture
    def files(self, home: Home) -> FileMap:
        return FileMap(home, no_cancel, ClusterOptions("local:1"))

    @pytest.fixture
    def names(self, tmp_path: Path) -> list[Item]:
        found = []
        for name in ("a", "refuse", "b", "die in a file"):
            (tmp_path / name).touch()
            found.append(Item(str(tmp_path / name)))
        return found

    def test_results_problems_and_load(self, files: FileMap, names: list[Item]) -> None:
        found, loads = {}, []
        assert files.load() == ""
        for done in files(f"{__name__}:work_by_name", names, 1):
            found[Path(done.item.path).name] = done.problem.key if done.problem else done.value
            loads.append(files.load())
            if len(found) == len(names):  # a cluster that is stopped while a worker starts leaves its process
                until(lambda: files.load().startswith("1 worker"))
        assert found == {"a": "A", "refuse": "refused", "b": "B", "die in a file": "worker-died/cluster"}
        assert "worker" in loads[0]
        assert "3 lost" in loads[-1]
        assert loads[-1].endswith("repeated")

    def test_files_that_end_their_workers_cost_no_other_file(self, home: Home, tmp_path: Path) -> None:
        names = [f"die in a file {n}" if n in (2, 7) else f"a{n}" for n in range(12)]
        for name in names:
            (tmp_path / name).touch()
        files = FileMap(home, no_cancel, ClusterOptions("local:2"))
        found = files(f"{__name__}:work_by_name", items(*(str(tmp_path / name) for name in names)), 2)
        problems: dict[str, str] = {}
        for number, done in enumerate(found, 1):
            if done.problem is not None:
                problems[Path(done.item.path).name] = done.problem.key
            if number == len(names):
                until(lambda: files.load().startswith("2 workers"))
        assert problems == dict.fromkeys(["die in a file 2", "die in a file 7"], "worker-died/cluster")

    def test_a_file_of_our_own_shows_that_the_workers_work(
        self, files: FileMap, names: list[Item], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(file_map, "_MOST_LOST_IN_A_ROW", 1)
        found: dict[str, object] = {}
        for done in files(f"{__name__}:work_by_name", [names[3], names[0]], 1):
            found[Path(done.item.path).name] = done.problem.key if done.problem else done.value
            if len(found) == 2:
                until(lambda: files.load().startswith("1 worker"))
        assert found == {"die in a file": "worker-died/cluster", "a": "A"}

    def test_leaving_early_ends_the_workers(self, files: FileMap, names: list[Item]) -> None:
        before = workers_of_this_process()
        stream = files(f"{__name__}:work_by_name", names[:1] * 10, 1)
        assert next(stream).value == "A"
        stream.close()
        assert workers_of_this_process() <= before

    def test_a_lost_cluster_is_no_problem_of_a_file(self, home: Home, executor: Ready) -> None:
        problem = executor.fails_with("cluster-lost", address="tls://music.example:8786")
        with pytest.raises(AppError) as caught:
            list(FileMap(home, no_cancel)(OP, items("a", "b"), 1))
        assert caught.value.problem == problem


def work_by_name(context: TaskContext, item: Item) -> object:
    """As :func:`work`, for a file that is there."""
    return work(context, Item(Path(item.path).name.partition(" in a file")[0]))


class Ready:
    """An executor that answers in the order it is asked to, as many as are allowed."""

    def __init__(self) -> None:
        self.waiting: list[tuple[int, Item, OnRequest]] = []
        self.most = 0
        self.at_once = 1

    def submit(self, op: str, payload: Item, lane: str = "file", on_event: OnRequest | None = None) -> int:
        assert on_event is not None
        self.waiting.append((len(self.waiting), payload, on_event))
        self.most = max(self.most, len(self.waiting))
        if len(self.waiting) >= self.at_once:
            self.answer()
        return 0

    def answer(self) -> None:
        while self.waiting:
            number, item, on_event = self.waiting.pop(0)
            on_event(Result(number, item.path))

    def fails_with(self, key: str, **params: str) -> Problem:
        """Answer the second item, and all that follow, with a problem."""
        problem = Problem(key, **params)
        self.at_once = 2

        def fail() -> None:
            _, _, on_event = self.waiting.pop(0)
            on_event(Failure(0, problem))

        self.answer = fail  # type: ignore[method-assign]
        return problem

    def load(self) -> ExecutorLoad:
        return ExecutorLoad(1)

    def __enter__(self) -> Ready:
        return self

    def __exit__(self, *error: object) -> None:
        """Do nothing."""


@pytest.fixture
def executor(monkeypatch: pytest.MonkeyPatch) -> Ready:
    ready = Ready()
    monkeypatch.setattr(file_map, "open_executor", lambda *_, **__: ready)
    return ready


def test_a_bounded_number_of_items_is_ahead_of_the_results(home: Home, executor: Ready) -> None:
    executor.at_once = AHEAD
    requested = 0

    def source() -> Iterator[Item]:
        nonlocal requested
        for number in range(10 * AHEAD):
            requested += 1
            yield Item(str(number))

    taken = 0
    for taken, done in enumerate(FileMap(home, no_cancel)(OP, source(), 1), 1):
        assert done.value == done.item.path
        assert requested - taken < AHEAD
        executor.at_once = min(AHEAD, 10 * AHEAD - requested + len(executor.waiting))
    assert taken == requested == 10 * AHEAD
    assert executor.most == AHEAD


def test_results_come_while_the_search_goes_on(home: Home, executor: Ready) -> None:
    seen: list[str] = []

    def source() -> Iterator[Item]:
        for name in "abc":
            yield Item(name)
            assert seen[-1:] == [name]

    for done in FileMap(home, no_cancel)(OP, source(), 1):
        seen.append(done.item.path)
    assert seen == ["a", "b", "c"]


def test_no_worker_at_all_is_no_problem_of_a_file(home: Home, executor: Ready) -> None:
    problem = executor.fails_with("workers-unavailable", why="it ended with exit code 7")
    with pytest.raises(AppError) as caught:
        list(FileMap(home, no_cancel)(OP, items("a", "b"), 1))
    assert caught.value.problem == problem
