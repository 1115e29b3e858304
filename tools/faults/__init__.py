"""Faults at every step: each file call of an operation is made to fail once, and the next start is checked."""
