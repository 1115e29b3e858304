"""Recordings of music, speech and noise with known contents, for training and measuring the detector of kinds.

Speech comes from espeak-ng and from prompts that people recorded for Asterisk; music and sounds from free games;
noise is also synthesised. Two parts have no voice, sound set or soundtrack in common: ``train`` and ``held-out``.
Nothing of it is stored in the project. It needs ``espeak-ng`` and these Debian packages, each extracted into one
folder with ``apt-get download PACKAGE`` and ``dpkg -x PACKAGE*.deb FOLDER``:

    asterisk-core-sounds-en-g722 asterisk-core-sounds-es-g722 asterisk-core-sounds-ru-g722 asterisk-prompt-es-co
    asterisk-core-sounds-fr-g722 asterisk-core-sounds-it-g722 asterisk-prompt-fr-armelle
    asterisk-prompt-it-menardi-wav fillets-ng-data fillets-ng-data-cs fillets-ng-data-nl widelands-data
    unknown-horizons simutrans-pak64 wesnoth-1.16-music supertuxkart-data warzone2100-music
    fretsonfire-songs-muldjord
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, partial
from pathlib import Path
from zlib import crc32

import av  # noqa: TID253
import numpy as np
import soxr
from numpy.typing import NDArray
from scipy import signal  # noqa: TID253

from genre_desktop.core.types import Kind
from genre_desktop.ml.features.schema import SAMPLE_RATE  # noqa: TID253

Sound = NDArray[np.floating]

LENGTH_S = 30
N = LENGTH_S * SAMPLE_RATE
TEXT = Path("/usr/share/common-licenses/GPL-3")
"""What espeak-ng reads aloud, in every voice: Debian has it."""
WINDOWS_OF_A_SONG = 2
LEVEL_DB = (14.0, 45.0)
"""RMS below full scale, drawn for each clip."""
BED_DB = (-24, -18, -12)
"""Levels of music below a voice that still count as speech."""

VOICES: dict[str, tuple[tuple[str, int, int], ...]] = {
    "train": (
        ("en-us", 175, 50), ("de+f2", 150, 60), ("fr", 190, 45), ("es+m3", 160, 40), ("pl+f4", 140, 55),
        ("nl", 200, 50), ("cs+m5", 170, 35), ("en-us+f5", 130, 65), ("en-gb-scotland+m7", 220, 50),
        ("hu", 150, 50), ("de+croak", 170, 40), ("en-us+whisper", 150, 50),
    ),
    "held-out": (
        ("en-gb+f3", 170, 50), ("it", 160, 55), ("ru+m2", 180, 45), ("sv+f1", 150, 60), ("pt+m4", 200, 40),
        ("fi+m6", 140, 50), ("da+f4", 175, 55), ("en-gb", 120, 50), ("en-us+m1", 230, 50), ("ca+f2", 160, 50),
        ("el", 170, 45), ("en-us+klatt2", 170, 50),
    ),
}  # fmt: skip
"""Voices of espeak-ng, words a minute, pitch."""
SPEAKERS = {
    "train": {
        "Allison (en)": "sounds/en_US_f_Allison/*.g722",
        "Allison (es)": "sounds/es_MX_f_Allison/*.g722",
        "Russian": "sounds/ru_RU_f_IvrvoiceRU/*.g722",
        "Colombian": "asterisk/sounds/es/*.gsm",
        "Czech": "sound/*/cs/*-m-*.ogg",
    },
    "held-out": {
        "June (fr)": "sounds/fr_CA_f_June/*.g722",
        "Carlo (it)": "sounds/it_IT_m_Carlo/*.g722",
        "Armelle (fr)": "asterisk/sounds/fr/*.gsm",
        "Menardi (it)": "sounds/it_IT_f_Menardi/*.wav",
        "Dutch 1": "sound/*/nl/*-m-*.ogg",
        "Dutch 2": "sound/*/nl/*-v-*.ogg",
    },
}
"""People, and where their recordings are."""
SOUND_SETS = {
    "train": {
        "animals": "data/sound/animals/*.ogg",
        "livestock": "data/sound/f*m/*.ogg",
        "saw": "data/sound/atlanteans/*/*.ogg",
        "woodcutting": "data/sound/woodcutting/*.ogg",
        "smithy": "data/sound/smiths/*.ogg",
        "taverns": "data/sound/*/taverns/*.ogg",
        "hammering": "data/sound/hammering/*.ogg",
    },
    "held-out": {
        "village": "content/audio/sounds/*.ogg",
        "kart racing": "supertuxkart/data/sfx/*.ogg",
        "under water": "fillets-ng/sound/share/*.ogg",
        "railway": "simutrans/*/*/*.wav",
    },
}
SOUNDTRACKS = {
    "train": {
        "Wesnoth": "wesnoth/*/data/core/music/*.ogg",
        "Warzone": "warzone2100/music/*.opus",
        "Warzone albums": "warzone2100/music/albums/[lo]*_soundtrack/*.opus",
        "Muldjord": "songs/muldjord/*/*.ogg",
        "Widelands": "widelands/data/music/*.ogg",
    },
    "held-out": {
        "SuperTuxKart": "supertuxkart/data/music/*.ogg",
        "Warzone aftermath": "warzone2100/music/albums/aftermath_soundtrack/*.opus",
        "Unknown Horizons": "content/audio/music/**/*.ogg",
        "Fish Fillets": "fillets-ng/music/*.ogg",
    },
}


@dataclass(frozen=True)
class Clip:
    """Up to 30 s, made when they are needed.

    Attributes
    ----------
    group:
        Voice, sound or soundtrack with song: clips of one group are not independent.
    condition:
        What was done to it.
    """

    kind: Kind
    group: str
    condition: str
    make: Callable[[], Sound]

    @cached_property
    def samples(self) -> NDArray[np.float32]:
        """float32 ``(n,)``, mono, at 22050 Hz."""
        return np.asarray(self.make(), np.float32)


def clips(packages: Path, part: str) -> Iterator[Clip]:
    """Yield all clips of ``train`` or ``held-out``; missing packages are left out."""
    yield from _speech(packages, part)
    yield from _noise(packages, part)
    yield from _music(packages, part)


def read(path: Path, start_s: float = 0.0, length_s: float | None = None) -> NDArray[np.float32]:
    """Decode a file, mono at 22050 Hz; also raw G.722 and GSM, which have no header."""
    raw = {".g722": "g722", ".gsm": "gsm"}.get(path.suffix)
    parts, n = [], 0
    with av.open(str(path), format=raw) as container:
        if start_s:
            container.seek(int(start_s * av.time_base))
        for frame in container.decode(audio=0):
            sound = frame.to_ndarray()
            if sound.dtype.kind in "iu":
                sound = sound.astype(np.float32) / np.iinfo(sound.dtype).max
            if not frame.format.is_planar:
                sound = sound.reshape(-1, frame.layout.nb_channels).T
            parts.append(sound.mean(axis=0))
            n += len(parts[-1])
            if length_s and n > length_s * frame.sample_rate:
                break
        sound = soxr.resample(np.concatenate(parts), frame.sample_rate, SAMPLE_RATE)
    return np.asarray(sound[: round(length_s * SAMPLE_RATE)] if length_s else sound, np.float32)


def espeak(voice: str, words_a_minute: int, pitch: int) -> NDArray[np.float32]:
    """Let espeak-ng read a part of :data:`TEXT`."""
    text = TEXT.read_text("utf-8")
    start = int(_rng(voice).integers(3000, 20000))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "speech.wav"
        options = ["-v", voice, "-s", str(words_a_minute), "-p", str(pitch), "-w", str(path)]
        subprocess.run(["espeak-ng", *options, text[start : start + 1500]], check=True)
        return read(path)


def pink(n: int, rng: np.random.Generator, exponent: float = 1.0) -> Sound:
    """Return noise whose power falls with the frequency to this exponent; RMS 1."""
    spectrum = np.fft.rfft(rng.standard_normal(n))
    frequency = np.maximum(np.fft.rfftfreq(n, 1 / SAMPLE_RATE), 20.0)
    return _unit(np.fft.irfft(spectrum / frequency ** (exponent / 2), n))


def _speech(packages: Path, part: str) -> Iterator[Clip]:
    makers: list[tuple[str, Callable[[], Sound]]] = [
        (f"espeak {voice[0]}", lambda voice=voice: espeak(*voice)) for voice in VOICES[part]
    ]
    for name, pattern in SPEAKERS[part].items():
        files = _files(packages, pattern)
        makers += [
            (name, lambda n=name, f=files, t=take: _joined(f, f"{n}{t}")) for take in range(3) if files
        ]
    for number, (name, make) in enumerate(makers):
        voice = cache(lambda make=make: _unit(_fit(make())))
        for condition, change in _conditions(packages, part).items():
            rng = _rng(f"{name}{number}{condition}")
            yield Clip(
                "speech", name, condition, lambda v=voice, c=change, rng=rng: _at_some_level(c(v(), rng), rng)
            )


def _conditions(packages: Path, part: str) -> dict[str, Callable[[Sound, np.random.Generator], Sound]]:
    beds = _songs(packages, part)
    over_music = {
        f"music at {db} dB": lambda y, rng, db=db: y + _bed(beds, rng) * 10 ** (db / 20) for db in BED_DB
    }
    return {"clean": lambda y, rng: y, "room": _room, "telephone": _telephone, **over_music}


def _room(y: Sound, rng: np.random.Generator) -> Sound:
    """Add reverberation of 0.25 to 0.6 s and noise."""
    n = SAMPLE_RATE // 2
    response = rng.standard_normal(n) * np.exp(-6.9 * np.arange(n) / (rng.uniform(0.25, 0.6) * SAMPLE_RATE))
    response[0] += 4
    wet = _unit(signal.fftconvolve(y, response)[: len(y)])
    return wet + pink(len(y), rng) * 10 ** (-rng.uniform(15, 28) / 20)


def _telephone(y: Sound, rng: np.random.Generator) -> Sound:
    """Limit the band to 300 to 3400 Hz and quantise by the µ-law with 7 bits."""
    band = signal.butter(4, (300, 3400), "band", fs=SAMPLE_RATE, output="sos")
    y = soxr.resample(
        soxr.resample(_unit(signal.sosfilt(band, y)) * 0.1, SAMPLE_RATE, 8000), 8000, SAMPLE_RATE
    )
    code = np.round(127 * np.sign(y) * np.log1p(255 * np.minimum(np.abs(y), 1)) / np.log(256)) / 127
    return np.sign(code) * (256 ** np.abs(code) - 1) / 255


def _bed(songs: list[Path], rng: np.random.Generator) -> Sound:
    while True:
        sound = read(songs[rng.integers(len(songs))], length_s=75)
        sound = _fit(sound[35 * SAMPLE_RATE :] if len(sound) > 40 * SAMPLE_RATE else sound)
        if np.sqrt(np.mean(sound**2)) > 0.01:
            return _unit(sound)


def _noise(packages: Path, part: str) -> Iterator[Clip]:
    for name, make in SYNTHETIC.items():
        for take in range(3):
            rng = _rng(f"{part}{name}{take}")
            yield Clip("noise", name, "", lambda make=make, rng=rng: _at_some_level(make(rng), rng))
    for name, pattern in SOUND_SETS[part].items():
        files = _files(packages, pattern)
        for take in range(4 if files else 0):
            yield Clip("noise", name, "", partial(_sounds, files, f"{name}{take}"))


def _sounds(files: list[Path], seed: str) -> Sound:
    """Return sound effects one after the other, over faint noise."""
    rng = _rng(seed)
    sound = _fit(_joined(files, seed, 1.0, 12.0)) + pink(N, rng) * 10 ** (-rng.uniform(20, 50) / 20)
    return _at_some_level(sound, rng)


def _hum(rng: np.random.Generator) -> Sound:
    t, mains = np.arange(N) / SAMPLE_RATE, rng.choice([50, 60, 100, 120])
    parts = [
        rng.uniform(0.1, 1) / k * np.sin(2 * np.pi * mains * k * t + rng.uniform(0, 6)) for k in range(1, 9)
    ]
    return np.sum(parts, axis=0) + 0.02 * pink(N, rng)


def _clicks(rng: np.random.Generator) -> Sound:
    sound = np.zeros(N)
    sound[rng.integers(0, N, int(rng.uniform(20, 400)))] = rng.uniform(-1, 1)
    sound = np.convolve(sound, np.exp(-np.arange(200) / rng.uniform(5, 60)), "same")
    return _unit(sound) + 0.02 * pink(N, rng)


def _rain(rng: np.random.Generator) -> Sound:
    sound = np.zeros(N)
    sound[rng.integers(0, N, 60000)] = rng.exponential(1, 60000)
    band = signal.butter(2, (rng.uniform(500, 1500), 8000), "band", fs=SAMPLE_RATE, output="sos")
    return _unit(signal.sosfilt(band, sound)) + 0.5 * pink(N, rng)


def _fan(rng: np.random.Generator) -> Sound:
    t = np.arange(N) / SAMPLE_RATE
    sound = pink(N, rng) * (1 + 0.3 * np.sin(2 * np.pi * rng.uniform(5, 15) * t))
    return np.asarray(sound + 0.3 * np.sin(2 * np.pi * rng.uniform(80, 300) * t))


def _wind(rng: np.random.Generator) -> Sound:
    gusts = np.interp(np.arange(N) / SAMPLE_RATE, np.arange(0, 31, 1.5), rng.uniform(0.1, 1, 21))
    band = signal.butter(2, (100, rng.uniform(400, 1200)), "band", fs=SAMPLE_RATE, output="sos")
    return np.asarray(signal.sosfilt(band, rng.standard_normal(N)) * gusts)


def _applause(rng: np.random.Generator) -> Sound:
    sound, clap = np.zeros(N), rng.standard_normal(400) * np.exp(-np.arange(400) / 60)
    places = rng.integers(0, N - 2000, int(rng.uniform(2000, 9000)))
    sound[places] = rng.uniform(0.2, 1, len(places))
    return np.convolve(sound, clap, "same")


def _sea(rng: np.random.Generator) -> Sound:
    waves = np.maximum(0, np.sin(2 * np.pi * np.arange(N) / SAMPLE_RATE / rng.uniform(5, 9))) ** 2
    return np.asarray(pink(N, rng, 0.7) * (0.2 + waves))


def _engine(rng: np.random.Generator) -> Sound:
    speed = np.interp(np.arange(N) / SAMPLE_RATE, np.arange(0, 31, 3), rng.uniform(40, 160, 11))
    phase = 2 * np.pi * np.cumsum(speed) / SAMPLE_RATE
    return np.sum([np.sin(k * phase) / k for k in range(1, 12)], axis=0) + 0.3 * pink(N, rng)


def _bird(rng: np.random.Generator) -> Sound:
    """Return phrases of short whistles that glide between 1.8 and 7 kHz."""
    sound, place = 0.003 * pink(N, rng), 0
    while (place := place + int(rng.uniform(0.3, 2.5) * SAMPLE_RATE)) < N - 4 * SAMPLE_RATE:
        for _ in range(rng.integers(1, 8)):
            n = int(rng.uniform(0.04, 0.25) * SAMPLE_RATE)
            ends, wobble = rng.uniform(1800, 7000, 2), rng.uniform(0, 600) * np.sin(np.arange(n) * 2e-2)
            phase = 2 * np.pi * np.cumsum(np.linspace(*ends, n) + wobble) / SAMPLE_RATE
            sound[place : place + n] += np.sin(phase) * np.hanning(n) * rng.uniform(0.3, 1)
            place += n + int(rng.uniform(0.01, 0.1) * SAMPLE_RATE)
    return sound


def _chord(rng: np.random.Generator) -> Sound:
    """Return a sustained chord of one to five notes with up to eight harmonics."""
    t, root = np.arange(N) / SAMPLE_RATE, rng.uniform(80, 700)
    steps = rng.choice([0, 3, 4, 7, 12], rng.integers(1, 6), replace=False)
    return np.sum([_note(root * 2 ** (step / 12), t, rng) for step in steps], axis=0)


def _melody(rng: np.random.Generator) -> Sound:
    """Return single notes of a pentatonic scale in a steady rhythm, plucked or held, half of them with a beat."""
    sound, length, root = np.zeros(N), int(rng.choice([0.25, 0.5, 1.0]) * SAMPLE_RATE), rng.uniform(150, 600)
    decay = rng.choice([0.0, 3.0, 8.0])
    t = np.arange(length) / SAMPLE_RATE
    for place in range(0, N - length, length):
        pitch = root * 2 ** (rng.choice([0, 2, 4, 7, 9, 12]) / 12)
        sound[place : place + length] = _note(pitch, t, rng) * np.exp(-decay * t)
    if rng.random() < 0.5:
        beat = np.arange(N) / SAMPLE_RATE % 0.5
        sound = _unit(sound) + np.exp(-12 * beat) * rng.standard_normal(N)
    return sound


def _note(pitch: float, t: Sound, rng: np.random.Generator) -> Sound:
    slope = rng.uniform(0.8, 4.0)
    harmonics = range(1, int(rng.integers(2, 9)))
    return np.sum([np.sin(2 * np.pi * pitch * k * t) / k**slope for k in harmonics], axis=0)


TONES: dict[str, Callable[[np.random.Generator], Sound]] = {"chord": _chord, "melody": _melody}
"""Simple music."""

SYNTHETIC: dict[str, Callable[[np.random.Generator], Sound]] = {
    "white noise": lambda rng: rng.standard_normal(N),
    "pink noise": lambda rng: pink(N, rng),
    "brown noise": lambda rng: pink(N, rng, 2.0),
    "hum": _hum,
    "clicks": _clicks,
    "rain": _rain,
    "fan": _fan,
    "wind": _wind,
    "applause": _applause,
    "sea": _sea,
    "engine": _engine,
    "bird": _bird,
}


def _music(packages: Path, part: str) -> Iterator[Clip]:
    for name, pattern in SOUNDTRACKS[part].items():
        for path in _files(packages, pattern):
            group = f"{name}: {path.parent.name}/{path.name}"
            starts = window_starts(path)
            for start in starts:
                yield Clip("music", group, f"from {start:.0f} s", partial(read, path, start, LENGTH_S))
            for start in starts[:1]:
                yield Clip("music", group, "noisy", partial(_noisy_song, path, start))
    for name, make in TONES.items():
        for take in range(6):
            rng = _rng(f"{part}{name}{take}")
            group = f"{name} {take}"
            yield Clip("music", group, "", lambda make=make, rng=rng: _at_some_level(make(rng), rng))


def window_starts(path: Path, most: int = WINDOWS_OF_A_SONG) -> list[float]:
    """Return where up to ``most`` windows start, in seconds, spread over a song; none if it is under 10 s."""
    with av.open(str(path)) as container:
        duration = (container.duration or 0) / av.time_base
    count = max(1, min(most, int(duration // LENGTH_S)))
    return np.linspace(0, max(0.0, duration - LENGTH_S - 1), count).tolist() if duration >= 10 else []


def _noisy_song(path: Path, start_s: float) -> Sound:
    """Add noise of some colour, 10 to 30 dB below the music, as on old recordings."""
    sound, rng = _unit(read(path, start_s, LENGTH_S)), _rng(path.name)
    hiss = pink(len(sound), rng, rng.uniform(0, 1)) * 10 ** (-rng.uniform(10, 30) / 20)
    return _at_some_level(sound + hiss, rng)


def _songs(packages: Path, part: str) -> list[Path]:
    return sorted(path for pattern in SOUNDTRACKS[part].values() for path in _files(packages, pattern))


@cache
def _files(packages: Path, pattern: str) -> list[Path]:
    """Return what matches, except silent recordings."""
    return sorted(path for path in packages.rglob(pattern) if "silence" not in path.name)


def _joined(files: list[Path], seed: str, most_gap_s: float = 0.6, longest_s: float = 30.0) -> Sound:
    """Return 30 s of short recordings in random order, with pauses."""
    rng, parts, n = _rng(seed), [], 0
    while n < N:
        sound = read(files[rng.integers(len(files))])[: int(longest_s * SAMPLE_RATE)]
        if len(sound) < SAMPLE_RATE // 10 or np.abs(sound).max() < 0.01:
            continue
        gap = np.zeros(int(rng.uniform(0.1, most_gap_s) * SAMPLE_RATE), np.float32)
        parts += [_unit(sound), gap]
        n += len(sound) + len(gap)
    return np.concatenate(parts)


def _rng(seed: str) -> np.random.Generator:
    return np.random.default_rng(crc32(seed.encode()))


def _fit(sound: Sound) -> Sound:
    return np.resize(sound, N)


def _unit(sound: Sound) -> Sound:
    return np.asarray(sound / (np.sqrt(np.mean(np.square(sound, dtype=np.float64))) + 1e-9))


def _at_some_level(sound: Sound, rng: np.random.Generator) -> Sound:
    return _unit(sound) * 10 ** (-rng.uniform(*LEVEL_DB) / 20)
