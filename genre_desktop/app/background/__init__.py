"""Work outside the window's thread, reported through Qt signals."""
