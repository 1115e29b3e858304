"""What the pages of an Ogg file say about parts that are lost: a hole is one thing, a recording of the radio another."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable
from pathlib import Path

import pytest

from genre_desktop.audio.decoding import container
from genre_desktop.audio.decoding import ogg_pages as reading
from genre_desktop.audio.decoding.container import Reader
from genre_desktop.audio.decoding.decoder import read
from genre_desktop.audio.decoding.ogg_pages import LAST, Loss, checksum, last_page, loss, pages
from genre_desktop.core.errors import Cancelled
from tools.damage import ogg_pages
from tools.synthetic_audio import music, write

SAMPLES = 8 * 48_000


@pytest.fixture(params=["song.ogg", "song.opus"])
def parts(request: pytest.FixtureRequest, tmp_path: Path) -> list[bytes]:
    """The pages of a song of eight seconds."""
    signal = music(8.0, 48_000)
    path = write(tmp_path / request.param, signal, 48_000)
    return list(ogg_pages(path.read_bytes()))


def opened(parts: Iterable[bytes]) -> Reader:
    return Reader(io.BytesIO(b"".join(parts)))


def changed(page: bytes, *, number: int = 0, granule: int = 0, serial: int = 0, flags: int = 0) -> bytes:
    """A page with its numbers increased, and a serial number if one is given."""
    fields = list(struct.unpack_from("<4sBBqII", page))
    fields[2] &= ~flags
    fields[3] += granule
    fields[4] = serial or fields[4]
    fields[5] += number
    blank = struct.pack("<4sBBqII", *fields) + bytes(4) + page[26:]
    return blank[:22] + struct.pack("<I", checksum(blank)) + blank[26:]


def heard(tmp_path: Path, parts: Iterable[bytes]) -> tuple[str, ...]:
    path = tmp_path / "changed"
    path.write_bytes(b"".join(parts))
    return read(path).warnings


def test_all_pages_are_found_with_their_numbers(parts: list[bytes]) -> None:
    found = list(pages(opened(parts)))
    assert [page.number for page in found] == list(range(len(parts)))
    assert {page.skipped for page in found} == {0}
    last = last_page(opened(parts))
    assert last is not None
    assert last.flags & LAST
    assert last.granule == pytest.approx(SAMPLES, abs=400)


@pytest.mark.parametrize("size", [1, 4_096, 300_000])
def test_other_bytes_between_pages_are_counted(parts: list[bytes], size: int) -> None:
    found = list(pages(opened([*parts[:3], b"x" * size, *parts[3:]])))
    assert [page.skipped for page in found[:5]] == [0, 0, 0, size, 0]


def test_a_damaged_page_is_no_page(parts: list[bytes]) -> None:
    for at in (0, 5, 20, 26, 27, 100):
        page = bytearray(parts[3])
        page[at] ^= 1
        found = [page.number for page in pages(opened([*parts[:3], page, *parts[4:]]))]
        assert found == [number for number in range(len(parts)) if number != 3]


def test_searching_can_be_cancelled(parts: list[bytes]) -> None:
    with pytest.raises(Cancelled):
        list(pages(opened(parts), lambda: True))


def test_nothing_is_lost_of_a_whole_file_or_a_chain(tmp_path: Path, parts: list[bytes]) -> None:
    others = [changed(page, serial=77) for page in parts]
    for whole in (parts, [*parts, *parts], [*parts, *others, *parts]):
        assert loss(opened(whole), 0) is None
        assert heard(tmp_path, whole) == ()


@pytest.mark.parametrize("gone", [2, 3, 4, -3, -2])
def test_a_lost_page_is_known_with_and_without_its_bytes(
    tmp_path: Path, parts: list[bytes], gone: int
) -> None:
    before, after = parts[:gone], parts[gone:][1:]
    for number, rest in enumerate(([], [b"\0" * len(parts[gone])])):
        found = loss(opened([*before, *rest, *after]), 0)
        assert found == Loss(pytest.approx(SAMPLES, abs=400), number)
        (text,) = heard(tmp_path, [*before, *rest, *after])
        assert text.startswith("The file is damaged: ")
        assert text.endswith(" s of 8.0 s could be read.")


def test_a_page_lost_in_any_part_of_a_chain_is_known(tmp_path: Path, parts: list[bytes]) -> None:
    others = [changed(page, serial=77) for page in parts]
    for chain in ([*parts[:3], *parts[4:], *others], [*parts, *others[:3], *others[4:]]):
        (text,) = heard(tmp_path, chain)
        assert text.endswith(" s of 16.0 s could be read.")


def test_a_recording_of_the_radio_begins_in_the_middle(tmp_path: Path, parts: list[bytes]) -> None:
    """The station has sent for an hour; the recorder has the headers, and pages from some number on."""
    hour = 3600 * 48_000
    radio = [*parts[:2], *(changed(page, number=4000, granule=hour) for page in parts[2:])]
    assert loss(opened(radio), hour) is None
    assert heard(tmp_path, radio) == ()
    assert heard(tmp_path, [*radio, *parts]) == ()
    assert heard(tmp_path, [*parts, *radio]) == ()
    (text,) = heard(tmp_path, [*radio[:4], *radio[5:]])
    assert text.endswith(" s of 8.0 s could be read.")


def test_a_pause_between_pages_that_are_all_there_is_no_damage(tmp_path: Path, parts: list[bytes]) -> None:
    paused = [*parts[:4], *(changed(page, granule=5 * 48_000) for page in parts[4:])]
    assert loss(opened(paused), 0) is None
    assert heard(tmp_path, paused) == ()


def test_a_stream_whose_beginning_is_lost_counts_from_zero(parts: list[bytes]) -> None:
    others = [changed(page, serial=77) for page in parts]
    found = loss(opened([*parts, *others[3:]]), 0)
    assert found == Loss(pytest.approx(2 * SAMPLES, abs=800), 0)


def test_two_streams_of_sound_at_the_same_time_are_not_judged(parts: list[bytes]) -> None:
    others = [changed(page, serial=77) for page in parts]
    both = [page for pair in zip(parts, others, strict=True) for page in pair]
    assert loss(opened([*both[:8], *both[10:]]), 0) is None


def test_other_streams_are_left_out(parts: list[bytes]) -> None:
    """A picture beside the sound."""
    body = b"\x80theora" + bytes(35)
    first = changed(parts[0][:26] + b"\1" + bytes([len(body)]) + body, serial=77)
    more = changed(parts[3], serial=77, number=50)
    assert loss(opened([parts[0], first, *parts[1:4], more, *parts[4:]]), 0) is None


def test_pages_of_a_long_file_are_read_to_its_end_but_no_endless_zeros(
    parts: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = b"".join(parts * 5)
    monkeypatch.setattr(container, "MOST_BYTES", 200_000)
    monkeypatch.setattr(reading, "_CHUNK", 1 << 14)
    assert len(whole) > 400_000
    assert len(list(pages(Reader(io.BytesIO(whole))))) == len(parts) * 5
    tail = Reader(io.BytesIO(whole + bytes(1_000_000)))
    assert len(list(pages(tail))) == len(parts) * 5
    assert tail.filled
