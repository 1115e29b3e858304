"""Genre Desktop tells what genre your music is, learns from you and watches over its own models."""

__version__ = "0.1.0"
