from __future__ import annotations

from genre_desktop.jobs.messages import Progress
from genre_desktop.jobs.workers.channel import ProgressReporter


class Sent:
    """Records the sent messages."""

    def __init__(self) -> None:
        self.messages: list[Progress] = []

    def send(self, message: Progress) -> None:
        self.messages.append(message)


def test_counts_are_throttled_and_stages_are_not() -> None:
    sent = Sent()
    reporter = ProgressReporter(sent, 7)  # type: ignore[arg-type]
    for window in range(1000):
        reporter.progress(window / 2000, f"Window {window} of 1000")
    reporter.progress(0.6, "Writing the report")
    reporter.progress(1.0, "Writing the report")
    stages = [message.message for message in sent.messages]
    assert stages[0] == "Window 0 of 1000"
    assert stages[-2:] == ["Writing the report"] * 2
    assert len(stages) < 1000
    assert all(message.id == 7 for message in sent.messages)
