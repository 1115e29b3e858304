from __future__ import annotations

import os
import random

from genre_desktop.audio.visited_folders import VisitedFolders


def status(inode: int, device: int) -> os.stat_result:
    return os.stat_result((0, inode, device, 0, 0, 0, 0, 0, 0, 0))


def test_each_folder_is_new_once() -> None:
    generator = random.Random(1)
    numbers = [generator.getrandbits(64) for _ in range(5000)]
    visited = VisitedFolders()
    assert all(visited.add(status(number, 1)) for number in numbers)
    assert not any(visited.add(status(number, 1)) for number in reversed(numbers))
    assert visited.add(status(numbers[0], 2))
