from __future__ import annotations

import subprocess
import sys

import pytest

from genre_desktop.core.own_files.in_use import UseLock

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="nothing is locked there")


def test_one_is_alone_only_while_there_is_no_user(tmp_path):
    first, second, third = (UseLock(tmp_path / "store.db") for _ in range(3))
    first.share()
    second.share()
    with third.alone() as alone:
        assert not alone
    first.release()
    second.release()
    with third.alone() as alone:
        assert alone


def test_a_process_that_is_killed_is_no_user_any_more(tmp_path):
    program = (
        "import sys; from pathlib import Path; from genre_desktop.core.own_files.in_use import UseLock\n"
    )
    program += "lock = UseLock(Path(sys.argv[1])); lock.share(); print(1, flush=True); sys.stdin.read()"
    arguments = [sys.executable, "-c", program, str(tmp_path / "store.db")]
    lock = UseLock(tmp_path / "store.db")
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as user:
        user.stdout.readline()
        with lock.alone() as alone:
            assert not alone
        user.kill()
        user.wait()
    with lock.alone() as alone:
        assert alone
