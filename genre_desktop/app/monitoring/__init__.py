"""Alerts, statistics and diagnostics of the serving models."""
