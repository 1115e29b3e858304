"""Estimators, hyper-parameter search, adapters, and the starter models."""
