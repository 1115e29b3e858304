"""Dialogs that the window and its pages open."""
