import json
import os

import pytest

from genre_desktop.core import settings as settings_module
from genre_desktop.core.errors import AppError
from genre_desktop.core.own_files.set_aside import found
from genre_desktop.core.settings import BY_KEY, FORMAT, OPTIONS, PAGES, Settings, SettingSpec
from tests.fixtures.small_disk import fill


@pytest.fixture
def path(tmp_path):
    return tmp_path / "settings.json"


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.key)
def test_every_default_is_a_value_its_option_takes(option):
    assert option.check(option.default) == option.default
    assert option.title
    assert option.description.endswith(".")


def test_keys_are_unique_and_name_a_topic():
    assert len(BY_KEY) == len(OPTIONS)
    assert all("." in key for key in BY_KEY)


def test_without_a_file_the_defaults_hold(path):
    settings = Settings.load(path)
    assert settings["drift.minimum_clips"] == 30
    assert not path.exists()


def test_only_differences_from_the_defaults_are_written(path):
    settings = Settings.load(path)
    settings["ui.theme"] = "dark"
    settings["drift.share"] = 0.5
    settings["drift.share"] = BY_KEY["drift.share"].default
    assert json.loads(path.read_text("utf-8")) == {"format": FORMAT, "values": {"ui.theme": "dark"}}
    assert Settings.load(path)["ui.theme"] == "dark"


def test_what_another_process_set_meanwhile_stays(path):
    window, command = Settings.load(path), Settings.load(path)
    window["ui.theme"] = "dark"
    command["train.trials"] = 5
    window["ui.text_scale"] = 120
    again = Settings.load(path)
    assert (again["ui.theme"], again["train.trials"], again["ui.text_scale"]) == ("dark", 5, 120)
    assert window["train.trials"] == 5


def test_a_watcher_gets_each_change_once_until_it_ends(path):
    window, command = Settings.load(path), Settings.load(path)
    changes = []
    unwatch = window.watch(changes.append)
    window["ui.theme"] = "dark"
    window["ui.theme"] = "dark"  # nothing changes
    command["train.trials"] = 5
    window["ui.text_scale"] = 120
    assert changes == ["ui.theme", "ui.text_scale", "train.trials"]
    window.reset("Appearance")
    assert changes[3:] == ["ui.theme", "ui.text_scale"]
    unwatch()
    unwatch()
    window["ui.theme"] = "light"
    assert len(changes) == 5


def test_every_dragged_number_has_limits_and_its_default_is_a_step():
    for option in OPTIONS:
        if option.step:
            assert option.minimum is not None
            assert option.maximum is not None
            assert (option.default / option.step) == pytest.approx(round(option.default / option.step))


def test_pages_are_the_topics_of_the_table():
    assert set(PAGES) == {option.page for option in OPTIONS}


def test_the_settings_page_of_the_docs_is_up_to_date():
    from tools.settings_docs import PATH, document

    assert PATH.read_text("utf-8") == document(), "run: python -m tools.settings_docs"


def test_reset_touches_one_page_only(path):
    settings = Settings.load(path)
    settings["ui.theme"] = "dark"
    settings["train.trials"] = 5
    settings.reset("Appearance")
    again = Settings.load(path)
    assert again["ui.theme"] == "system"
    assert again["train.trials"] == 5


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("ui.theme", "pink", "one of system, light, dark"),
        ("ui.text_scale", 500, "between 75 and 200 %"),
        ("ui.text_scale", "big", "takes int"),
        ("ui.text_scale", True, "takes int"),
        ("drift.share", 2, "between 0.05 and 1"),
        ("jobs.wait_on_battery", 1, "takes bool"),
    ],
)
def test_a_wrong_value_is_refused_with_a_text_and_nothing_changes(path, key, value, text):
    settings = Settings.load(path)
    with pytest.raises(ValueError, match=text):
        settings[key] = value
    assert settings[key] == BY_KEY[key].default
    assert not path.exists()


def test_whole_numbers_serve_where_fractions_are_taken():
    checked = BY_KEY["live.window_s"].check(10)
    assert checked == 10.0
    assert isinstance(checked, float)


def test_lists_become_tuples_of_text():
    option = SettingSpec("watch.folders", (), "Watch", "Folders", "Folders that are watched.")
    assert option.check(["a", 1]) == ("a", "1")


def test_one_sided_limits():
    option = SettingSpec("x.y", 1, "X", "Count", "A count.", minimum=0)
    assert option.check(10**9) == 10**9
    with pytest.raises(ValueError, match="between 0 and inf"):
        option.check(-1)


def test_unknown_and_invalid_settings_are_named_and_ignored(path):
    values = {"ui.theme": "pink", "gone.setting": 1, "train.trials": 7}
    path.write_text(json.dumps({"format": FORMAT, "values": values}), "utf-8")
    settings = Settings.load(path)
    assert set(settings.ignored) == {"ui.theme", "gone.setting"}
    assert settings["train.trials"] == 7


@pytest.mark.parametrize(
    "text", ["", "[]", '{"format": 1}', '{"format": "x", "values": {}}', "{}", '{"format": 1e999, "values": {}}',
             '{"format": -1, "values": {}}', "\0" * 20, "[" * 100_000, '{"a":' * 100_000]
)  # fmt: skip
def test_a_file_that_is_no_settings_file_is_set_aside(path, text):
    path.write_text(text, "utf-8")
    settings = Settings.load(path)
    settings["train.trials"] = 7
    assert Settings.load(path)["train.trials"] == 7
    (aside,) = found(path.parent)
    assert aside.read_text("utf-8") == text


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.symlink_to("/dev/zero"),
        lambda path: os.mkfifo(path),
        lambda path: path.mkdir(),
        lambda path: (path.touch(), os.truncate(path, 2**30)),
    ],
    ids=["device", "pipe", "folder", "sparse"],
)
def test_what_is_no_regular_file_is_set_aside(path, make):
    make(path)
    assert Settings.load(path)["ui.theme"] == "system"
    assert not path.exists()
    assert len(found(path.parent)) == 1


def test_a_byte_order_mark_is_read_over(path):
    path.write_text(json.dumps({"format": FORMAT, "values": {"train.trials": 7}}), "utf-8-sig")
    assert Settings.load(path)["train.trials"] == 7
    assert found(path.parent) == []


def test_settings_of_a_newer_version_are_refused(path):
    path.write_text(json.dumps({"format": FORMAT + 1, "values": {}}), "utf-8")
    with pytest.raises(AppError) as caught:
        Settings.load(path)
    assert caught.value.problem.code == "settings-newer"


def test_old_settings_are_upgraded_step_by_step(path, monkeypatch):
    monkeypatch.setitem(settings_module.UPGRADES, FORMAT - 1, lambda values: {"ui.theme": values["theme"]})
    path.write_text(json.dumps({"format": FORMAT - 1, "values": {"theme": "dark"}}), "utf-8")
    assert Settings.load(path)["ui.theme"] == "dark"


def test_without_space_a_value_applies_until_the_end_where_that_is_reported(small_disk):
    settings = Settings(small_disk / "settings.json")
    settings["ui.theme"] = "dark"
    filler = fill(small_disk)
    with pytest.raises(AppError) as caught:
        settings["ui.theme"] = "light"
    assert caught.value.problem.code == "no-space"
    assert settings["ui.theme"] == "dark"
    problems, changed = [], []
    settings.on_unsaved = problems.append
    settings.watch(changed.append)
    settings["ui.theme"] = "light"
    settings["play.volume"] = 3
    assert [problem.code for problem in problems] == ["no-space", "no-space"]
    assert (settings["ui.theme"], settings["play.volume"]) == ("light", 3)
    assert changed == ["ui.theme", "play.volume"]
    assert Settings.load(settings.path)["ui.theme"] == "dark"
    filler.unlink()
    settings["ui.text_scale"] = 120
    assert settings.problem is None
    assert Settings.load(settings.path)["ui.theme"] == "light"
    assert Settings.load(settings.path)["play.volume"] == 3


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(AppError) as caught:
        Settings(tmp_path / "file" / "settings.json")["ui.theme"] = "dark"
    assert caught.value.problem.code == "settings-not-saved"
