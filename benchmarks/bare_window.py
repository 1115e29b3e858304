"""An empty window of PySide6: prints the seconds from the start of the process to its first paint, as JSON."""

from __future__ import annotations

import json
import sys
import time

import psutil
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow


class BareWindow(QMainWindow):
    """Ends the program when it has been painted."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        print(json.dumps({"window": time.time() - psutil.Process().create_time()}))
        QApplication.exit()


if __name__ == "__main__":
    app = QApplication(sys.argv[:1])
    window = BareWindow()
    window.resize(1280, 840)
    window.show()
    app.exec()
