"""The Analyse page: files, their genres, and the song in front."""
