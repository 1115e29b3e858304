"""What the program does about data that was damaged or deleted: reports it, and restores what it can."""
