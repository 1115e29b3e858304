"""Tags, playlists, export and watched folders."""
