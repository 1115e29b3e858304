"""Tests of genre_desktop.audio.sandbox."""
