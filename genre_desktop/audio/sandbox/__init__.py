"""Reads foreign files in a process that can reach nothing but the one file it was given."""
