"""Text from elsewhere, such as names of files and genres, quoted for what it is written into."""
