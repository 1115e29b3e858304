"""Containers that fit their contents into the room there is: rows that wrap, and contents that scroll."""
