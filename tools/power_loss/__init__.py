"""Power loss: what operations write is recorded, and the disk is rebuilt as a loss of power may leave it."""
