"""Explanations of predictions, and similar clips."""
