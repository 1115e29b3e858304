"""Features, models, registry, training and drift. The only package that may import ML libraries."""
