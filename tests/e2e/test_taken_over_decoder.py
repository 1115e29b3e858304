"""A batch with files that take over the process which reads them: each gets a row, no worker is lost."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from genre_desktop.audio.sandbox import process, protocol
from genre_desktop.core.errors import no_cancel
from genre_desktop.core.paths import Home, shipped
from genre_desktop.core.types import AnalyseRequest, Analysis
from genre_desktop.jobs import operations
from genre_desktop.jobs.context import TaskContext
from genre_desktop.jobs.file_map import FileMap

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the decoder process needs Linux")

PAYLOADS = {
    "socket": "forbidden",
    "file": "forbidden",
    "program": "forbidden",
    "crash": "crashed",
    "allocate": "memory",
}
CHILD = Path(__file__).parents[1] / "audio" / "sandbox" / "payload_child.py"


def analyse(context: TaskContext, request: AnalyseRequest) -> tuple[Analysis, int]:
    """Run in a worker, whose decoder process does what a file asks for; return also the worker's id."""
    process.command = lambda: [sys.executable, "-P", str(CHILD), protocol.ARGUMENT]  # type: ignore[assignment]
    return operations.analyse(context, request), os.getpid()


def test_the_batch_goes_on_in_the_same_worker(tmp_path: Path) -> None:
    demo = shipped("resources", "demo.flac")
    requests = []
    for payload in PAYLOADS:
        bad = tmp_path / f"{payload}.mp3"
        bad.write_bytes(f"PAYLOAD {payload} ".encode())
        requests += [AnalyseRequest(str(bad)), AnalyseRequest(str(demo))]
    done = list(FileMap(Home(tmp_path / "home").create(), no_cancel)(f"{__name__}:analyse", requests, 1))
    assert [item.problem for item in done] == [None] * len(requests)
    answers = {Path(item.value[0].answer.path).stem: item.value[0].answer for item in done}
    for payload, reason in PAYLOADS.items():
        error = answers[payload].error
        assert error is not None
        assert error.key == f"decoder-stopped/{reason}"
        assert payload in error.reason
    assert all(item.value[0].answer.ok for item in done if "demo" in item.value[0].answer.path)
    assert len({item.value[1] for item in done}) == 1
