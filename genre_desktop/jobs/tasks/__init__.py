"""Job functions that need no machine learning: tags, the registry’s aliases, store maintenance."""
