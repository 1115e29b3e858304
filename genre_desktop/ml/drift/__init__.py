"""Drift detection between what users analyse and what the champion was trained on."""
