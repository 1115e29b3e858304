"""Processes that do the heavy work: the protocol, the workers, their host and the schedule."""
