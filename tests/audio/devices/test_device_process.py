"""Processes that own a device: messages arrive whole and in order, and nothing that hangs is left behind."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import psutil
import pytest

from genre_desktop.audio.devices.device_process import DeviceChannel, DeviceProcess, call
from genre_desktop.core.errors import AppError, Problem
from tests.fixtures.leak_check import children

HANGING = """
import sys
from genre_desktop.audio.devices.device_process import DeviceProcess
from tests.audio.devices import test_device_process
if __name__ == "__main__":
    process = DeviceProcess(test_device_process.send_pid_and_hang)
    print(process.receive(), flush=True)
    sys.stdin.read()
"""


def forty_two() -> int:
    return 42


def raise_app_error() -> None:
    raise AppError("no-input-device")


def raise_drivers_error() -> None:
    raise ConnectionResetError("driver bug")


def die() -> None:
    os._exit(3)


def hang() -> None:
    threading.Event().wait()


def send_pid_and_hang(channel: DeviceChannel) -> None:
    channel.send(os.getpid())
    hang()


def echo(channel: DeviceChannel) -> None:
    while (message := channel.inbox.get()) is not None:
        channel.send(message)


def test_a_task_answers_from_another_process() -> None:
    assert call(forty_two) == 42
    assert call(os.getpid) != os.getpid()


def test_errors_of_a_task_are_raised_here() -> None:
    with pytest.raises(AppError) as caught:
        call(raise_app_error)
    assert caught.value.problem == Problem("no-input-device")
    with pytest.raises(RuntimeError, match="ConnectionResetError: driver bug"):
        call(raise_drivers_error)


def test_a_process_that_dies_has_no_answer() -> None:
    assert call(die) is None


def test_a_task_that_hangs_is_ended_with_its_process() -> None:
    assert call(hang, timeout_s=0.2) is None
    assert children() == []


def test_messages_arrive_whole_and_in_order_in_both_directions() -> None:
    process = DeviceProcess(echo)
    received: list[object] = []
    ended = threading.Event()
    process.follow(received.append, ended.set)
    sent = [(number, bytes(number)) for number in range(2000)]
    for message in sent:
        process.send(message)
    process.end()
    assert ended.is_set()
    assert received == sent
    process.send("too late")
    process.end()


def test_ending_does_not_wait_for_a_task_that_hangs() -> None:
    process = DeviceProcess(send_pid_and_hang)
    child = psutil.Process(process.receive())
    ended = threading.Event()
    process.follow(lambda message: None, ended.set)
    process.end()
    assert ended.is_set()
    assert not child.is_running()


def test_a_process_does_not_outlive_a_parent_that_is_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HANGING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        assert child.is_running()
        parent.kill()
    gone, _ = psutil.wait_procs([child], timeout=30)
    assert gone or child.status() == psutil.STATUS_ZOMBIE


def test_a_driver_that_prints_does_not_disturb_the_parents_output(capfd: pytest.CaptureFixture[str]) -> None:
    assert call(print_and_count) == 2
    assert capfd.readouterr() == ("", "")


def print_and_count() -> int:
    os.write(1, b"Expression 'err' failed\n")
    os.write(2, b"Expression 'err' failed\n")
    return 2
