"""The demo authority: a made-up English city, any size, the same for the same seed."""

from data.demo.annex_a import write_annex_a
from data.demo.authority import generate
from data.demo.files.database import write_database
from data.demo.files.extracts import write_extracts
from data.demo.sealed import restricted
from data.demo.source import DemoSource

__all__ = ["DemoSource", "generate", "restricted", "write_annex_a", "write_database", "write_extracts"]
