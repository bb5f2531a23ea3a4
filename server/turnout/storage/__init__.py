"""The truth: one SQLite file with one writer, or a PostgreSQL that many processes share. Implements
`turnout.ports.Store`; knows no services."""

from turnout.storage.store import SqlStore, open_shared_store, open_store

__all__ = ["SqlStore", "open_shared_store", "open_store"]
