"""One running instance per home: its lock, and the server that later instances hand files to."""
