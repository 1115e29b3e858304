"""The analysis session: opened files, their results, and progress."""
