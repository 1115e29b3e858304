"""The Library page: what models learn from."""
