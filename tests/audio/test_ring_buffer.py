"""The ring gives every reader every frame once, or says what it lost."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from genre_desktop.audio.ring_buffer import RingBuffer


def numbered(start: int, count: int) -> np.ndarray:
    return np.arange(start, start + count, dtype=np.float32)[:, None] * np.ones((1, 2), np.float32)


@given(st.lists(st.integers(0, 60), max_size=60), st.integers(1, 7))
def test_a_reader_that_keeps_up_gets_everything_in_order(sizes: list[int], every: int) -> None:
    ring = RingBuffer(1000, 2, 0.42)
    cursor, read, written = 0, [], 0
    for turn, size in enumerate(sizes):
        ring.write(numbered(written, size))
        written += size
        if turn % every == 0:
            chunk = ring.read(cursor)
            if chunk.lost == 0:
                read += chunk.frames[:, 1].tolist()
                assert read == list(range(written))
            cursor = chunk.cursor
            read = list(range(written))


@given(st.integers(0, 2000), st.integers(1, 400))
def test_a_late_reader_gets_the_newest_and_is_reported_the_loss(total: int, size: int) -> None:
    ring = RingBuffer(1000, 1, 0.5)
    for start in range(0, total, size):
        ring.write(numbered(start, min(size, total - start))[:, :1])
    chunk = ring.read(0)
    assert chunk.cursor == ring.written == total
    assert chunk.lost + len(chunk.frames) == total
    assert len(chunk.frames) == min(total, 500)
    assert chunk.frames[:, 0].tolist() == list(range(chunk.lost, total))


def test_what_was_read_does_not_change_when_the_ring_turns() -> None:
    ring = RingBuffer(100, 1, 1.0)
    ring.write(numbered(0, 50)[:, :1])
    chunk = ring.read(0)
    before = chunk.frames.copy()
    ring.write(numbered(50, 200)[:, :1])
    assert np.array_equal(chunk.frames, before)


def test_going_back_stops_at_the_oldest_frame() -> None:
    ring = RingBuffer(100, 1, 1.0)
    ring.write(numbered(0, 30)[:, :1])
    assert ring.back(10.0) == 0
    ring.write(numbered(30, 100)[:, :1])
    assert ring.back(0.5) == 80
    assert len(ring.read(ring.back(1.0)).frames) == 100
