"""When jobs run by themselves: APScheduler, its job store, and the status of each job."""
