from __future__ import annotations

import pytest

from genre_desktop.commands.analysis import progress_line
from genre_desktop.jobs.batch.queue import BatchProgress
from genre_desktop.jobs.executor import ExecutorLoad

HALF = BatchProgress(found=100, done=12, problems=0, searching=False, paused=False, rate=8.31, left_s=11.0)
SEARCHING = BatchProgress(
    found=512, done=12, problems=0, searching=True, paused=False, rate=None, left_s=None
)


@pytest.mark.parametrize(
    ("progress", "load", "line"),
    [
        (HALF, None, "12 of 100 files, 8.3 per second, 0:11 left"),
        (SEARCHING, None, "12 of 512 or more files"),
        (HALF, ExecutorLoad(4), "12 of 100 files, 8.3 per second, 4 workers, 0:11 left"),
        (HALF, ExecutorLoad(1, 1, 0), "12 of 100 files, 8.3 per second, 1 worker, 1 lost, 0:11 left"),
        (
            HALF,
            ExecutorLoad(4, 1, 2),
            "12 of 100 files, 8.3 per second, 4 workers, 1 lost, 2 repeated, 0:11 left",
        ),
        (SEARCHING, ExecutorLoad(0, 2, 3), "12 of 512 or more files, 0 workers, 2 lost, 3 repeated"),
    ],
)
def test_the_line_of_progress(progress: BatchProgress, load: ExecutorLoad | None, line: str) -> None:
    assert progress_line(progress, load) == line
