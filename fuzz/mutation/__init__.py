"""Changes to inputs: blind ones, and ones that know the format and keep its check sums valid."""
