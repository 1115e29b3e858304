"""Evaluation of the music encoder with onnxruntime, which is imported when an encoder is loaded."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np

from genre_desktop.core.errors import AppError
from genre_desktop.core.music_tags import ENCODER_TAGS
from genre_desktop.ml.features.dsp.filter_banks import Float32
from genre_desktop.ml.features.encoder.identity import DIGEST, EMBEDDING

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Encoding:
    """Outputs for each patch.

    Attributes
    ----------
    logits:
        ``(n, 50)`` float32: log-odds of :data:`~genre_desktop.core.music_tags.ENCODER_TAGS`.
    embedding:
        ``(n, 200)`` float32: the penultimate layer.
    """

    logits: Float32
    embedding: Float32


class Encoder:
    """MusiCNN: three seconds of sound to listener tags and an embedding.

    Source: J. Pons and X. Serra, "musicnn: Pre-trained convolutional neural networks for music audio tagging",
    2019. Evaluated in one thread; one instance serves one thread at a time.
    """

    def __init__(self, session: Any, digest: str) -> None:
        self.digest = digest
        """SHA-256 of the file (hex)."""
        self._session = session

    @classmethod
    def load(cls, path: Path, digest: str = DIGEST) -> Self:
        """Load an encoder after verifying its digest; takes 0.2 to 0.4 s, half of it for importing onnxruntime.

        Raises
        ------
        AppError
            ``encoder-missing`` when the file or onnxruntime is absent, ``encoder-damaged`` when the file differs
            from ``digest`` or onnxruntime cannot read it.
        """
        try:
            data = Path(path).read_bytes()
        except OSError as error:
            raise AppError("encoder-missing", path=str(path), error=error.strerror or str(error)) from error
        if hashlib.sha256(data).hexdigest() != digest:
            raise AppError("encoder-damaged", path=str(path))
        return cls(_session(data, path), digest)

    def encode(self, patches: Float32) -> Encoding:
        """Evaluate patches ``(n, 187, 96)`` of :func:`.log_mel.patch_of`, about 20 ms each.

        Raises
        ------
        AppError
            ``encoder-failed`` when onnxruntime fails, or a result is not finite or of another shape.
        """
        # One after the other: faster than together, in 10 MB instead of 54 for five.
        logits = np.empty((len(patches), len(ENCODER_TAGS)), np.float32)
        embedding = np.empty((len(patches), EMBEDDING), np.float32)
        for i in range(len(patches)):
            logits[i : i + 1], embedding[i : i + 1] = self._run(patches[i : i + 1])
        if not (np.isfinite(logits).all() and np.isfinite(embedding).all()):
            raise AppError("encoder-failed/non-finite")
        return Encoding(logits, embedding)

    def _run(self, patch: Float32) -> list[Float32]:
        try:
            logits, embedding = self._session.run(["logits", "embedding"], {"patches": patch})
            return [
                np.asarray(logits, np.float32).reshape(1, len(ENCODER_TAGS)),
                np.asarray(embedding, np.float32).reshape(1, EMBEDDING),
            ]
        except Exception as error:  # onnxruntime raises types of its own, without a common base
            raise AppError("encoder-failed", kind=type(error).__name__, error=_first_line(error)) from error


def _session(data: bytes, path: Path) -> Any:
    try:
        import onnxruntime
    except ImportError as error:
        raise AppError("encoder-missing/onnxruntime", error=_first_line(error)) from error
    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # less memory, as fast
    options.log_severity_level = 3  # errors, which are raised as well
    try:
        return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    except Exception as error:
        log.warning("The encoder %s cannot be loaded", path, exc_info=True)
        raise AppError("encoder-damaged/unreadable", path=str(path), error=_first_line(error)) from error


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
