"""Translation and formatting for the user’s language."""
