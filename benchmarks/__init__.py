"""Benchmarks of the program beside comparable tools."""
