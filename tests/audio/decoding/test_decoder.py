"""Decoding equals librosa, streams with bounded memory, and says what is missing."""

from __future__ import annotations

import io
import struct
from contextlib import contextmanager
from pathlib import Path

import librosa
import mutagen
import mutagen.id3
import numpy as np
import psutil
import pytest
import soundfile

from genre_desktop.audio.decoding import decoder as decoder_module
from genre_desktop.audio.decoding.container import Reader
from genre_desktop.audio.decoding.decoder import SAMPLE_RATE, Decoder, probe, read
from genre_desktop.audio.decoding.packets import PacketReader
from genre_desktop.core.errors import AppError, Cancelled
from tests.fixtures.shared_data import shared_data
from tools.synthetic_audio import CODECS, music, truncate, write

# librosa imports a reader of its own that Python 3.11 warns about
pytestmark = pytest.mark.filterwarnings("ignore:.*slated for removal in Python 3.13:DeprecationWarning")


def loaded(path: Path) -> np.ndarray:
    samples, _ = librosa.load(path, sr=SAMPLE_RATE, mono=True)
    return samples


RATES = [8_000, 22_050, 44_100, 48_000, 96_000, 192_000]


@pytest.mark.parametrize(
    ("suffix", "rate"),
    [(".wav", rate) for rate in RATES] + [(".mp3", rate) for rate in RATES if rate <= 48_000],
)
def test_equals_librosa_at_every_rate(tmp_path: Path, suffix: str, rate: int) -> None:
    path = write(tmp_path / f"x{suffix}", music(2.5, rate), rate)
    expected = loaded(path)
    found = read(path).samples
    assert found.shape == expected.shape
    assert np.abs(found - expected).max() < 1e-5


@pytest.mark.parametrize(
    ("name", "subtype", "channels"),
    [
        ("x.wav", "PCM_U8", 2),
        ("x.wav", "PCM_24", 2),
        ("x.wav", "PCM_32", 1),
        ("x.wav", "FLOAT", 2),
        ("x.wav", "DOUBLE", 2),
        ("x.wav", "ULAW", 1),
        ("x.wav", "PCM_16", 6),
        ("x.flac", "PCM_24", 8),
        ("x.flac", "PCM_16", 1),
        ("x.aiff", "PCM_16", 2),
        ("x.ogg", "VORBIS", 2),
        ("x.opus", None, 2),
    ],
)
def test_equals_librosa_in_every_sample_type(
    tmp_path: Path, name: str, subtype: str | None, channels: int
) -> None:
    path = write(tmp_path / name, music(2.0, 48_000, channels), 48_000, subtype=subtype)
    expected = loaded(path)
    found = read(path).samples
    assert found.dtype == np.float32
    assert found.shape == expected.shape
    assert np.abs(found - expected).max() < 1e-5


@pytest.mark.shared_data
def test_equals_librosa_on_real_music() -> None:
    for path in (
        shared_data("gtzan_mini", "rock", "rock.00003.flac"),
        min(shared_data("real_world").glob("*/*.ogg")),
    ):
        expected = loaded(path)
        found = read(path)
        assert np.abs(found.samples - expected).max() < 1e-5
        assert found.warnings == ()


@pytest.mark.parametrize("suffix", sorted(CODECS))
def test_lossy_containers_keep_the_music(tmp_path: Path, suffix: str) -> None:
    signal = music(4.0)
    path = write(tmp_path / f"x{suffix}", signal, video=suffix in (".mp4", ".mkv", ".avi"))
    sound = read(path)
    original = read(write(tmp_path / "original.wav", signal)).samples
    assert sound.duration_s == pytest.approx(4.0, abs=0.1)
    assert sound.warnings == ()
    assert best_correlation(original, sound.samples) > 0.9  # the beat is noise, which codecs coarsen


def best_correlation(a: np.ndarray, b: np.ndarray, reach: int = 2500) -> float:
    """Highest correlation over shifts: codecs may begin with some padding."""
    size = min(a.size, b.size) - 2 * reach
    middle = a[reach : reach + size]
    return max(np.corrcoef(middle, b[k : k + size])[0, 1] for k in range(0, 2 * reach, 5))


def test_blocks_join_to_the_whole_and_have_the_asked_length(tmp_path: Path) -> None:
    path = write(tmp_path / "x.flac", music(7.3))
    with Decoder(path) as decoder:
        blocks = list(decoder.blocks(2.0))
    assert [block.size for block in blocks] == [44_100, 44_100, 44_100, int(np.ceil(1.3 * 22_050))]
    assert np.array_equal(np.concatenate(blocks), read(path).samples)


def test_other_sample_rates_can_be_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path / "x.wav", music(1.0))
    with Decoder(path, sample_rate=16_000) as decoder:
        assert sum(block.size for block in decoder.blocks()) == 16_000


@pytest.mark.parametrize("suffix", [".m4a", ".opus", ".wma"])
def test_an_excerpt_is_a_slice_of_the_whole(tmp_path: Path, suffix: str) -> None:
    path = write(tmp_path / f"x{suffix}", music(5.0))
    whole = read(path)
    part = read(path, start_s=2.2, length_s=1.5)
    start = round(2.2 * SAMPLE_RATE)
    assert np.array_equal(part.samples, whole.samples[start : start + round(1.5 * SAMPLE_RATE)])
    assert part.clip_hash == whole.clip_hash
    assert part.duration_s == pytest.approx(whole.duration_s, abs=0.1)


@pytest.mark.parametrize("suffix", [".wav", ".aiff", ".flac", ".mp3", ".ogg"])
@pytest.mark.parametrize("start_s", [5.25, 33.3])
def test_an_excerpt_is_found_without_decoding_what_is_before_it(
    tmp_path: Path, suffix: str, start_s: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / f"x{suffix}", music(40.0))
    whole = read(path)
    decoded: list[float] = []
    frames = PacketReader.frames
    monkeypatch.setattr(
        PacketReader, "frames", lambda reader: (decoded.append(f.samples) or f for f in frames(reader))
    )
    part = read(path, start_s=start_s, length_s=1.0)
    start = round(start_s * SAMPLE_RATE)
    assert np.abs(part.samples - whole.samples[start : start + SAMPLE_RATE]).max() < 1e-6
    assert part.clip_hash == whole.clip_hash
    assert part.duration_s == pytest.approx(40.0, abs=0.05)
    assert part.warnings == whole.warnings == ()
    assert sum(decoded) < 6 * 44_100


def test_an_excerpt_is_found_where_vorbis_gives_frames_a_wrong_time(tmp_path: Path) -> None:
    signal = music(30.0)
    signal[np.arange(len(signal)) // 2203 % 2 == 0] = 0  # the length of the blocks changes all the time
    path = write(tmp_path / "x.ogg", signal)
    whole = read(path).samples
    for start_s in np.arange(3.0, 28.0, 1.0):
        part = read(path, start_s=start_s, length_s=0.5).samples
        start = round(start_s * SAMPLE_RATE)
        assert np.abs(part - whole[start : start + len(part)]).max() < 2e-6, start_s


def test_an_excerpt_far_into_a_long_file_of_any_codec_jumps_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoder_module, "_EXACT_UP_TO_S", 1.0)
    path = write(tmp_path / "x.m4a", music(8.0))
    whole = read(path).samples
    part = read(path, start_s=5.25, length_s=1.0)
    start = round(5.25 * SAMPLE_RATE)
    assert best_correlation(part.samples, whole[start : start + SAMPLE_RATE], 200) > 0.99
    assert part.duration_s == pytest.approx(8.0, abs=0.05)


def test_an_excerpt_behind_the_end_is_empty(tmp_path: Path) -> None:
    path = write(tmp_path / "x.wav", music(1.0))
    assert read(path, start_s=3.0, length_s=1.0).samples.size == 0
    assert read(path, start_s=5000.0, length_s=1.0).samples.size == 0
    assert read(path, start_s=0.5, length_s=9.0).samples.size == 11_025


@pytest.mark.parametrize(
    "name", ["x.wav", "x.flac", "x.aiff", "x.mp3", "x.ogg", "x.opus", "x.webm", "x.mkv", "x.wma"]
)
def test_a_truncated_file_is_read_as_far_as_it_goes_and_says_so(tmp_path: Path, name: str) -> None:
    path = truncate(write(tmp_path / name, music(8.0)), 0.6)
    sound = read(path)
    assert 3.0 < sound.duration_s < 5.5
    assert sound.samples.size == pytest.approx(sound.duration_s * SAMPLE_RATE, abs=2)
    assert len(sound.warnings) == 1
    assert sound.warnings[0].startswith(f"The file is truncated: {sound.duration_s:.1f} s")
    if name not in ("x.ogg", "x.opus"):  # Ogg does not say how long it should have been
        assert " of 8.0 s" in sound.warnings[0] or " of 7.9 s" in sound.warnings[0]


def test_a_truncated_mp4_says_how_much_was_read(tmp_path: Path) -> None:
    path = truncate(write(tmp_path / "x.m4a", music(8.0), options={"movflags": "faststart"}), 0.6)
    assert " s of 8.0 s could be read" in read(path).warnings[0]


def test_an_mp3_without_an_index_is_not_called_truncated(tmp_path: Path) -> None:
    path = write(tmp_path / "x.mp3", options={"write_xing": "0"})
    assert read(path).warnings == ()


def test_damage_in_the_middle_is_skipped_and_reported(tmp_path: Path) -> None:
    path = write(tmp_path / "x.m4a", music(8.0))
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 3000] = bytes(range(250)) * 12
    path.write_bytes(bytes(data))
    sound = read(path)
    assert sound.duration_s > 7.0
    assert len(sound.warnings) == 1
    assert "damaged" in sound.warnings[0]


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_samples_that_are_no_numbers_are_refused(tmp_path: Path, bad: float) -> None:
    signal = music(2.0)
    signal[44_100, 1] = bad
    path = write(tmp_path / "x.wav", signal, subtype="FLOAT")
    with pytest.raises(AppError) as caught:
        read(path)
    assert caught.value.problem.code == "non-finite"
    assert "1.00 s" in caught.value.problem.reason


def test_a_double_beyond_float32_counts_as_not_finite(tmp_path: Path) -> None:
    path = write(tmp_path / "x.wav", music(0.5), subtype="DOUBLE")
    data = bytearray(path.read_bytes())
    data[-8:] = struct.pack("<d", 1e300)
    path.write_bytes(bytes(data))
    with pytest.raises(AppError, match="not numbers"):
        read(path)


def test_cancelling_stops_between_packets(tmp_path: Path) -> None:
    path = write(tmp_path / "x.flac", music(10.0))
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > 20

    with Decoder(path, cancelled=cancelled) as decoder, pytest.raises(Cancelled):
        list(decoder.blocks())
    assert asked == 21
    asked = -10_000
    read(path, cancelled=cancelled)
    assert asked + 10_000 > 10 * 5, "asked at least five times for each second of sound"


@pytest.mark.parametrize("name", ["x.mp3", "x.flac", "x.ogg", "x.opus", "x.m4a", "x.wav", "x.aiff", "x.wma"])
def test_the_hash_survives_edited_tags_and_other_names(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, music(2.0))
    before = read(path).clip_hash
    moved = path.rename(tmp_path / "another name.bin")
    retag(moved)
    assert probe(moved).title == "A new title"
    assert read(moved).clip_hash == before
    assert len(before) == 32


def retag(path: Path) -> None:
    file = mutagen.File(path)
    if file.tags is None:
        file.add_tags()
    if isinstance(file.tags, mutagen.id3.ID3):
        file.tags.add(mutagen.id3.TIT2(encoding=3, text="A new title"))
        file.tags.add(mutagen.id3.COMM(encoding=3, text="long " * 5000))
    else:
        file["©nam" if "audio/mp4" in file.mime else "title"] = "A new title"
    file.save()


def test_different_sound_has_a_different_hash(tmp_path: Path) -> None:
    one = write(tmp_path / "one.wav", music(1.0, seed=1))
    two = write(tmp_path / "two.wav", music(1.0, seed=2))
    assert read(one).clip_hash != read(two).clip_hash


def test_probe_reads_tags_and_distinguishes_cover_art_from_video(tmp_path: Path) -> None:
    tagged = write(tmp_path / "x.mp3", tags={"title": "Song ☀", "artist": "Band", "album": "Disc"})
    file = mutagen.File(tagged)
    file.tags.add(mutagen.id3.APIC(encoding=3, mime="image/png", type=3, desc="Cover", data=png()))
    file.save()
    info = probe(tagged)
    assert (info.title, info.artist, info.album) == ("Song ☀", "Band", "Disc")
    assert (info.container, info.sample_rate, info.channels, info.has_video) == ("mp3", 44_100, 2, False)
    assert info.duration_s == pytest.approx(6.0, abs=0.1)
    assert read(tagged).warnings == ()
    assert probe(write(tmp_path / "x.mp4", video=True)).has_video


def png() -> bytes:
    """A black square, the smallest picture that decoders accept."""
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\0" * 24) * 8)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("rate", "channels"), [(48_000, 2), (44_100, 1), (44_100, 2)])
def test_joined_files_are_read_through_a_change_of_format(tmp_path: Path, rate: int, channels: int) -> None:
    one = write(tmp_path / "one.mp3", music(2.0))
    two = write(tmp_path / "two.mp3", music(2.0, rate, channels), rate)
    joined = tmp_path / "joined.mp3"
    joined.write_bytes(one.read_bytes() + two.read_bytes())
    assert read(joined).duration_s == pytest.approx(4.0, abs=0.1)


def test_an_ogg_chain_that_changes_format_says_where_reading_stopped(tmp_path: Path) -> None:
    one = write(tmp_path / "one.ogg", music(2.0))
    two = write(tmp_path / "two.ogg", music(2.0, 48_000), 48_000)
    chained = tmp_path / "chained.ogg"
    chained.write_bytes(one.read_bytes() + two.read_bytes())
    assert read(chained).warnings == (
        "Reading stopped after 2.0 s, because the rest is damaged or changes its format.",
    )


def test_a_disk_that_goes_away_while_reading_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = write(tmp_path / "x.wav", music(20.0)).read_bytes()

    class Unplugged(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > 1_000_000:
                raise OSError(5, "Input/output error")
            return super().read(size)

    @contextmanager
    def open_file(_path: object):
        yield Reader(Unplugged(data))

    monkeypatch.setattr(decoder_module, "open_file", open_file)
    with pytest.raises(AppError) as caught:
        read(tmp_path / "x.wav")
    assert caught.value.problem.code == "unreadable-file"
    assert "Input/output error" in caught.value.problem.reason


def test_an_hour_passes_through_a_few_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    size = 3600 * 8000
    with path.open("wb") as file:
        file.write(b"RIFF" + struct.pack("<I", 36 + size) + b"WAVEfmt ")
        file.write(struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8) + b"data" + struct.pack("<I", size))
        file.truncate(44 + size)  # a hole: takes no room on most disks
    process = psutil.Process()
    read(write(tmp_path / "short.wav"))  # libraries loaded
    before = highest = process.memory_info().rss
    with Decoder(path) as decoder:
        for _ in decoder.blocks(60.0):
            highest = max(highest, process.memory_info().rss)
    assert decoder.duration_s == 3600
    assert highest - before < 60 * 2**20, "the whole would take 320 MB"


def test_soundfile_agrees_on_length(tmp_path: Path) -> None:
    path = write(tmp_path / "x.flac", music(3.21, 48_000), 48_000)
    assert read(path).duration_s == pytest.approx(soundfile.info(path).duration, abs=1e-6)
