"""Fuzzing of everything that reads bytes from elsewhere: ``python -m fuzz --minutes 5``."""
