"""Monitoring of models and answers: the model in use, alerts and statistics."""
