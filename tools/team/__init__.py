"""The server side of a team on this computer's loopback, for the demonstration and for tests."""
