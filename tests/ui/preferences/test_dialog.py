"""The preferences, operated by mouse and keyboard, and their immediate effect on the window."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QDoubleValidator, QFocusEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QSpinBox,
    QStyle,
    QStyleOptionButton,
    QWidget,
)
from shiboken6 import isValid

from genre_desktop.audio.devices import input_devices
from genre_desktop.audio.devices.input_devices import Device
from genre_desktop.core.errors import AppError
from genre_desktop.core.settings import BY_KEY, OPTIONS, PAGES, Settings, SettingSpec, Value
from genre_desktop.core.types import TagScore
from genre_desktop.ui.actions import shortcuts
from genre_desktop.ui.preferences.dialog import Preferences
from genre_desktop.ui.preferences.keyboard import KeyboardSection
from genre_desktop.ui.preferences.section import Section, SettingRow
from genre_desktop.ui.preferences.special_controls import Folders, InputDevice, TagWords, control_of
from genre_desktop.ui.theme.palette import DARK, LIGHT
from genre_desktop.ui.widgets.setting_controls import (
    Check,
    Choice,
    Control,
    Fraction,
    IntegerControl,
    SliderControl,
    TextControl,
    control_for,
)
from tests.ui.conftest import Desk

MICROPHONE = Device("ALSA/Desk", "Desk", "ALSA", 1, 48000, True, 0)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def _two_devices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(input_devices, "input_devices", lambda: (MICROPHONE,))


@pytest.fixture
def dialog(desk: Desk) -> Preferences:
    desk.window.context.actions["edit.preferences"].trigger()
    (dialog,) = desk.window.findChildren(Preferences)
    return dialog


def row_of(dialog: Preferences, key: str) -> SettingRow:
    section = dialog.sections[BY_KEY[key].page]
    assert isinstance(section, Section)
    dialog.show_page(BY_KEY[key].page)
    return section.rows[key]


def choose(desk: Desk, dialog: Preferences, key: str, value: str) -> None:
    """Choose a value in a combo box with the arrow keys."""
    box = row_of(dialog, key).control.editor
    assert isinstance(box, QComboBox)
    box.setFocus()
    while box.currentData() != value:
        before = box.currentIndex()
        desk.bot.keyClick(box, Qt.Key.Key_Down if before < box.findData(value) else Qt.Key.Key_Up)
        assert box.currentIndex() != before


def test_every_setting_is_on_the_page_of_its_topic(dialog: Preferences) -> None:
    assert [dialog.topics.item(place).text() for place in range(dialog.topics.count())] == list(PAGES)
    shown = [
        key for section in dialog.sections.values() if isinstance(section, Section) for key in section.rows
    ]
    assert sorted(shown) == sorted(option.key for option in OPTIONS if option.key != shortcuts.KEY)
    for page in PAGES:
        dialog.show_page(page)
        visible = [name for name, section in dialog.sections.items() if section.isVisible()]
        assert visible == [page]


def test_each_kind_of_setting_has_a_fitting_control(qapp: QApplication) -> None:
    kinds = {
        "window.restore": Check, "ui.theme": Choice, "analyse.workers": IntegerControl, "ui.text_scale": SliderControl,
        "drift.p_value": Fraction, "live.device": TextControl,
    }  # fmt: skip
    for key, kind in kinds.items():
        assert type(control_for(BY_KEY[key])) is kind


def test_every_control_shows_the_value_and_has_a_name(dialog: Preferences, desk: Desk) -> None:
    for section in dialog.sections.values():
        if not isinstance(section, Section):
            continue
        for key, each in section.rows.items():
            assert each.control.editor.accessibleName() == BY_KEY[key].title
            assert each.control.editor.accessibleDescription() == BY_KEY[key].description
    assert row_of(dialog, "drift.share").findChildren(QLabel)[-1].text() == "0.35"


def test_check_boxes_and_texts_are_left_aligned(dialog: Preferences, desk: Desk) -> None:
    for page in ("Schedule", "Privacy", "Files", "Appearance"):
        dialog.show_page(page)
        section = dialog.sections[page]
        assert isinstance(section, Section)
        desk.until(section.isVisible)
        QApplication.processEvents()
        labels = [each for row in section.rows.values() for each in row.findChildren(QLabel)
                  if each.wordWrap()]  # fmt: skip
        edges = {each.mapTo(section, each.contentsRect().topLeft()).x() for each in labels}
        for box in section.findChildren(QCheckBox):
            looks = QStyleOptionButton()
            box.initStyleOption(looks)
            mark = box.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, looks, box)
            edges.add(box.mapTo(section, mark.topLeft()).x())
        assert len(edges) == 1, (page, edges)


def test_the_theme_switches_at_once(dialog: Preferences, desk: Desk) -> None:
    choose(desk, dialog, "ui.theme", "dark")
    assert desk.window.context.theme.palette is DARK
    choose(desk, dialog, "ui.theme", "light")
    assert desk.window.context.theme.palette is LIGHT
    assert Settings.load(desk.window.context.settings.path)["ui.theme"] == "light"


def another(option: SettingSpec) -> Value:
    """A value that is not the default."""
    if isinstance(option.default, bool):
        return not option.default
    if option.choices:
        return next(choice for choice in option.choices if choice != option.default)
    if isinstance(option.default, tuple):
        values = {shortcuts.KEY: ("file.demo=F8",), "tags.words": ("house=Electronic", "sexy=")}
        return values.get(option.key, ("/music", "/more"))
    if isinstance(option.default, str):
        return MICROPHONE.id
    kind = type(option.default)
    numbers = (option.minimum, option.maximum, kind(option.default + 1))
    return next(kind(number) for number in numbers if number is not None and number != option.default)


def seen(control: Control) -> object:
    """What a control shows."""
    editor = control.editor
    if isinstance(control, Folders):
        return control.folders
    if isinstance(control, TagWords):
        return control.vocabulary.entries
    if isinstance(editor, QComboBox):
        return editor.currentText()
    if isinstance(editor, QCheckBox):
        return editor.isChecked()
    return editor.property("text") if isinstance(editor, QLineEdit) else editor.property("value")


def test_what_changes_elsewhere_is_shown_at_once_and_changes_nothing_more(
    dialog: Preferences, desk: Desk
) -> None:
    settings = desk.window.context.settings
    for option in (option for option in OPTIONS if option.key != shortcuts.KEY):
        control, model = row_of(dialog, option.key).control, control_of(option)
        desk.bot.addWidget(model)
        for each in (control, model):
            if isinstance(each, InputDevice):
                desk.until(lambda found=each.box: found.count() == 2)
                each.close_down()
        before, value, emitted = seen(control), another(option), []
        unwatch = settings.watch(emitted.append)
        control.chosen.connect(emitted.append)
        settings[option.key] = value
        model.show_value(value)
        assert seen(control) == seen(model) != before, option.key
        assert emitted == [option.key]
        unwatch()


def test_a_theme_of_the_menu_is_shown_by_the_open_preferences(dialog: Preferences, desk: Desk) -> None:
    box = row_of(dialog, "ui.theme").control.editor
    assert isinstance(box, QComboBox)
    (dark,) = [each for each in desk.window.findChildren(QAction) if each.data() == "dark"]
    dark.trigger()
    assert desk.window.context.theme.palette is DARK
    assert box.currentData() == "dark"


def test_what_is_being_typed_stays_when_something_else_changes(dialog: Preferences, desk: Desk) -> None:
    field = row_of(dialog, "drift.p_value").control.editor
    assert isinstance(field, QLineEdit)
    field.setText("0.00")
    desk.window.context.settings["drift.share"] = 0.5
    assert field.text() == "0.00"


def test_keys_that_are_changed_elsewhere_are_shown(dialog: Preferences, desk: Desk) -> None:
    section = dialog.sections["Keyboard"]
    assert isinstance(section, KeyboardSection)
    desk.window.context.settings[shortcuts.KEY] = ("file.demo=F8",)
    section.choose("file.demo")
    assert section.table.item(section.table.currentRow(), 1).text() == "F8 (changed)"


def test_a_deleted_dialog_receives_no_signals(dialog: Preferences, desk: Desk) -> None:
    desk.bot.keyClick(dialog, Qt.Key.Key_Escape)
    desk.until(lambda: not isValid(dialog))
    desk.window.context.settings["ui.text_scale"] = 120


def test_text_grows_when_the_slider_is_let_go(dialog: Preferences, desk: Desk) -> None:
    before = desk.page.table.fontMetrics().height()
    slider = row_of(dialog, "ui.text_scale").control.editor
    assert isinstance(slider, QSlider)
    for _ in range(10):
        desk.bot.keyClick(slider, Qt.Key.Key_Right)
    assert desk.window.context.settings["ui.text_scale"] == 150
    assert desk.page.table.fontMetrics().height() >= 1.4 * before
    widths = [desk.page.table.columnWidth(place) for place in range(1, 4)]
    assert min(widths) > 110


def test_spectrogram_settings_reach_the_pictures(dialog: Preferences, desk: Desk) -> None:
    choose(desk, dialog, "spectrogram.axis", "log")
    assert desk.page.panel.axes["log"].isChecked()
    choose(desk, dialog, "spectrogram.colour_map", "cividis")
    assert desk.page.panel.maps.currentData() == "cividis"


def test_the_schedule_follows(dialog: Preferences, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(desk.window.context.monitoring, "settings_changed", lambda: asked.append(True))
    field = row_of(dialog, "train.every_days").control.editor
    field.setFocus()
    desk.bot.keyClick(field, Qt.Key.Key_Up)
    assert desk.window.context.settings["train.every_days"] == 8
    assert asked == [True]


def test_one_day_is_not_days(dialog: Preferences, desk: Desk) -> None:
    field = row_of(dialog, "jobs.sweep_every_days").control.editor
    assert isinstance(field, QSpinBox)
    assert field.text() == "1 day"
    desk.bot.keyClick(field, Qt.Key.Key_Up)
    assert field.text() == "2 days"
    desk.window.context.settings["jobs.sweep_every_days"] = 1
    assert field.text() == "1 day"


def test_a_small_number_is_typed_and_a_wrong_one_is_rejected(dialog: Preferences, desk: Desk) -> None:
    field = row_of(dialog, "drift.p_value").control.editor
    validator = field.validator()  # type: ignore[attr-defined]
    assert isinstance(validator, QDoubleValidator)
    for typed, kept in (("0.01", 0.01), ("5", 0.01), ("1e-4", 1e-4)):
        field.setFocus()
        field.selectAll()  # type: ignore[attr-defined]
        desk.bot.keyClicks(field, typed)
        desk.bot.keyClick(field, Qt.Key.Key_Return)
        assert desk.window.context.settings["drift.p_value"] == pytest.approx(kept)
        QApplication.sendEvent(field, QFocusEvent(QEvent.Type.FocusOut))
        assert float(field.text()) == pytest.approx(kept)  # type: ignore[attr-defined]


def test_a_tick_and_the_reset_of_its_page_which_can_be_undone(dialog: Preferences, desk: Desk) -> None:
    settings = desk.window.context.settings
    box = row_of(dialog, "jobs.wait_on_battery").control.editor
    desk.bot.mouseClick(box, LEFT, pos=QPoint(8, box.height() // 2))
    settings["train.trials"] = 5
    assert not settings["jobs.wait_on_battery"]
    section = dialog.sections["Schedule"]
    desk.bot.mouseClick(section.reset, LEFT)
    assert settings["jobs.wait_on_battery"]
    assert settings["train.trials"] == 5  # another page
    undo = next(each for each in dialog.notice.findChildren(QPushButton) if each.text() == "Undo")
    desk.bot.mouseClick(undo, LEFT)
    assert not settings["jobs.wait_on_battery"]
    assert not row_of(dialog, "jobs.wait_on_battery").control.editor.isChecked()  # type: ignore[attr-defined]


def test_a_setting_that_needs_a_restart_is_marked(dialog: Preferences, desk: Desk) -> None:
    row = row_of(dialog, "ui.language")
    assert "Takes effect after restart." in [each.text() for each in row.findChildren(QLabel)]
    choose(desk, dialog, "ui.language", "de")
    assert "after restart" in dialog.notice.accessibleDescription()


def test_the_search_looks_through_every_topic(dialog: Preferences, desk: Desk) -> None:
    desk.bot.keyClicks(dialog.search, "of playback")
    shown = [key for page in dialog.sections.values() if isinstance(page, Section)
             for key, each in page.rows.items() if each.isVisible()]  # fmt: skip
    assert shown == ["play.volume"]
    assert [dialog.topics.item(p).text() for p in range(len(PAGES)) if not dialog.topics.isRowHidden(p)] == [
        "Analyse"
    ]
    dialog.search.clear()
    desk.bot.keyClicks(dialog.search, "nothing is called this")
    assert "No setting matches the search." in [
        each.text() for each in dialog.findChildren(QLabel) if each.isVisible()
    ]
    dialog.search.clear()
    assert dialog.sections["Appearance"].isVisible()


def test_the_devices_there_are_can_be_chosen(dialog: Preferences, desk: Desk) -> None:
    control = row_of(dialog, "live.device").control
    assert isinstance(control, InputDevice)
    desk.until(lambda: control.box.count() == 2)
    desk.until(lambda: not control.task.running)
    choose(desk, dialog, "live.device", MICROPHONE.id)
    assert desk.window.context.settings["live.device"] == MICROPHONE.id
    control.show_value("ALSA/Gone")
    assert control.box.currentText() == "Gone (not connected)"


def test_folders_are_added_and_removed(
    dialog: Preferences, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    control = row_of(dialog, "files.watched").control
    assert isinstance(control, Folders)
    changes: list[str] = []
    desk.window.context.changes.changed.connect(changes.append)
    control.chosen.disconnect()  # the folder watcher has its own tests
    control.chosen.connect(lambda folders: changes.append(";".join(folders)))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/music")
    desk.bot.mouseClick(control.add, LEFT)
    control.list.setCurrentRow(0)
    desk.bot.mouseClick(control.remove, LEFT)
    assert changes == ["/music", ""]


def test_a_word_for_a_tag_is_typed_into_the_table_and_shown_at_once(dialog: Preferences, desk: Desk) -> None:
    desk.open("a.mp3", tags=(TagScore("house", 0.9), TagScore("sexy", 0.5)))
    desk.page.table.show_row(desk.rows[0])
    control = row_of(dialog, "tags.words").control
    assert isinstance(control, TagWords)
    table = control.table

    def retype(tag: str, text: str) -> None:
        (line,) = [n for n in range(table.rowCount()) if table.item(n, 0).text() == tag]
        table.setCurrentCell(line, 1)
        table.editItem(table.item(line, 1))
        field = table.findChild(QLineEdit)
        desk.bot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        desk.bot.keyClick(field, Qt.Key.Key_Delete)
        desk.bot.keyClicks(field, text)
        desk.bot.keyClick(field, Qt.Key.Key_Return)
        desk.until(lambda: table.findChild(QLineEdit) is None)

    retype("House", " Electronic ")
    retype("Sexy", "")
    settings = desk.window.context.settings
    assert settings["tags.words"] == ("sexy=", "house=Electronic")
    assert desk.page.card.answer.tags.text() == "Style: Electronic"
    retype("House", "House")  # its own name is no change
    assert settings["tags.words"] == ("sexy=",)
    assert desk.page.card.answer.tags.text() == "Style: House"
    desk.bot.mouseClick(dialog.sections["Analyse"].reset, LEFT)
    assert settings["tags.words"] == ()
    assert desk.page.card.answer.tags.text() == "Style: House\nMood: Sexy"


def test_a_failed_save_is_shown(dialog: Preferences, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_self: Settings) -> None:
        raise AppError("no-space/unknown", needed=50)

    settings = desk.window.context.settings
    settings.on_unsaved = desk.window.show_problem  # as the application does
    monkeypatch.setattr(Settings, "save", full)
    choose(desk, dialog, "ui.theme", "dark")
    assert settings["ui.theme"] == "dark"
    assert "There is not enough space" in dialog.notice.accessibleDescription()


def test_invalid_values_in_the_file_are_shown(desk: Desk) -> None:
    settings = desk.window.context.settings
    settings.path.write_text(json.dumps({"format": 1, "values": {"ui.theme": "pink"}}), "utf-8")
    settings.ignored = Settings.load(settings.path).ignored
    dialog = Preferences.open_for(desk.window, desk.window.context)
    assert "ui.theme" in dialog.notice.accessibleDescription()


def test_there_is_one_dialog_and_it_can_be_closed_and_opened_again(dialog: Preferences, desk: Desk) -> None:
    assert Preferences.open_for(desk.window, desk.window.context, "Privacy") is dialog
    assert dialog.sections["Privacy"].isVisible()
    desk.bot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert Preferences.open_for(desk.window, desk.window.context) is not dialog


def test_the_wheel_scrolls_the_page_and_changes_nothing(dialog: Preferences, desk: Desk) -> None:
    box = row_of(dialog, "train.every_days").control.editor
    dialog.search.setFocus()
    point = QPointF(5, 5)
    wheel = QWheelEvent(
        point, box.mapToGlobal(point), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, wheel)
    assert desk.window.context.settings["train.every_days"] == 7


# shortcuts


@pytest.fixture
def keyboard(dialog: Preferences) -> KeyboardSection:
    dialog.show_page("Keyboard")
    section = dialog.sections["Keyboard"]
    assert isinstance(section, KeyboardSection)
    return section


def press(
    desk: Desk, keyboard: KeyboardSection, action: str, key: Qt.Key, *modifiers: Qt.KeyboardModifier
) -> None:
    """Choose an action and press keys for it."""
    keyboard.choose(action)
    keyboard.keys.clear()
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    target: QWidget = keyboard.keys
    desk.bot.keyPress(target, key, held)
    desk.bot.keyRelease(target, key, held)
    keyboard.keys.editingFinished.emit()  # otherwise the editor waits a second for more keys


def test_an_action_gets_other_keys_at_once_and_for_good(keyboard: KeyboardSection, desk: Desk) -> None:
    press(desk, keyboard, "file.demo", Qt.Key.Key_F8)
    action = desk.window.context.actions["file.demo"]
    assert action.shortcut() == QKeySequence("F8")
    assert action.toolTip().endswith("(F8)")
    assert ("F8", "Try the demo clip") in shortcuts.listed(desk.window.context.actions)
    again = Settings.load(desk.window.context.settings.path)
    assert shortcuts.changed(again) == {"file.demo": "F8"}
    assert keyboard.table.item(keyboard.table.currentRow(), 1).text() == "F8 (changed)"


def test_taken_keys_are_named_and_can_be_moved(keyboard: KeyboardSection, desk: Desk) -> None:
    press(desk, keyboard, "file.demo", Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    actions = desk.window.context.actions
    assert actions["file.demo"].shortcut() == QKeySequence("Ctrl+D")
    assert "Open files…" in keyboard.notice.accessibleDescription()
    (move,) = [
        each for each in keyboard.notice.findChildren(QPushButton) if each.text() == "Use it here instead"
    ]
    desk.bot.mouseClick(move, LEFT)
    assert actions["file.demo"].shortcut() == QKeySequence("Ctrl+O")
    assert actions["file.open"].shortcut().isEmpty()


def test_letters_stay_with_the_genres(keyboard: KeyboardSection, desk: Desk) -> None:
    press(desk, keyboard, "file.demo", Qt.Key.Key_3)
    assert "genres" in keyboard.notice.accessibleDescription()
    assert desk.window.context.actions["file.demo"].shortcut() == QKeySequence("Ctrl+D")


def test_a_shortcut_is_removed_and_restored(keyboard: KeyboardSection, desk: Desk) -> None:
    keyboard.choose("file.demo")
    action = desk.window.context.actions["file.demo"]
    desk.bot.mouseClick(keyboard.none, LEFT)
    assert action.shortcut().isEmpty()
    desk.bot.mouseClick(keyboard.back, LEFT)
    assert action.shortcut() == QKeySequence("Ctrl+D")
    assert desk.window.context.settings[shortcuts.KEY] == ()


def test_a_reset_restores_all_shortcuts(keyboard: KeyboardSection, desk: Desk) -> None:
    press(desk, keyboard, "file.demo", Qt.Key.Key_F8)
    press(desk, keyboard, "view.page.live", Qt.Key.Key_F9)
    rail = desk.window.rail
    assert "F9" in next(b for b in rail._buttons.values() if b.text() == "Live").toolTip()
    desk.bot.mouseClick(keyboard.reset, LEFT)
    assert desk.window.context.actions["file.demo"].shortcut() == QKeySequence("Ctrl+D")
    assert desk.window.context.actions["view.page.live"].shortcut() == QKeySequence("Ctrl+2")


def test_the_search_finds_keys(keyboard: KeyboardSection, desk: Desk) -> None:
    (dialog,) = desk.window.findChildren(Preferences)
    desk.bot.keyClicks(dialog.search, "ctrl+l")
    shown = [keyboard.table.item(row, 0).text() for row in range(keyboard.table.rowCount())
             if not keyboard.table.isRowHidden(row)]  # fmt: skip
    assert "Start/Stop listening" in shown
    assert "Quit" not in shown


def test_no_two_actions_come_with_the_same_keys(desk: Desk) -> None:
    keys = [action.shortcut().toString() for action in desk.window.context.actions.values()]
    given = [each for each in keys if each]
    assert len(given) == len(set(given))


def test_numbers_are_shown_as_the_language_writes_them(qapp: QApplication, tmp_path: Path) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale("de"))
    try:
        control = control_for(BY_KEY["drift.p_value"])
        control.show_value(0.001)
        assert control.editor.text() == "0,001"  # type: ignore[attr-defined]
    finally:
        QLocale.setDefault(before)
