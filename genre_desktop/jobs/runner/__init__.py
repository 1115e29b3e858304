"""Jobs (retrain, import, drift check, …), each in its own process."""
