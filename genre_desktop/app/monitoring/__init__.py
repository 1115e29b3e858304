"""Alerts, statistics and diagnostics of the models in use."""
