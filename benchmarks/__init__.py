"""Measurements side by side with what a person would run instead."""
