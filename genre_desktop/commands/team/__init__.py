"""Actions of commands that concern a team's server."""
