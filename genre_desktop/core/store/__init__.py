"""The SQLite store: one database, one module per kind of record."""

from genre_desktop.core.store.database import Database

__all__ = ["Database"]
