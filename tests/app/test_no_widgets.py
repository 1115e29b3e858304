from __future__ import annotations

import subprocess
import sys

EMIT_MANY = """
import genre_desktop.app
from PySide6.QtCore import QObject, Signal
class Speaker(QObject):
    said = Signal(int)
speaker = Speaker()
for number in range(50_000):
    speaker.said.emit(number)
print("alive")
"""


def test_emitting_signals_all_day_does_not_kill_the_interpreter() -> None:
    done = subprocess.run([sys.executable, "-c", EMIT_MANY], capture_output=True, text=True, check=False)
    assert done.stdout == "alive\n", done.stderr
