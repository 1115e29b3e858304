from __future__ import annotations

from multiprocessing import Pipe

import pytest

from genre_desktop.jobs import pipe
from genre_desktop.jobs.messages import Ready
from genre_desktop.jobs.workers import child_setup, process
from genre_desktop.jobs.workers.process import target_worker_count


@pytest.mark.parametrize(
    ("waiting", "mean_s", "warm_s", "limit", "workers"),
    [
        (0, 0.2, 3.0, 4, 1),
        (10, 0.2, 3.0, 4, 1),  # two seconds of work: a start costs more
        (100, 0.2, 3.0, 4, 4),
        (60, 0.2, 3.0, 4, 2),
        (8, 40.0, 3.0, 4, 4),  # few, but long
        (3, 40.0, 3.0, 4, 3),
        (1, 40.0, 3.0, 4, 1),  # there is nothing for another one to do
        (10_000, 0.2, 3.0, 2, 2),
        (5, 0.2, 0.0, 4, 4),  # a start that costs nothing
    ],
)
def test_another_worker_is_started_where_it_pays(
    waiting: int, mean_s: float, warm_s: float, limit: int, workers: int
) -> None:
    assert target_worker_count(waiting, mean_s, warm_s, limit) == workers


def test_ends_in_words() -> None:
    assert child_setup.describe_exit(None) == "it did not end"
    assert child_setup.describe_exit(-9) == "it was ended by SIGKILL"
    assert child_setup.describe_exit(-250) == "it ended with exit code -250"
    assert child_setup.describe_exit(3) == "it ended with exit code 3"


def test_a_worker_that_writes_a_damaged_message_is_lost() -> None:
    receiver, sender = Pipe()
    received: list[object] = []
    lost: list[bool] = []
    with receiver:
        pipe.send(sender, Ready(1, 0.5))
        sender.send_bytes(b"damaged")
        sender.close()
        process._read(receiver, received.append, lambda: lost.append(True))
    assert (received, lost) == ([Ready(1, 0.5)], [True])
