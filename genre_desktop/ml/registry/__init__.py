"""Local MLflow registry: versions, aliases, clean-up, and the snapshot that workers read."""
