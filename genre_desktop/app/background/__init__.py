"""Work outside the GUI thread, reported through Qt signals."""
