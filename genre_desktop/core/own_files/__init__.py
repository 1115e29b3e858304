"""Reading of files that the program wrote itself, and what happens to those that cannot be read."""
