"""The feature schema and the extractor."""
