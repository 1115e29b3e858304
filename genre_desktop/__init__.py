"""Genre Desktop: music genre classification that learns from corrections and monitors its own models."""

__version__ = "0.1.0"
