"""The style sheet, built from a palette and a base text size; widgets define no colours themselves.

Widgets select a style through properties: ``role`` on labels (``display``, ``title``, ``section``,
``muted``, ``caption``, ``chip``), ``kind`` on buttons (``primary``, ``quiet``, ``segment``) and frames
(``card``, ``notice``), ``tone`` on notices and chips.
"""

from __future__ import annotations

from collections.abc import Callable

from genre_desktop.ui.theme.palette import Palette

UNIT = 8
"""The grid in logical pixels: gaps, margins and heights are multiples of it or of its half."""

_LAYOUT = """
* {{ outline: 0; }}
QWidget {{ color: {text}; font-size: {body}px; }}
QMainWindow, QDialog, QWidget#page, QWidget#root {{ background: {window}; }}
QToolTip {{ background: {raised}; color: {text}; border: 1px solid {outline}; padding: 4px 8px;
    qproperty-textFormat: PlainText; }}
QFrame[kind="card"] {{ background: {surface}; border: 1px solid {border}; border-radius: 12px; }}
QFrame[kind="rail"] {{ background: {surface}; border: 0; border-right: 1px solid {border}; }}
QFrame[kind="footer"] {{ background: {surface}; border: 0; border-top: 1px solid {border}; }}
QFrame[kind="notice"] {{ border-radius: 8px; border: 0; background: {raised}; }}
QFrame[kind="notice"][place="top"] {{ margin-top: 12px; }}
QFrame[kind="notice"][tone="danger"] {{ background: {danger_soft}; }}
QFrame[kind="notice"][tone="warning"] {{ background: {warning_soft}; }}
QFrame[kind="notice"][tone="success"] {{ background: {success_soft}; }}
QFrame[kind="notice"][tone="accent"] {{ background: {accent_soft}; }}
QScrollArea, QScrollArea > QWidget > QWidget#scrolled {{ background: transparent; border: 0; }}
QFrame[kind="toast"] {{ background: {surface}; border: 1px solid {outline}; border-radius: 12px; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QFrame[kind="drawer"] {{ background: {window}; border: 0; border-left: 1px solid {outline}; }}
QSplitter::handle {{ background: transparent; }}
QSplitter::handle:horizontal {{ margin: 0 4px; }}
QSplitter::handle:vertical {{ margin: 4px 0; }}
QSplitter::handle:hover, QSplitter::handle:pressed {{ background: {border}; border-radius: 3px; }}
"""

_TEXT = """
QLabel {{ background: transparent; border: 0; qproperty-textFormat: PlainText; }}
QLabel[role="display"] {{ font-size: {display}px; font-weight: 700; }}
QLabel[role="title"] {{ font-size: {title}px; font-weight: 700; }}
QLabel[role="section"] {{ font-size: {section}px; font-weight: 600; }}
QLabel[role="muted"] {{ color: {muted}; }}
QLabel[role="caption"] {{ color: {muted}; font-size: {small}px; }}
QLabel[role="chip"] {{ background: {raised}; color: {text}; font-size: {small}px;
    border-radius: {chip_radius}px; padding: 3px 10px; }}
QLabel[role="chip"][tone="warning"] {{ background: {warning_soft}; color: {warning}; }}
QLabel[role="chip"][tone="accent"] {{ background: {accent_soft}; color: {on_accent_soft}; }}
QLabel[role="link"] {{ color: {accent}; }}
"""

_BUTTONS = """
QPushButton, QToolButton {{ background: {surface}; border: 1px solid {border}; border-radius: 8px;
    padding: 0 {pad}px; min-height: {control}px; }}
QToolButton {{ padding: 0 6px; qproperty-iconSize: {px20}px {px20}px; }}
QPushButton:hover, QToolButton:hover {{ background: {raised}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {border}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {accent}; }}
QPushButton:disabled, QToolButton:disabled {{ color: {outline}; background: {window}; }}
QPushButton[kind="primary"] {{ background: {accent}; color: {on_accent}; border: 1px solid {accent};
    font-weight: 600; }}
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {{
    background: {accent_hover}; border-color: {accent_hover}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {text}; }}
QPushButton[kind="primary"]:disabled {{ background: {window}; color: {outline};
    border: 1px solid {border}; }}
QPushButton[kind="quiet"], QToolButton[kind="quiet"] {{ background: transparent;
    border: 1px solid transparent; }}
QToolButton[kind="quiet"] {{ qproperty-iconSize: {px18}px {px18}px; }}
QPushButton[kind="quiet"] {{ color: {accent}; font-weight: 600; }}
QPushButton[kind="quiet"]:disabled, QPushButton[kind="segment"]:disabled {{ color: {outline}; }}
QPushButton[kind="quiet"]:hover, QToolButton[kind="quiet"]:hover {{ background: {raised}; }}
QToolButton[kind="quiet"]:checked {{ background: {accent_soft}; color: {on_accent_soft}; }}
QPushButton[kind="quiet"]:focus, QToolButton[kind="quiet"]:focus {{ border: 2px solid {accent}; }}
QPushButton[kind="choice"] {{ icon-size: {px12}px; text-align: left; padding: 0 6px; min-height: {segment}px; font-size: {small}px;
    border-radius: 6px; }}
QPushButton[kind="choice"][chosen="true"] {{ background: {accent_soft}; color: {on_accent_soft};
    border: 2px solid {accent}; font-weight: 600; }}
QPushButton[kind="choice"]:focus {{ border: 2px solid {accent}; }}
QPushButton[kind="segment"] {{ background: transparent; border: 1px solid transparent;
    border-radius: 6px; min-height: {segment}px; padding: 0 12px; color: {muted}; }}
QPushButton[kind="segment"]:hover {{ color: {text}; }}
QPushButton[kind="segment"]:checked {{ background: {surface}; color: {text}; font-weight: 600;
    border: 1px solid {border}; }}
QPushButton[kind="segment"]:focus {{ border: 2px solid {accent}; }}
QFrame[kind="segments"] {{ background: {raised}; border: 0; border-radius: 8px; }}
QToolButton[kind="nav"] {{ background: transparent; border: 2px solid transparent; border-radius: 12px;
    padding: 5px 0 3px 0; color: {muted}; font-size: {small}px;
    qproperty-iconSize: {px24}px {px24}px; }}
QToolButton[kind="nav"]:hover {{ background: {raised}; color: {text}; }}
QToolButton[kind="nav"]:checked {{ background: {accent_soft}; color: {on_accent_soft};
    font-weight: 600; }}
QToolButton[kind="nav"]:focus {{ border: 2px solid {accent}; }}
QToolButton::menu-indicator {{ image: none; }}
"""

_INPUTS = """
QLineEdit, QComboBox, QSpinBox, QPlainTextEdit {{ background: {surface}; border: 1px solid {outline};
    border-radius: 8px; padding: 0 10px; min-height: {control}px;
    selection-background-color: {accent}; selection-color: {on_accent}; }}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus {{ border: 2px solid {accent}; padding: 0 9px; }}
QLineEdit[kind="search"] {{ padding-left: {search}px; }}
QLineEdit[kind="search"]:focus {{ padding-left: {search_focused}px; }}
QSpinBox, QSpinBox:focus {{ padding: 0; }}
QSpinBox QLineEdit, QSpinBox QLineEdit:focus {{ border: 0; padding: 0 0 0 8px; min-height: 0; background: transparent; }}
QComboBox::drop-down {{ border: 0; width: {px24}px; }}
QComboBox::down-arrow {{ image: url("{assets}chevron-down.svg"); width: {px16}px; height: {px16}px; }}
QComboBox QAbstractItemView {{ background: {surface}; border: 1px solid {outline}; padding: 4px;
    selection-background-color: {accent_soft}; selection-color: {on_accent_soft}; }}
QPlainTextEdit {{ background: {surface}; border: 1px solid {outline}; border-radius: 8px; padding: 8px;
    selection-background-color: {accent}; selection-color: {on_accent}; }}
QPlainTextEdit:focus {{ border: 2px solid {accent}; padding: 7px; }}
QSpinBox::up-button, QSpinBox::down-button {{ border: 0; width: 20px; background: transparent; }}
QSlider {{ background: transparent; min-height: {segment}px; border: 2px solid transparent; border-radius: 6px; }}
QSlider:focus {{ border: 2px solid {accent}; }}
QSlider::groove:horizontal {{ height: 4px; background: {outline}; border-radius: 2px; }}
QSlider::sub-page:horizontal {{ background: {accent}; border-radius: 2px; }}
QSlider::handle:horizontal {{ width: 12px; margin: -6px 0; border: 2px solid {accent}; border-radius: 8px;
    background: {surface}; }}
QSpinBox::up-arrow {{ image: url("{assets}chevron-up.svg"); width: {px12}px; height: {px12}px; }}
QSpinBox::down-arrow {{ image: url("{assets}chevron-down.svg"); width: {px12}px; height: {px12}px; }}
"""

_LISTS = """
QCheckBox {{ background: transparent; spacing: 8px; padding: 2px; border: 2px solid transparent; border-radius: 4px; }}
QCheckBox::indicator, QTableView::indicator {{ width: {px16}px; height: {px16}px; border: 1px solid {outline}; border-radius: 4px;
    background: {surface}; }}
QCheckBox::indicator:checked, QTableView::indicator:checked {{ border: 1px solid {accent}; background: {accent_soft}; image: url("{assets}check.svg"); }}
QCheckBox:focus {{ border: 2px solid {accent}; }}
QTableView {{ qproperty-iconSize: {px16}px {px16}px; background: {surface}; border: 0; gridline-color: transparent; border-radius: 12px;
    selection-background-color: {accent_soft}; selection-color: {text}; }}
QTableView::item {{ border: 0; border-bottom: 1px solid {border}; padding: 0 8px; }}
QTableView::item:selected {{ background: {accent_soft}; }}
QTableView[kind="rows"] {{ min-height: {rows}px; }}
QWidget[kind="plot"] {{ min-height: {plot}px; }}
QListWidget {{ background: {surface}; border: 0; border-radius: 8px; qproperty-iconSize: {px20}px {px20}px; }}
QListWidget[kind="clips"] {{ qproperty-iconSize: {px12}px {px12}px; }}
QListWidget[kind="boxed"] {{ border: 1px solid {outline}; border-radius: 8px; padding: 4px; }}
QListWidget[kind="boxed"]:focus {{ border: 2px solid {accent}; padding: 3px; }}
QListWidget::item {{ padding: 4px 8px; }}
QListWidget::item:selected {{ background: {accent_soft}; color: {text}; }}
QHeaderView {{ background: {surface}; border: 0; }}
QHeaderView::section {{ background: {surface}; color: {muted}; font-size: {small}px; font-weight: 600;
    border: 0; border-bottom: 1px solid {border}; padding: 0 8px; min-height: {header}px; }}
QHeaderView::section:hover {{ color: {text}; }}
QHeaderView::up-arrow {{ image: url("{assets}chevron-up.svg"); width: {px12}px; height: {px12}px; }}
QHeaderView::down-arrow {{ image: url("{assets}chevron-down.svg"); width: {px12}px; height: {px12}px; }}
QTableCornerButton::section {{ background: {surface}; border: 0; }}
QScrollBar {{ background: transparent; border: 0; }}
QScrollBar:vertical {{ width: 10px; margin: 2px; }}
QScrollBar:horizontal {{ height: 10px; margin: 2px; }}
QScrollBar::handle {{ background: {scroll}; border-radius: 3px; min-width: 32px; min-height: 32px; }}
QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {outline}; }}
QAbstractScrollArea::corner {{ background: transparent; border: 0; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QMenuBar {{ background: {surface}; border-bottom: 1px solid {border}; padding: 2px 8px; }}
QMenuBar::item {{ background: transparent; padding: 6px 10px; border-radius: 6px; }}
QMenuBar::item:selected {{ background: {raised}; }}
QMenu {{ background: {surface}; border: 1px solid {outline}; padding: 6px; }}
QMenu::item {{ padding: 7px 28px 7px 12px; border-radius: 6px; }}
QMenu::item:selected {{ background: {accent_soft}; color: {on_accent_soft}; }}
QMenu::item:disabled {{ color: {outline}; }}
QMenu::separator {{ height: 1px; background: {border}; margin: 6px 8px; }}
QMenu::icon {{ padding-left: 8px; }}
QProgressBar {{ background: {raised}; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}
"""


def write(palette: Palette, base_px: float, assets: str, scaled: Callable[[int], int] = int) -> str:
    """Return the style sheet for body text of ``base_px`` logical pixels.

    Headings and controls scale with it; ``assets`` precedes the name of each tinted image, and ``scaled``
    returns the size of an icon that has so many pixels at 100 % text.
    """
    sizes = {name: round(base_px * factor) for name, factor in _SCALE.items()}
    sizes |= {f"px{side}": scaled(side) for side in _ICONS}
    sizes["search"] = scaled(16) + 16
    sizes["search_focused"] = sizes["search"] - 1
    values = {name: getattr(palette, name) for name in palette.__slots__} | sizes
    text = _LAYOUT + _TEXT + _BUTTONS + _INPUTS + _LISTS
    return text.format(assets=assets, **values)


_ICONS = (12, 16, 18, 20, 24)
"""Sizes of icons, arrows and check boxes in pixels at 100 % text."""

_SCALE = {
    "small": 0.88,
    "body": 1.0,
    "section": 1.12,
    "title": 1.6,
    "display": 2.5,
    "pad": 1.15,
    "control": 2.3,
    "segment": 1.9,
    "header": 2.4,
    "chip_radius": 0.6,
    "rows": 16,
    "plot": 5,
}
