"""Recording from an input device: connection, ring buffer, level, live windows, recordings."""
