"""Predictions for files and live windows."""
