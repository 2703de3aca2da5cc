"""Guessing what an XML file is by the names of its first elements."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.parsers import expat

WITHIN = 64 * 1024
"""Bytes looked at."""


class _Enough(Exception):
    """The names asked for are found."""


def first_names(path: Path, count: int = 40, within: int = WITHIN) -> tuple[str, ...]:
    """The first elements' names in lower case, without namespaces; fewer, or none, when it is not such XML.

    Reads at most `within` bytes and never raises: it is for guessing what a file is.
    """
    found: list[str] = []

    def start(raw: str, _attributes: object) -> None:
        found.append((raw.rpartition(":")[2] or raw)[:256].lower())
        if len(found) >= count:
            raise _Enough

    def doctype(*_said: object) -> None:
        raise _Enough

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    handler: Callable[..., None] = doctype
    parser.StartDoctypeDeclHandler = handler
    try:
        with path.open("rb") as file:
            parser.Parse(file.read(within), False)
    except (_Enough, expat.ExpatError, LookupError, ValueError, OSError):
        pass
    return tuple(found)
