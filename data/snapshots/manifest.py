"""What is written of a snapshot beside its files: what it holds, where it came from, and every checksum."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from data.dataclass import dataclass

SCHEMA_VERSION = 1
"""Raised when a snapshot's layout or a prepared frame changes so that older programs cannot read it."""

CHECKSUM = "checksum"
"""The entry of `manifest.json` that is of all its others."""


@dataclass(frozen=True)
class SourceInfo:
    """One of the sources of a snapshot."""

    kind: str
    name: str
    checksum: str
    rows_in: int
    data_date: date | None


@dataclass(frozen=True)
class TableInfo:
    """What came in for one SSD table, what is kept, and how much of it the sources carry."""

    rows_in: int
    rows_out: int
    rows_held: int
    coverage: str
    note: str


@dataclass(frozen=True)
class FileInfo:
    """One file of the snapshot as it was written."""

    sha256: str
    rows: int
    bytes: int


@dataclass(frozen=True)
class Manifest:
    """What a snapshot holds and where it came from."""

    schema_version: int
    id: str
    created: datetime
    data_date: date
    demo: bool
    sources: tuple[SourceInfo, ...]
    tables: Mapping[str, TableInfo]
    files: Mapping[str, FileInfo]
    """by path inside the snapshot, with forward slashes: `tables/person.parquet`"""

    def to_json(self) -> str:
        """The manifest as the text of `manifest.json`."""
        content = asdict(self)
        return _text(content | {CHECKSUM: _checksum(content)}, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        """Read `manifest.json`. Raises ValueError, KeyError, TypeError, AttributeError when it is none."""
        content = json.loads(text)
        told = content.pop(CHECKSUM, None)  # one made before there was any has none
        if told not in (None, _checksum(content)):
            raise ValueError("the manifest is not as it was written")
        return cls(
            schema_version=int(content["schema_version"]),
            id=str(content["id"]),
            created=datetime.fromisoformat(content["created"]),
            data_date=date.fromisoformat(content["data_date"]),
            demo=bool(content["demo"]),
            sources=tuple(
                SourceInfo(**source | {"data_date": _day(source["data_date"])})
                for source in content["sources"]
            ),
            tables={name: TableInfo(**info) for name, info in content["tables"].items()},
            files={name: FileInfo(**info) for name, info in content["files"].items()},
        )


def _checksum(content: dict[str, Any]) -> str:
    return hashlib.sha256(_text(content).encode("utf-8", "surrogatepass")).hexdigest()


def _text(content: dict[str, Any], indent: int | None = None) -> str:
    return json.dumps(content, default=_written, indent=indent, sort_keys=True, ensure_ascii=False)


def _written(value: Any) -> str:
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be kept in a manifest")


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
