"""Plain data, errors, paths, settings and the store: standard library and NumPy only."""
