"""Feature schema, extraction and transformation."""
