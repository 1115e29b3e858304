"""What can be done in the window: the table of actions, their keys, and the pages."""
