"""The log of live mode: its sections, and the files that it is saved as."""
