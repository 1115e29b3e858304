from __future__ import annotations

import os
import queue
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from genre_desktop.core.messages import message
from genre_desktop.core.paths import Home
from genre_desktop.jobs.messages import (
    FINAL,
    Failure,
    Progress,
    Ready,
    RequestCancelled,
    Result,
    WorkerRestarted,
    WorkersUnavailable,
)
from genre_desktop.jobs.workers.pool import WorkerPool
from genre_desktop.jobs.workers.process import WorkerLimits

OPS = "tests.jobs.sample_operations"
PATIENCE_S = 60


class Listener:
    """Collects a host's events; waits for the ones a test needs."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self.seen: list[Any] = []

    def __call__(self, event: object) -> None:
        self._queue.put(event)

    def until(self, *kinds: type, request: int | None = None) -> Any:
        """The next event of these kinds (about this request); earlier ones stay in ``seen``."""
        while True:
            event = self._queue.get(timeout=PATIENCE_S)
            self.seen.append(event)
            if isinstance(event, kinds) and request in (None, getattr(event, "id", None)):
                return event


def until(condition: Any) -> None:
    """Poll for something that another process does."""
    by = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < by, "it never happened"
        time.sleep(0.01)


@pytest.fixture
def listener() -> Listener:
    return Listener()


def start(
    tmp_path: Path, listener: Listener, workers: int = 1, warm: str = "nothing", **policy: Any
) -> WorkerPool:
    return WorkerPool(Home(tmp_path), listener, workers, warm=f"{OPS}:{warm}", policy=WorkerLimits(**policy))


@pytest.fixture
def host(tmp_path: Path, listener: Listener) -> Iterator[WorkerPool]:
    with start(tmp_path, listener, cancel_s=0.2) as running:
        yield running


def test_requests_are_answered_in_order_by_one_warm_process(host: WorkerPool, listener: Listener) -> None:
    ids = [host.submit(f"{OPS}:echo", n) for n in range(50)]
    answers = [listener.until(Result) for _ in ids]
    assert [(a.id, a.value) for a in answers] == list(zip(ids, range(50), strict=True))
    assert [type(e) for e in listener.seen].count(Ready) == 1
    first, second = host.submit(f"{OPS}:pid"), host.submit(f"{OPS}:pid")
    pids = {listener.until(Result, request=i).value for i in (first, second)}
    assert len(pids) == 1
    assert os.getpid() not in pids


def test_an_event_goes_to_the_requests_own_listener_where_it_has_one(
    host: WorkerPool, listener: Listener
) -> None:
    own = Listener()
    host.submit(f"{OPS}:echo", "mine", on_event=own)
    assert own.until(Result).value == "mine"
    host.submit(f"{OPS}:echo", "everybody's")
    assert listener.until(*FINAL).value == "everybody's"


def test_progress_arrives_before_the_result(host: WorkerPool, listener: Listener) -> None:
    request = host.submit(f"{OPS}:count", 3)
    assert listener.until(Result, request=request).value == 3
    progress = [e for e in listener.seen if isinstance(e, Progress)]
    assert progress[-1] == Progress(request, 1.0, "done")
    assert len(progress) >= 2


@pytest.mark.parametrize(
    ("op", "code", "reason"),
    [
        ("refuse", "refused", "because"),
        ("stumble", "unexpected", "ValueError: because"),
        ("no_such_operation", "unexpected", "AttributeError"),
    ],
)
def test_an_exception_becomes_a_problem_and_the_worker_lives_on(
    host: WorkerPool, listener: Listener, op: str, code: str, reason: str
) -> None:
    failure = listener.until(Failure, request=host.submit(f"{OPS}:{op}", "because"))
    assert failure.problem.code == code
    assert reason in failure.problem.reason
    assert listener.until(Result, request=host.submit(f"{OPS}:echo", 1)).value == 1
    assert not any(isinstance(e, WorkerRestarted) for e in listener.seen)


def test_a_value_that_cannot_be_sent_is_a_failure(host: WorkerPool, listener: Listener) -> None:
    assert isinstance(listener.until(*FINAL, request=host.submit(f"{OPS}:unpicklable")), Failure)
    assert listener.until(*FINAL, request=host.submit(f"{OPS}:echo", 1)).value == 1


def test_a_worker_that_dies_is_replaced_and_its_request_retried(
    host: WorkerPool, listener: Listener, tmp_path: Path
) -> None:
    request = host.submit(f"{OPS}:die_once", str(tmp_path / "marker"))
    following = host.submit(f"{OPS}:echo", "next")
    assert listener.until(Result, request=request).value == "alive"
    restarted = [e for e in listener.seen if isinstance(e, WorkerRestarted)]
    assert [(e.request_id, e.retrying) for e in restarted] == [(request, True)]
    assert "SIGKILL" in restarted[0].reason
    assert listener.until(Result, request=following).value == "next"
    assert host.status().restarts == 1


def test_a_request_that_kills_twice_fails_in_plain_words_and_the_rest_goes_on(
    host: WorkerPool, listener: Listener
) -> None:
    poison = host.submit(f"{OPS}:die")
    rest = [host.submit(f"{OPS}:echo", n) for n in range(3)]
    failure = listener.until(*FINAL, request=poison)
    assert isinstance(failure, Failure)
    assert failure.problem.code == "worker-died"
    assert [listener.until(*FINAL, request=r).value for r in rest] == [0, 1, 2]


def test_a_stuck_worker_is_ended_and_retried_like_a_dead_one(tmp_path: Path, listener: Listener) -> None:
    with start(tmp_path, listener, stuck_s=1.0) as host:
        failure = listener.until(*FINAL, request=host.submit(f"{OPS}:deaf", str(tmp_path / "marker")))
    assert isinstance(failure, Failure)
    assert "did not respond" in failure.problem.reason
    assert [e.retrying for e in listener.seen if isinstance(e, WorkerRestarted)] == [True, False]


def test_asking_whether_to_stop_is_a_sign_of_life(tmp_path: Path, listener: Listener) -> None:
    with start(tmp_path, listener, stuck_s=3.0) as host:
        assert listener.until(*FINAL, request=host.submit(f"{OPS}:asks_for", 4.0)).value == "done"
    assert not any(isinstance(e, WorkerRestarted) for e in listener.seen)


def test_cancelling_a_waiting_request_removes_it(
    host: WorkerPool, listener: Listener, tmp_path: Path
) -> None:
    running = host.submit(f"{OPS}:until_cancelled", str(tmp_path / "marker"))
    waiting = host.submit(f"{OPS}:echo", 1)
    host.cancel(waiting)
    assert listener.until(*FINAL) == RequestCancelled(waiting)
    host.cancel(running)
    assert listener.until(*FINAL) == RequestCancelled(running)


def test_a_cancelled_request_that_does_not_listen_is_ended_without_an_alarm(
    host: WorkerPool, listener: Listener, tmp_path: Path
) -> None:
    marker = tmp_path / "marker"
    request = host.submit(f"{OPS}:deaf", str(marker))
    until(marker.exists)
    host.cancel(request)
    assert listener.until(*FINAL) == RequestCancelled(request)
    assert listener.until(*FINAL, request=host.submit(f"{OPS}:echo", 1)).value == 1
    assert not any(isinstance(e, WorkerRestarted) for e in listener.seen)


def test_a_request_that_stops_just_as_its_worker_is_killed_raises_no_alarm_and_no_other_is_lost(
    host: WorkerPool, listener: Listener, tmp_path: Path
) -> None:
    marker = tmp_path / "marker"
    running = host.submit(f"{OPS}:until_cancelled", str(marker))
    until(marker.exists)

    def stop_late() -> None:
        """In the pool's thread: the answer has arrived, but is looked at after the kill."""
        (slot,) = host._slots
        slot.cancel(2.0)
        slot.kill(message("it did not stop when requested"))
        host._received(slot, RequestCancelled(running))

    host._actions.put(stop_late)
    assert listener.until(*FINAL) == RequestCancelled(running)
    assert listener.until(*FINAL, request=host.submit(f"{OPS}:echo", 1)).value == 1
    assert not any(isinstance(e, WorkerRestarted) for e in listener.seen)
    assert host.status().restarts == 0


def test_live_requests_overtake_files(host: WorkerPool, listener: Listener, tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    running = host.submit(f"{OPS}:until_cancelled", str(marker))
    until(marker.exists)
    file = host.submit(f"{OPS}:echo", "file")
    live = host.submit(f"{OPS}:echo", "live", lane="live")
    host.cancel(running)
    assert [listener.until(*FINAL).id for _ in range(3)] == [running, live, file]


def test_a_waiting_request_is_moved_to_the_front(
    host: WorkerPool, listener: Listener, tmp_path: Path
) -> None:
    marker = tmp_path / "marker"
    running = host.submit(f"{OPS}:until_cancelled", str(marker))
    until(marker.exists)
    first, second, third = (host.submit(f"{OPS}:echo", number) for number in range(3))
    host.move_to_front(third)
    host.move_to_front(running)  # has no effect
    host.cancel(running)
    assert [listener.until(*FINAL).id for _ in range(4)] == [running, third, first, second]


def test_a_long_file_gets_one_worker_and_what_waits_behind_it_another(
    tmp_path: Path, listener: Listener
) -> None:
    marker = tmp_path / "marker"
    with start(tmp_path, listener, workers=2) as host:
        listener.until(Ready)
        host._warm_s = 0.05
        listener.until(Result, request=host.submit(f"{OPS}:asks_for", 2.0))  # requests take long
        file = host.submit(f"{OPS}:until_cancelled", str(marker))
        until(marker.exists)
        assert len(host.status().workers) == 1
        question = host.submit(f"{OPS}:echo", 1, lane="live")
        assert listener.until(*FINAL).id == question
        assert len(host.status().workers) == 2
        host.cancel(file)
        assert listener.until(*FINAL) == RequestCancelled(file)


def test_while_live_listens_a_file_never_blocks_it(tmp_path: Path, listener: Listener) -> None:
    marker = tmp_path / "marker"
    with start(tmp_path, listener) as host:
        host.set_live(True)
        file = host.submit(f"{OPS}:until_cancelled", str(marker))
        until(marker.exists)
        assert listener.until(*FINAL, request=host.submit(f"{OPS}:echo", 1, lane="live")).value == 1
        assert len(host.status().workers) == 2
        host.cancel(file)
        assert listener.until(*FINAL) == RequestCancelled(file)


def test_a_burst_is_answered_once_each_by_several_workers_that_then_retire(
    tmp_path: Path, listener: Listener
) -> None:
    with start(tmp_path, listener, workers=3, idle_s=0.1) as host:
        ids = {host.submit(f"{OPS}:echo", n): n for n in range(5_000)}
        until(lambda: len(host.status().workers) == 3)
        got = [listener.until(*FINAL) for _ in ids]
        assert {e.id: e.value for e in got} == ids
        assert len(got) == len(ids)
        until(lambda: len(host.status().workers) == 1)
        assert listener.until(*FINAL, request=host.submit(f"{OPS}:echo", "still")).value == "still"
    assert not any(isinstance(e, WorkerRestarted) for e in listener.seen)


def test_twenty_thousand_waiting_requests_can_be_cancelled(host: WorkerPool, listener: Listener) -> None:
    ids = [host.submit(f"{OPS}:count", 10) for _ in range(20_000)]
    for request in ids:
        host.cancel(request)
    ended = [listener.until(*FINAL) for _ in ids]
    assert {e.id for e in ended} == set(ids)
    assert sum(isinstance(e, RequestCancelled) for e in ended) >= len(ids) - 1


def test_a_worker_that_fails_to_start_once_is_started_again(tmp_path: Path, listener: Listener) -> None:
    with start(tmp_path, listener, warm="die_at_first_start") as host:
        assert listener.until(*FINAL, request=host.submit(f"{OPS}:echo", 1)).value == 1


def test_when_no_worker_starts_every_request_says_so(tmp_path: Path, listener: Listener) -> None:
    with start(tmp_path, listener, warm="die_at_start") as host:
        first = host.submit(f"{OPS}:echo", 1)
        assert listener.until(WorkersUnavailable).problem.code == "workers-unavailable"
        failure = listener.until(*FINAL, request=first)
        assert "exit code 7" in failure.problem.reason
        again = host.submit(f"{OPS}:echo", 1)  # tries again
        assert listener.until(*FINAL, request=again).problem.code == "workers-unavailable"


def test_a_warm_up_that_fails_leaves_a_worker_that_explains_itself(
    tmp_path: Path, listener: Listener
) -> None:
    with start(tmp_path, listener, warm="refuse") as host:
        assert listener.until(Ready).problem.code == "refused"
        assert listener.until(*FINAL, request=host.submit(f"{OPS}:echo", 1)).value == 1


def test_stopping_ends_busy_workers(tmp_path: Path, listener: Listener) -> None:
    marker = tmp_path / "marker"
    host = start(tmp_path, listener, leave_s=0.2)
    host.submit(f"{OPS}:deaf", str(marker))
    until(lambda: marker.exists() and marker.read_text())
    host.stop()
    host.stop()
    assert not psutil.pid_exists(int(marker.read_text()))


def test_a_worker_sets_its_environment_and_never_writes_to_standard_output(
    host: WorkerPool, listener: Listener, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    listener.until(*FINAL, request=host.submit(f"{OPS}:loud", "noise"))
    host.stop()
    assert capfd.readouterr() == ("", "")
    assert (tmp_path / "logs" / "worker.log").read_text().count("noise") == 2


def test_a_listener_that_raises_does_not_stop_the_host(
    tmp_path: Path, listener: Listener, caplog: pytest.LogCaptureFixture
) -> None:
    def raises(event: object) -> None:
        raise RuntimeError("a broken listener")

    with start(tmp_path, listener) as host:
        host.submit(f"{OPS}:echo", 1, on_event=raises)
        assert listener.until(*FINAL, request=host.submit(f"{OPS}:echo", 2)).value == 2
    assert "a broken listener" in caplog.text


_PARENT = f"""
import sys, time
from pathlib import Path
from genre_desktop.core.messages import message
from genre_desktop.core.paths import Home
from genre_desktop.jobs.workers.pool import WorkerPool
if __name__ == "__main__":
    host = WorkerPool(Home(Path(sys.argv[1])), lambda event: None, warm="{OPS}:nothing")
    host.submit("{OPS}:deaf", sys.argv[1] + "/marker")
    time.sleep(3600)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
def test_no_worker_survives_a_parent_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(_PARENT)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    parent = subprocess.Popen([sys.executable, str(script), str(tmp_path)], env=environment)
    marker = tmp_path / "marker"
    until(lambda: marker.exists() and marker.read_text())
    worker = psutil.Process(int(marker.read_text()))
    parent.kill()
    parent.wait()
    until(lambda: not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows removes no folder that is in use")
def test_a_worker_does_not_create_a_home_that_was_removed_before_it_started(
    tmp_path: Path, listener: Listener
) -> None:
    home = Home(tmp_path / "home").create().use()
    shutil.rmtree(home.root)
    with WorkerPool(home, listener, 1, warm=f"{OPS}:nothing"):
        listener.until(Ready)
    assert not home.root.exists()
