"""Metrics, calibration, confidence intervals, and the promotion policy."""
