"""Model bundles, and inference without scikit-learn."""
