"""Writing and reading of log files."""
