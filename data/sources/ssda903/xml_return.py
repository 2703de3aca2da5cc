"""The return as one XML file: its children, and what is said of each, as rows of the CSV set's files.

The layout is the one the return is sent in: CHILD, in it HEADER with AREVIEW, AMISSING, OC2 and others, and
EPISODE. Only the names of the innermost elements are relied on, since every column belongs to one file: so
other wrappers, namespaces, cases, and a HEADER that holds everything, are read alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import field
from pathlib import Path

import polars as pl

from data.dataclass import dataclass
from data.sources.archive import Member
from data.sources.ssda903.layout import BORN, CHILD, COMMON, SEX, heading, kinds, names, owner_of
from data.sources.ssda903.problems import Problems, cut
from data.sources.xml.stream import Element, XmlRecords

RECORD = "CHILD"
HEADER = "header"
FRAME = 20_000
"""Rows held as they are read, before they become a frame."""

MOST_TOLD = 40
OTHERS_TOO = {"UPN"}
"""An element that other returns about children have as well."""


@dataclass(frozen=True)
class XmlReturn:
    """What an XML return holds."""

    sheets: list[tuple[str, frozenset[str], pl.DataFrame, int]]
    """kind, the columns it has, its rows (every column of the kind and source_row), and rows held: none"""
    digest: str


@dataclass
class _Rows:
    """The rows of one kind, as they come."""

    kind: str
    place: str
    columns: set[str] = field(default_factory=set)
    waiting: list[tuple[str | None, ...]] = field(default_factory=list)
    frames: list[pl.DataFrame] = field(default_factory=list)
    count: int = 0

    def add(self, values: dict[str, str], line: int) -> None:
        self.count += 1
        self.columns |= values.keys()
        row = f"{self.place}/{self.kind} {self.count}, line {line}"
        self.waiting.append((row, *(values.get(name) for name in names(self.kind))))
        if len(self.waiting) >= FRAME:
            self._flush()

    def frame(self) -> pl.DataFrame:
        self._flush()
        return pl.concat(self.frames)

    def _flush(self) -> None:
        schema = dict.fromkeys(("source_row", *names(self.kind)), pl.String)
        self.frames.append(pl.DataFrame(self.waiting, schema=schema, orient="row"))
        self.waiting = []


def is_xml(member: Member) -> bool:
    """Whether the file begins as XML does."""
    with member.open() as file:
        start = file.read(256).replace(b"\0", b"")
    return start.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")


def read_xml(path: Path, place: str, problems: Problems) -> XmlReturn | None:
    """Read an XML return; None when no child in it has anything of one.

    Raises DataError where it is not well-formed, cut short, or beyond what any return needs.
    """
    records = XmlRecords(path, [RECORD])
    rows = {kind: _Rows(kind, place) for kind in kinds()}
    strange: Counter[str] = Counter()
    for child in records:
        _child(child, rows, strange)
    told = {kind: found for kind, found in rows.items() if found.columns - COMMON}
    if not told or not set().union(*(found.columns for found in told.values())) - COMMON - OTHERS_TOO:
        return None
    if rows[HEADER].count:
        told[HEADER] = rows[HEADER]
    _tell(records, strange, place, problems)
    sheets = [(kind, frozenset(found.columns), found.frame(), 0) for kind, found in told.items()]
    return XmlReturn(sheets, records.digest)


def _child(child: Element, rows: dict[str, _Rows], strange: Counter[str]) -> None:
    """Add what is said of one child, each row with the child's number and date of birth."""
    shared: dict[str, str] = {}
    found = [_one(holder, strange) for holder in _holders(child)]
    for common, _ in found:
        for name, value in common.items():
            shared.setdefault(name, value)
    header: dict[str, str] = {}
    for (common, said), holder in zip(found, _holders(child), strict=True):
        for kind, values in said:
            if kind == HEADER and not any(header.get(name, value) != value for name, value in values.items()):
                header |= values
                continue
            own = {name: common.get(name, shared.get(name)) for name in (CHILD, BORN, SEX)}
            kept = {name: value for name, value in own.items() if value is not None and name in names(kind)}
            rows[kind].add(kept | values, holder.line)
    kept = {name: value for name, value in shared.items() if name in (CHILD, BORN, SEX)}
    if header or kept:
        rows[HEADER].add(kept | header, child.line)


def _holders(element: Element) -> Iterator[Element]:
    """The element and those in it that hold others."""
    yield element
    for inner in element.children:
        if inner.children:
            yield from _holders(inner)


def _one(holder: Element, strange: Counter[str]) -> tuple[dict[str, str], list[tuple[str, dict[str, str]]]]:
    """What stands directly in an element: the child's own values, and rows by kind.

    A column that comes a second time begins a new row of its kind.
    """
    common: dict[str, str] = {}
    rows: dict[str, list[dict[str, str]]] = {}
    owners = owner_of()
    leaves = [(leaf.name, leaf.text) for leaf in holder.children if not leaf.children]
    inner = [pair for leaf in holder.children if not leaf.children for pair in leaf.attributes.items()]
    if holder.text:
        strange[holder.name] += 1
    for name, text in (*holder.attributes.items(), *leaves, *inner):
        value = text.strip()
        if not value:
            continue
        column = heading(name)
        if column in COMMON and column not in common:
            common[column] = value
        elif column in owners:
            several = rows.setdefault(owners[column], [{}])
            if column in several[-1]:
                several.append({})
            several[-1][column] = value
        elif common.get(column) != value:
            strange[name] += 1
    return common, [(kind, values) for kind, several in rows.items() for values in several]


def _tell(records: XmlRecords, strange: Counter[str], place: str, problems: Problems) -> None:
    for name, count in list(strange.items())[:MOST_TOLD]:
        reason = f"The return has no such element ({count:,} of them hold something); it was not read."
        problems.one("extra_column", place, "note", reason, column=cut(name))
    if len(strange) > MOST_TOLD:
        reason = f"{len(strange) - MOST_TOLD:,} more elements are not the return's and were not read."
        problems.one("extra_column", place, "note", reason)
    texts = [path for path, outside in records.outside.items() if outside.texts]
    for path in texts[:MOST_TOLD]:
        reason = "This is outside the children of the return, so it is about none of them; it was not read."
        problems.one("extra_column", place, "note", reason, column=cut(path))
