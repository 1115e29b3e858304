"""Valid inputs, made at run time by the project's own code and libraries."""
