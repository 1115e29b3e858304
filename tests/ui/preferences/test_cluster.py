"""The Cluster page of the preferences, with a real job that asks real schedulers."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit

from genre_desktop.jobs.cluster.address import VARIABLE
from genre_desktop.jobs.cluster.contract import resource
from genre_desktop.ui.preferences.cluster import PAGE, ClusterSection
from genre_desktop.ui.preferences.dialog import Preferences
from genre_desktop.ui.preferences.special_controls import FilePath
from tests.fixtures.certificates import Certificates, certificates
from tests.fixtures.dask_cluster import free_port, plain_worker, scheduler
from tests.ui.conftest import Desk

__all__ = ["certificates"]

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def section(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> ClusterSection:
    monkeypatch.delenv(VARIABLE, raising=False)
    dialog = Preferences.open_for(desk.window, desk.window.context, PAGE)
    found = dialog.sections[PAGE]
    assert isinstance(found, ClusterSection)
    return found


def result_of(desk: Desk, section: ClusterSection) -> tuple[str, str]:
    """Click on the button, and return title and text of the result."""
    desk.bot.mouseClick(section.test, LEFT)
    assert not section.test.isEnabled()
    desk.until(section.result.isVisible)
    assert section.test.isEnabled()
    return section.result.accessibleName(), section.result.accessibleDescription()


def test_without_a_cluster_everything_runs_here(desk: Desk, section: ClusterSection) -> None:
    desk.bot.mouseClick(section.test, LEFT)
    assert "all work runs on this computer" in section.result.accessibleName()
    assert not desk.window.context.jobs.jobs


def test_an_address_that_is_being_typed_is_tested(desk: Desk, section: ClusterSection) -> None:
    field = section.rows["cluster.address"].control.editor
    field.setFocus()
    desk.bot.keyClicks(field, f"127.0.0.1:{free_port()}")
    title, text = result_of(desk, section)
    assert title == "The cluster cannot be reached"
    assert "connection refused" in text
    assert desk.window.context.settings["cluster.address"] in text
    desk.window.context.settings["cluster.insecure"] = True
    assert section.result.isHidden()  # it was about other settings


def test_a_cluster_that_works(
    desk: Desk, section: ClusterSection, tmp_path: Path, certificates: Certificates
) -> None:
    pytest.importorskip("distributed", reason="the extra cluster is not installed")
    settings = desk.window.context.settings
    with (
        scheduler(tmp_path, certificates) as running,
        plain_worker(running, "--resources", f"{resource()}=1"),
    ):
        running.workers(at_least=1)
        settings["cluster.address"] = running.address
        for key in ("ca_file", "certificate", "key"):
            settings[f"cluster.{key}"] = getattr(certificates, key)
        assert result_of(desk, section) == ("The cluster can be used", "1 worker is compatible.")


def test_the_page_says_what_a_cluster_is_trusted_with(section: ClusterSection) -> None:
    texts = " ".join(each.text() for each in section.findChildren(QLabel))
    assert "Files that you open in the window are analysed on this computer." in texts
    assert "executes any code that it is sent" in texts


def test_a_certificate_is_chosen(
    desk: Desk, section: ClusterSection, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    control = section.rows["cluster.key"].control
    assert isinstance(control, FilePath)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "key.pem"), ""))
    desk.bot.mouseClick(control.choose, LEFT, pos=QPoint(8, 8))
    assert desk.window.context.settings["cluster.key"] == str(tmp_path / "key.pem")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    desk.bot.mouseClick(control.choose, LEFT, pos=QPoint(8, 8))
    assert isinstance(control.editor, QLineEdit)
    assert control.editor.text() == str(tmp_path / "key.pem")


def test_a_test_that_runs_is_shown_when_the_dialog_opens_again(desk: Desk, section: ClusterSection) -> None:
    desk.window.context.settings["cluster.address"] = f"127.0.0.1:{free_port()}"
    desk.bot.mouseClick(section.test, LEFT)
    desk.until(lambda: bool(desk.window.context.jobs.running()))
    dialog = section.window()
    desk.bot.keyClick(dialog, Qt.Key.Key_Escape)
    again = Preferences.open_for(desk.window, desk.window.context, PAGE).sections[PAGE]
    assert isinstance(again, ClusterSection)
    assert not again.test.isEnabled()
    desk.until(again.result.isVisible)
    assert again.test.isEnabled()
