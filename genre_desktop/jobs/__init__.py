"""Work outside the app's process: messages, worker processes, job processes and their schedule."""
