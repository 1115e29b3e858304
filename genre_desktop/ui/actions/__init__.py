"""The table of actions, their keyboard shortcuts, and the table of pages."""
