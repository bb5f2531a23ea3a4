"""Turnout: a self-hosted server for live moderated text conversations."""

__version__ = "0.1.0"
