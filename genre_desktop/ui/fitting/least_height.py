"""The height that the contents of a widget need at a width."""

from __future__ import annotations

from PySide6.QtCore import QMargins, Qt
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget


def least_height(layout: QLayout, width: int) -> int:
    """Return the height below which a layout squeezes something.

    ``QVBoxLayout`` promises to do with less: it takes the least height of a widget in which lines wrap for its
    need, but then gives it the preferred one, at the cost of the others.
    """
    if not layout.hasHeightForWidth():
        return layout.totalMinimumSize().height()
    if not isinstance(layout, QVBoxLayout):
        return layout.totalHeightForWidth(width)
    inner = width - _across(layout)
    found = (widget.layout() for widget in _widgets(layout))
    below = [each for each in found if each is not None and each.hasHeightForWidth()]
    nested = [each for each in _layouts(layout) if each.hasHeightForWidth()]
    return layout.totalMinimumHeightForWidth(width) + sum(
        (
            *(each.totalHeightForWidth(inner) - each.totalMinimumHeightForWidth(inner) for each in below),
            *(each.heightForWidth(inner) - each.minimumHeightForWidth(inner) for each in nested),
        )
    )


def _across(layout: QLayout) -> int:
    """Return the margins and the frame at the left and the right of a layout, in pixels."""
    parent, own = layout.parentWidget(), layout.contentsMargins()
    frame = parent.contentsMargins() if parent is not None else QMargins()
    return own.left() + own.right() + frame.left() + frame.right()


def _widgets(layout: QLayout) -> list[QWidget]:
    """Return the visible widgets of a layout; not by ``itemAt``, see ``tests/ui/test_pyside_binding.py``."""
    parent = layout.parentWidget()
    options = Qt.FindChildOption.FindDirectChildrenOnly
    children = parent.findChildren(QWidget, options=options) if parent is not None else []
    return [child for child in children if layout.indexOf(child) >= 0 and not child.isHidden()]


def _layouts(layout: QLayout) -> list[QLayout]:
    return [child for child in layout.children() if isinstance(child, QLayout)]
