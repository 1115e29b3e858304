"""The preferences dialog, built from the table in :mod:`genre_desktop.core.settings`."""
