"""Make ``tests/ml/features/encoder/reference.npz``: outputs of the published network, computed by TensorFlow.

Run by hand in an environment of its own (``pip install tensorflow-cpu tf_keras librosa``):

    TF_USE_LEGACY_KERAS=1 python tools/make_encoder_reference.py UNPACKED_WHEEL

Nothing of this project computes here: the network is ``musicnn/models.py`` of the wheel, the checkpoint is read
by TensorFlow, and the patches are librosa's spectrograms of synthetic sounds, stored as float16.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import types
from pathlib import Path

import librosa
import numpy as np
import tensorflow as tf

TARGET = Path(__file__).resolve().parents[1] / "tests" / "ml" / "features" / "encoder" / "reference.npz"
RATE, SECONDS = 16000, 3


def patches() -> np.ndarray:
    """Return a chord with clicks, a rising tone and fading noise as ``(3, 187, 96)``."""
    t = np.arange(RATE * SECONDS) / RATE
    chord = sum(0.2 * np.sin(2 * np.pi * hertz * t) for hertz in (220.0, 277.2, 329.6))
    chord[:: RATE // 2] += 0.3
    rising = 0.4 * np.sin(2 * np.pi * (50 * t + 1200 * t**2 / SECONDS))
    fading = 0.2 * np.exp(-t) * np.random.default_rng(0).standard_normal(len(t))
    found = []
    for sound in (chord, rising, fading):
        mel = librosa.feature.melspectrogram(y=sound, sr=RATE, n_fft=512, hop_length=256, n_mels=96)
        found.append(np.log10(10000 * mel.T + 1)[:187])
    return np.stack(found).astype(np.float16)


def main() -> None:
    """Evaluate the published network."""
    folder = Path(sys.argv[1]) / "musicnn"
    package = types.ModuleType("musicnn")  # its own __init__ needs an older librosa
    package.__path__ = [str(folder)]
    sys.modules["musicnn"] = package
    from musicnn import models

    v1 = tf.compat.v1
    v1.disable_eager_execution()
    x = v1.placeholder(tf.float32, [None, 187, 96])
    with v1.variable_scope("model"):
        outputs = models.define_model(x, False, "MSD_musicnn", 50)
    given = patches()
    with v1.Session() as session, tempfile.TemporaryDirectory() as temporary:
        for suffix in (".index", ".data-00000-of-00001"):  # TensorFlow finds no checkpoint without a name
            shutil.copy(folder / "MSD_musicnn" / suffix, Path(temporary, f"weights{suffix}"))
        names = {variable.op.name.removeprefix("model/"): variable for variable in v1.global_variables()}
        v1.train.Saver(names).restore(session, str(Path(temporary, "weights")))
        logits, embedding = session.run([outputs[0], outputs[-1]], {x: given.astype(np.float32)})
    np.savez_compressed(TARGET, patches=given, logits=logits, embedding=embedding)


if __name__ == "__main__":
    main()
