"""Many files through the workers: the queue, its progress, and checkpoints to resume from."""
