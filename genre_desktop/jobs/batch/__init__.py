"""Many files through the workers: the queue that the window and the command line share."""
