"""Analysis of many files: the queue that the window and the command line share, and resumable runs."""
