"""The disks that the program writes to."""
