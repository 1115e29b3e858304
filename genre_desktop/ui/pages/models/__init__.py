"""The Models page: versions of the model, and retraining."""
