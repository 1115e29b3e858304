"""Widgets. Everything here draws or asks; nothing here computes."""
