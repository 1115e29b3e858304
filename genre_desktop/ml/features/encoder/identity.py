"""Which encoder this version of the program uses, and the shapes of its input and outputs."""

from __future__ import annotations

DIGEST = "aff1bf12ff7d1ae00fbf3f7971b8b4daa5361bd467e80543d80afc52bfdb2ace"
"""SHA-256 of ``models/encoder/musicnn.onnx`` (hex)."""
SAMPLE_RATE = 16000
"""Hz of the sound that the encoder was trained on."""
PATCH_FRAMES = 187
"""Frames of the spectrogram in one patch, 2.99 s."""
BANDS = 96
"""Mel bands of a frame."""
EMBEDDING = 200
"""Values of the penultimate layer."""
