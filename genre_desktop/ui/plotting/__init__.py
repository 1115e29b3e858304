"""Plots drawn with pyqtgraph."""
