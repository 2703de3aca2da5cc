"""Fixtures shared by the tests of sources and snapshots."""

from tests.postgres import postgres, postgres_server

__all__ = ["postgres", "postgres_server"]
