"""Widgets shared by pages, dialogs and the window."""
