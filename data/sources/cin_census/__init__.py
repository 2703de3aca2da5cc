"""The children in need census: the yearly return of every child in need, as one XML file."""

from __future__ import annotations

from pathlib import Path

from data.sources.cin_census.source import CinCensus

__all__ = ["CinCensus", "looks_like"]


def looks_like(path: Path) -> bool:
    """Whether a file is a children in need census, by its first elements. Never raises."""
    from data.errors import DataError
    from data.sources.cin_census.head import COLLECTION
    from data.sources.xml.sniff import first_names
    from data.sources.xml.stream import XmlRecords

    names = first_names(path)
    if "lachildid" in names or "cindetails" in names:
        return True
    if "collection" not in names or "header" not in names:
        return False
    try:
        header = next(iter(XmlRecords(path, {"header"})), None)
    except DataError:
        return False
    details = header.get("collectiondetails") if header else None
    collection = details.get("collection") if details else None
    return collection is not None and collection.text.upper() == COLLECTION
