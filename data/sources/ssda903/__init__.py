"""SSDA903: the yearly return on looked-after children, as CSV files, a zip file of them, or one XML file."""

from data.sources.ssda903.sniff import looks_like
from data.sources.ssda903.source import Ssda903

__all__ = ["Ssda903", "looks_like"]
