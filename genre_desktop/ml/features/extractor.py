"""Feature extraction by signal processing: from samples to the first columns of the feature schema.

Equal to the plain librosa calls that :mod:`genre_desktop.ml.features.schema` names, to 1e-3 of each value (of
its scale, for means near zero); ``docs/features.md`` describes how that is checked. librosa itself is not
imported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import AppError
from genre_desktop.ml.features import schema
from genre_desktop.ml.features.dsp import chroma as chroma_module
from genre_desktop.ml.features.dsp import cqt, frame_measures, mel, rhythm, time_domain
from genre_desktop.ml.features.dsp.filter_banks import Float32
from genre_desktop.ml.features.dsp.frame_cache import NO_CACHE, FrameCache, NoFrameCache
from genre_desktop.ml.features.dsp.hpss import separate
from genre_desktop.ml.features.dsp.spectral_shape import SpectralShape, decibels
from genre_desktop.ml.features.dsp.stft import Spectrum, Transformer, remove_dc
from genre_desktop.ml.features.key_detection import pitch_classes
from genre_desktop.ml.features.song_music import MusicalMeasures
from genre_desktop.ml.features.tempo import pulse

SHORTEST_S = 1.0
"""Minimum length of a clip in seconds."""

SILENCE = 1e-4
"""Peak (full scale is 1) below which a clip is silent: -80 dB, 3 steps of 16-bit sound."""

_MEASURES = {
    frame_measures.SHAPE: frozenset({"spectrum"}),
    frame_measures.SUMS: frozenset({"power spectrum", "polynomial"}),
    frame_measures.FLATNESS: frozenset({"power spectrum"}),
    frame_measures.CONTRAST: frozenset({"contrast"}),
    frame_measures.MEL: frozenset({"mfcc", "rhythm", "mel"}),
}
"""What is measured of each frame, and the groups of columns that need it."""

Row = NDArray[np.float64]
Values = Iterator[tuple[str, float]]


class Extractor:
    """Extracts the schema's columns ``names`` from clips, one after the other."""

    def __init__(self, names: Iterable[str] = schema.SIGNAL_NAMES) -> None:
        self.names = tuple(names)
        self._groups = frozenset(f.group for f in schema.FEATURES if f.name in self.names)
        measures = tuple(measure for measure, groups in _MEASURES.items() if self._groups & groups)
        self._transformer, self._live_transformer = Transformer(measures), Transformer(measures)
        self._frame_cache = FrameCache()
        self._bands = np.zeros((1, 128), np.float32)
        self._pitch = np.zeros((cqt.OCTAVES, 36), np.float32), np.zeros((2, 0), np.float32), 0.0
        _raise_malloc_threshold()

    def extract(self, samples: Float32, position: int | None = None) -> Row:
        """Extract the features of one clip.

        Parameters
        ----------
        samples:
            float32 ``(n,)``, mono, 22050 Hz, full scale 1.
        position:
            For a window of a running stream the number of its first sample. Frames shared with the previous
            window that had a position are reused: for windows of equal length, whole frames apart.

        Returns
        -------
        Row
            float64 ``(len(names),)``, in the order of ``names``; finite.

        Raises
        ------
        AppError
            ``clip-too-short`` under one second, ``silence``, ``non-finite``.
        """
        samples = np.ascontiguousarray(samples, np.float32)
        check(samples)
        values = dict(self._values(samples, *self._transform(samples, position)))
        return np.array([values[name] for name in self.names])

    def musical(self) -> MusicalMeasures:
        """Return what tempo and key of the clip that was extracted last are found from.

        It is computed from what its columns were; they must include those of rhythm and constant-Q chroma.
        """
        return MusicalMeasures(pulse(self._bands), pitch_classes(*self._pitch))

    def _transform(self, samples: Float32, position: int | None) -> tuple[Spectrum, NoFrameCache]:
        if position is None:
            return self._transformer.spectrum(samples), NO_CACHE
        self._frame_cache.start_window(samples, position)
        return self._live_transformer.spectrum(samples, self._frame_cache), self._frame_cache

    def _values(self, samples: Float32, shared: Spectrum, cache: NoFrameCache) -> Values:
        """Yield every column of the required groups; ``remove_dc`` at the end changes the spectrum."""
        groups = self._groups
        if "level" in groups:
            yield from _statistics("rms", time_domain.rms(samples), "mean", "var")
        if "zero crossings" in groups:
            crossings = time_domain.zero_crossing_rate(samples)
            yield from _statistics("zero_crossing_rate", crossings, "mean", "var", "max")
        if "spectrum" in groups:
            yield from _shape_57(shared.measures[frame_measures.SHAPE])
        if groups & {"chroma", "chroma cqt", "tonnetz"}:
            yield from self._pitches(samples, shared, cache)
        if groups & {"mfcc", "rhythm"}:
            yield from self._mel_and_rhythm(samples, shared)
        if "hpss" in groups:
            yield from _parts(samples, shared, cache)
        if groups & {"power spectrum", "contrast", "polynomial", "mel"}:
            remove_dc(shared, samples)
            yield from self._from_power(shared)

    def _pitches(self, samples: Float32, shared: Spectrum, cache: NoFrameCache) -> Values:
        peaks = chroma_module.Peaks(shared, cache)
        tuning = peaks.tuning_of_power()
        chroma = chroma_module.chroma(shared.power, tuning)
        yield from _statistics("chroma_stft", chroma, "mean", "var")
        yield from _each("chroma_stft_{}", chroma, "mean", "std")
        if self._groups & {"chroma cqt", "tonnetz"}:
            transform = cqt.transform(samples, peaks.tuning_of_magnitude(), cache)
            self._pitch = transform.octaves, peaks.magnitudes, tuning
            constant_q = transform.chroma()
            yield from _each("chroma_cqt_{}", constant_q, "mean", "std")
            yield from _each("tonnetz_{}", cqt.tonnetz(constant_q), "mean", "std")

    def _mel_and_rhythm(self, samples: Float32, shared: Spectrum) -> Values:
        bands = decibels(frame_measures.full_mel(shared.measures[frame_measures.MEL], shared.power))
        self._bands = bands
        if "mfcc" in self._groups:
            yield from _each("mfcc{}", mel.mfcc(bands), "mean", "var", start=1)
        if "rhythm" in self._groups:
            mean, median = rhythm.onset_strengths(bands)
            # Without onsets beat_track reports no tempo, and feature.tempo the maximum of its prior.
            yield "tempo", rhythm.tempo(median) if median.any() else 0.0
            yield "tempo_mean_onset", rhythm.tempo(mean)
            yield "onset_rate", rhythm.onset_rate(mean, len(samples) / schema.SAMPLE_RATE)

    def _from_power(self, spectrum: Spectrum) -> Values:
        groups, rows, power = self._groups, spectrum.measures, spectrum.power
        if groups & {"power spectrum", "polynomial"}:
            shape = frame_measures.full_shape(rows[frame_measures.SUMS], power)
        if "power spectrum" in groups:
            flat = rows[frame_measures.FLATNESS]
            yield from _statistics("power_rms", frame_measures.power_rms(flat, power), "mean", "std", "max")
            yield from _power_shape(shape)
            yield from _statistics("power_flatness", frame_measures.flatness(flat, power), "mean", "std")
        if "polynomial" in groups:
            yield from _each("poly_{}", shape.parabola(), "mean", "std")
        if "contrast" in groups:
            contrast = frame_measures.contrast(rows[frame_measures.CONTRAST], power)
            yield from _each("contrast_{}", contrast, "mean", "std")
        if "mel" in groups:
            bands = frame_measures.full_mel(rows[frame_measures.MEL], power)
            yield from _statistics("mel_power", bands, "mean", "std")


def _raise_malloc_threshold() -> None:
    """Make glibc reuse the memory of one clip's arrays for the next clip's.

    glibc returns large blocks to the system immediately; freeing one block raises its limits to that size
    (``M_MMAP_THRESHOLD`` in ``man mallopt``). The block is never touched, so it costs nothing; with other C
    libraries this has no effect.
    """
    np.empty(31 << 20, np.uint8)


def check(samples: Float32) -> None:
    """Reject unusable samples; raises as :meth:`Extractor.extract`."""
    seconds = len(samples) / schema.SAMPLE_RATE
    if seconds < SHORTEST_S:
        raise AppError("clip-too-short", seconds=seconds, shortest_s=round(SHORTEST_S))
    low, high = float(samples.min()), float(samples.max())
    if not np.isfinite(low + high):
        raise AppError("non-finite/clip")
    if high - low < 2 * SILENCE:  # a constant is as silent as zeros
        raise AppError("silence")


def _shape_57(rows: NDArray[np.floating]) -> Values:
    for name, column in zip(("spectral_centroid", "spectral_bandwidth", "rolloff"), rows.T, strict=True):
        yield from _statistics(name, np.ascontiguousarray(column), "mean", "var")


def _power_shape(shape: SpectralShape) -> Values:
    centroid = shape.centroid()
    yield from _statistics("power_centroid", centroid, "mean", "std")
    yield from _statistics("power_bandwidth", shape.bandwidth(centroid), "mean", "std")
    lower, upper = shape.rolloff(0.85, 0.95)
    yield from _statistics("power_rolloff85", lower, "mean", "std")
    yield from _statistics("power_rolloff95", upper, "mean", "std")


def _parts(samples: Float32, shared: Spectrum, cache: NoFrameCache) -> Values:
    parts = separate(samples, shared, cache)
    yield "harmony_mean", parts.harmonic[0]
    yield "harmony_var", parts.harmonic[1]
    yield "perceptr_mean", parts.percussive[0]
    yield "perceptr_var", parts.percussive[1]
    yield "harmonic_share", parts.share


def _statistics(base: str, values: NDArray[np.floating], *wanted: schema.Statistic) -> Values:
    """Yield statistics over all values."""
    mean = float(values.mean())
    for statistic in wanted:
        if statistic == "mean":
            yield f"{base}_mean", mean
        elif statistic == "max":
            yield f"{base}_max", float(values.max())
        else:
            away = values - values.dtype.type(mean)
            variance = float(np.vdot(away, away)) / values.size
            yield f"{base}_{statistic}", variance if statistic == "var" else float(np.sqrt(variance))


def _each(pattern: str, values: NDArray[np.floating], *wanted: schema.Statistic, start: int = 0) -> Values:
    """Yield mean, and variance or standard deviation, of each column of ``values`` over its frames."""
    columns = np.ascontiguousarray(values.T, np.float64)
    means = columns.mean(axis=1)
    columns -= means[:, np.newaxis]
    spread = np.einsum("cf,cf->c", columns, columns) / columns.shape[1]
    found = {"mean": means, "var": spread, "std": np.sqrt(spread)}
    for i in range(len(columns)):
        for statistic in wanted:
            yield f"{pattern.format(i + start)}_{statistic}", float(found[statistic][i])
