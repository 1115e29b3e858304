"""Log files: setting them up and reading them back."""
