"""The pool of inference processes."""
