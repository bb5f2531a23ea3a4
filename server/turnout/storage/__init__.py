"""The truth: one SQLite file, one writer. Implements `turnout.ports.Store`; knows no services."""

from turnout.storage.store import SqlStore, open_store

__all__ = ["SqlStore", "open_store"]
