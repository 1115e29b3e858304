"""Appearance: colours, text sizes, icons and the style sheet built from them."""
