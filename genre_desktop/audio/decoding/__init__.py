"""Decoding audio files with PyAV into blocks of mono samples."""
