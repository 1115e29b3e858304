"""What is done with files beside analysing them: tags, playlists, export, watched folders."""
