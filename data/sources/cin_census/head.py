"""The census's header: which collection it is, and its date."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import DataError
from data.sources.cin_census.layout import ZONED, header_names
from data.sources.cin_census.told import about
from data.sources.xml.stream import XmlRecords

if TYPE_CHECKING:
    from data.issues.model import Issue
    from data.sources.xml.stream import Element

COLLECTION = "CIN"


class Head:
    """What the header says.

    Raises:
        DataError: it is the header of another collection.
    """

    def __init__(self, element: Element, name: str) -> None:
        self._name = name
        self._line = element.line
        self._values: dict[str, str] = {}
        self.unknown: dict[str, int] = {}
        """elements the contract does not name, and their lines"""
        self._read(element)
        collection = self._values.get("Collection", "")
        if collection and collection.upper() != COLLECTION:
            raise DataError(
                f"{name} is the collection “{collection[:40]}”, not the children in need census (CIN). "
                "Give the census file."
            )

    def _read(self, element: Element) -> None:
        for part in element.children:
            known = header_names().get(part.key)
            if known is None:
                self.unknown.setdefault(f"Header/{part.name}", part.line)
            elif part.children:
                self._read(part)
            elif part.text:
                self._values.setdefault(known, part.text)

    def day(self) -> date | None:
        """The reference date, else 31 March of the census year; None when neither can be read."""
        return self._day("ReferenceDate") or self._year_end()

    def _day(self, element: str) -> date | None:
        import polars as pl

        from data.schema.dates import moments

        text = pl.Series([self._values.get(element)], dtype=pl.String).str.replace(ZONED, "$1")
        read = moments(text).cast(pl.Date)
        return read.to_list()[0] if read.dt.year().is_between(2000, 2100).any() else None

    def _year_end(self) -> date | None:
        year = self._values.get("Year", "")
        return (
            date(int(year), 3, 31)
            if year.isascii() and year.isdigit() and 2000 <= int(year) <= 2100
            else None
        )

    def issues(self) -> list[Issue]:
        """What is wrong with the header's dates."""
        told, said = [], self._values.get("ReferenceDate", "")
        where = f"Header (line {self._line})"
        day, end = self._day("ReferenceDate"), self._year_end()
        if day is None:
            taken = (
                f"the end of the census year {end.year} is taken" if end else "the day of loading is taken"
            )
            told.append(
                about(
                    self._name,
                    "no_reference_date",
                    "Header",
                    "error" if said else "warning",
                    "value left blank",
                    f"The header has no reference date that can be read, so {taken} for the day of the data.",
                    row=where,
                    column="ReferenceDate",
                    value=said or None,
                )
            )
        elif end is not None and not end.replace(year=end.year - 1) < day <= end:
            told.append(
                about(
                    self._name,
                    "dates_disagree",
                    "Header",
                    "warning",
                    "kept",
                    f"The reference date is not in the year that ends in March {end.year}; it is taken.",
                    row=where,
                    column="Year",
                    value=self._values["Year"],
                )
            )
        return told


def head(path: Path) -> Head | None:
    """The header of a file, without reading further than it; None when it has none."""
    for element in XmlRecords(path, {"header"}):
        return Head(element, path.name)
    return None
