"""A second of synthetic music in each format, with tags."""

from __future__ import annotations

import struct
import tempfile
import zlib
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import av
import numpy as np
import soundfile

from tools import synthetic_audio

RATE = 48_000
SECONDS = 0.6

_BY_LIBSNDFILE = (
    "wav", "wav24", "flac", "ogg", "aiff", "au", "caf", "w64", "rf64", "mp3vbr",
)  # fmt: skip
_BY_FFMPEG = {
    "mp3": "libmp3lame", "m4a": "aac", "aac": "aac", "opus": "libopus", "webm": "libopus", "mkv": "aac", "wma": "wmav2",
    "mp4": "aac", "avi": "libmp3lame", "wv": "wavpack", "tta": "tta", "alac.m4a": "alac", "ac3": "ac3", "mp2": "mp2",
    "mka": "flac", "mov": "pcm_s16be", "ts": "mp2", "adpcm.wav": "adpcm_ima_wav", "oga": "flac", "amr": "libopencore_amrnb",
}  # fmt: skip
_WITH_PICTURES = frozenset({"mp4", "avi"})


@cache
def sounds() -> dict[str, bytes]:
    """Return a file of each format, without tags but for those that the encoder writes."""
    with tempfile.TemporaryDirectory() as folder:
        made = {path.name: path.read_bytes() for path in _written(Path(folder))}
    made["ape-header.ape"] = _ape_header()
    return made


@cache
def tagged() -> dict[str, bytes]:
    """Return files with ID3v2.3, ID3v2.4, APEv2, Vorbis comments and MP4 atoms, with cover art."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, data in sounds().items():
            path = Path(folder) / name
            path.write_bytes(data)
            if _tag(path):
                found[f"tagged-{name}"] = path.read_bytes()
        mp3 = Path(folder) / "mp3.mp3"
        for version in (3, 4):
            mp3.write_bytes(sounds()["mp3.mp3"])
            _id3(mp3, version)
            found[f"id3v2{version}.mp3"] = mp3.read_bytes()
        mp3.write_bytes(sounds()["mp3.mp3"])
        _ape(mp3)
        found["apev2.mp3"] = mp3.read_bytes()
    return found


@cache
def songs() -> dict[str, bytes]:
    """Return files that are long enough for an answer, 6 s, in five formats."""
    signal = synthetic_audio.music(6.0, RATE)
    with tempfile.TemporaryDirectory() as folder:
        for suffix in ("mp3", "m4a", "opus", "wma"):
            synthetic_audio.write(Path(folder) / f"song.{suffix}", signal, RATE)
        soundfile.write(Path(folder) / "song.ogg", signal, RATE)
        return {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}


def _written(folder: Path) -> Iterator[Path]:
    signal = synthetic_audio.music(SECONDS, RATE)
    kinds = {"wav24": ("wav", "PCM_24"), "mp3vbr": ("mp3", None)}
    for name in _BY_LIBSNDFILE:
        suffix, subtype = kinds.get(name, (name, None))
        path = folder / f"{name}.{suffix}"
        soundfile.write(path, signal, RATE, subtype=subtype)
        yield path
    for name, codec in _BY_FFMPEG.items():
        path = folder / (name if "." in name else f"{name}.{name}")
        _encode(path, codec, signal, pictures=name in _WITH_PICTURES)
        yield path
    for channels in (1, 6):
        path = folder / f"channels-{channels}.ogg"
        soundfile.write(path, synthetic_audio.music(SECONDS, RATE, channels), RATE)
        yield path


def _encode(path: Path, codec: str, signal: synthetic_audio.Signal, *, pictures: bool) -> None:
    narrow = codec == "libopencore_amrnb"
    rate, layout = (8_000, "mono") if narrow else (RATE, "stereo")
    with av.open(str(path), "w") as container:
        container.metadata.update({"genre": "Rock", "title": "Noise", "artist": "Nothing"})
        stream: Any = container.add_stream(codec, rate=rate, layout=layout)
        stream.bit_rate = 12_200 if narrow else 128_000
        if pictures:
            synthetic_audio._pictures(container, 4)
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(signal.T, np.float32), format="fltp", layout="stereo"
        )
        frame.sample_rate, frame.pts, frame.time_base = RATE, 0, Fraction(1, RATE)
        for piece in synthetic_audio._reframed(stream, frame):
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))


def _ape_header() -> bytes:
    """Return the beginning of a Monkey's Audio file, which no free encoder writes: header, seek table, noise."""
    descriptor = b"MAC " + struct.pack("<HHIIIIIII", 3990, 0, 52, 24, 8, 44, 900, 0, 0) + bytes(16)
    header = struct.pack("<HHIIIHHI", 2000, 0, 73_728, 20_000, 2, 16, 2, 44_100)
    seek = struct.pack("<II", 128, 600)
    return descriptor + header + seek + bytes(44) + np.random.default_rng(1).bytes(900)


def _tag(path: Path) -> bool:
    """Write genre, mood and a cover with mutagen; return whether it can."""
    import mutagen

    try:
        file = mutagen.File(path)
        if file is None:
            return False
        if file.tags is None:
            file.add_tags()
        _fill(file)
        file.save()
    except (mutagen.MutagenError, NotImplementedError, AttributeError):
        return False
    return True


def _fill(file: Any) -> None:
    from mutagen.apev2 import APEv2File
    from mutagen.asf import ASF
    from mutagen.flac import FLAC, Picture
    from mutagen.mp4 import MP4, MP4Cover

    from genre_desktop.audio.tag_reading import is_id3

    if is_id3(file):
        _frames(file.tags)
    elif isinstance(file, MP4):
        file.tags["\xa9gen"] = ["Jazz", "Soul"]
        file.tags["----:com.apple.iTunes:MOOD"] = [b"Calm"]
        file.tags["covr"] = [MP4Cover(_png(), MP4Cover.FORMAT_PNG)]
    elif isinstance(file, ASF):
        file.tags["WM/Genre"] = ["Jazz", "Soul"]
    elif isinstance(file, APEv2File):
        file.tags["Genre"] = ["Jazz", "Soul"]
    else:
        file.tags["GENRE"] = ["Jazz", "Soul"]
        file.tags["MOOD"] = ["Calm"]
    if isinstance(file, FLAC):
        picture = Picture()
        picture.data, picture.mime = _png(), "image/png"
        file.add_picture(picture)


def _frames(tags: Any) -> None:
    from mutagen.id3 import APIC, COMM, TCON, TDRC, TIT2, TXXX, USLT

    tags.add(TCON(encoding=1, text=["(17)(8)", "Jazz"]))
    tags.add(TIT2(encoding=3, text=["Noise"]))
    tags.add(TDRC(encoding=0, text=["2001"]))
    tags.add(COMM(encoding=1, lang="eng", desc="c", text=["some"]))
    tags.add(USLT(encoding=3, lang="eng", desc="", text="words"))
    tags.add(TXXX(encoding=3, desc="MOOD", text=["Calm"]))
    tags.add(APIC(encoding=0, mime="image/png", type=3, desc="cover", data=_png()))


def _id3(path: Path, version: int) -> None:
    from mutagen.id3 import ID3

    tags = ID3()
    _frames(tags)
    if version == 3:
        tags.update_to_v23()
    tags.save(path, v2_version=version)


def _ape(path: Path) -> None:
    from mutagen.apev2 import APEv2

    tags = APEv2()
    tags["Genre"] = ["Jazz", "Soul"]
    tags["Cover Art (Front)"] = b"cover.png\0" + _png()
    tags.save(path)


def _png() -> bytes:
    """Return a picture of one pixel."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(4)))
        + chunk(b"IEND", b"")
    )
