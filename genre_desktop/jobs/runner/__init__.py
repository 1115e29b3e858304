"""Run one job (retrain, import, drift check, …) in a process of its own."""
