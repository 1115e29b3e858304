"""From a file or a live window to an answer."""
