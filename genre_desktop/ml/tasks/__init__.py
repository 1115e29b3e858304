"""Job functions that need machine learning."""
