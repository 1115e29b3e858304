"""A window from which the paths on the command line are dragged, as from a file manager."""

from __future__ import annotations

import sys

from PySide6.QtCore import QMimeData, Qt, QTimer, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

X, Y, SIDE = 1400, 200, 200


class DragSource(QWidget):
    """Begins a drag where the mouse is pressed and moved."""

    def __init__(self, paths: list[str]) -> None:
        super().__init__()
        self._paths = paths
        self.setWindowTitle("Files")
        self.setGeometry(X, Y, SIDE, SIDE)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the paths as a file manager does."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(path) for path in self._paths])
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.actionChanged.connect(lambda action: print("over", action.name, flush=True))
        print("dragging", flush=True)
        print(drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction).name, flush=True)


if __name__ == "__main__":
    app = QApplication(sys.argv[:1])
    window = DragSource(sys.argv[1:])
    window.show()
    QTimer.singleShot(300, lambda: print("shown", flush=True))
    app.exec()
