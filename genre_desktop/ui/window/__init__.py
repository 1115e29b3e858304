"""The main window and its parts around the pages."""
