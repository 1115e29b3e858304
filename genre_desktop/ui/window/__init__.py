"""The window: what surrounds the pages, and what connects them."""
