"""The Library page: training examples."""
