"""The application without widgets: QtCore only, bridges the jobs to signals."""
