"""From a child's elements to columns of text, a group of rows for each kind of element."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from data.sources.cin_census.layout import CHILD, Group, groups

if TYPE_CHECKING:
    import polars as pl

    from data.sources.xml.stream import Element

PARTS = ("nr", "up", "row", "where", "line")
"""Columns of every frame: the child's number in the file, the row of the group around (in that group's
frame), the row's own number, the path under the child, and the line in the file."""


class _Columns:
    """The rows of one group so far: a list for each element with a value."""

    def __init__(self, names: list[str]) -> None:
        self.values: dict[str, list[str | None]] = {name: [] for name in names}
        self.nr: list[int] = []
        self.up: list[int] = []
        self.where: list[str] = []
        self.line: list[int] = []

    def add(self, nr: int, up: int, where: str, line: int) -> int:
        """A new row without values; its number."""
        self.nr.append(nr)
        self.up.append(up)
        self.where.append(where)
        self.line.append(line)
        for column in self.values.values():
            column.append(None)
        return len(self.nr) - 1

    def frame(self) -> pl.DataFrame:
        import polars as pl

        schema = {"nr": pl.Int64, "up": pl.Int64, "row": pl.Int64, "where": pl.String, "line": pl.Int64}
        parts = {"nr": self.nr, "up": self.up, "row": range(len(self.nr)), "where": self.where}
        frame = pl.DataFrame({**parts, "line": self.line}, schema=schema)
        return frame.with_columns(
            pl.Series(name, column, dtype=pl.String) for name, column in self.values.items()
        )


class Walk:
    """Some children in columns. Call it for each child, then take the `frames`."""

    def __init__(self) -> None:
        self.again: list[tuple[str, int, str, int, str, str]] = []
        """elements that should stand once and stand twice with different values: the group, the child's
        number, the path, the line, the element, the value that was not used"""
        self.unknown: Counter[str] = Counter()
        """elements and attributes that the contract does not name, by path without numbers"""
        self.first_line: dict[str, int] = {}
        """the line of the first of each"""
        self.whole: set[str] = set()
        """those of them that hold elements themselves"""
        self.rows = 0
        self._columns = {name: _Columns([*group.leaves.values()]) for name, group in groups().items()}
        for group in groups().values():
            for name in group.lists.values():
                self._columns[name] = _Columns([name])

    def __call__(self, child: Element, nr: int) -> None:
        """Add a child, whole."""
        self._group(child, groups()[CHILD], nr, -1, "")

    def frames(self) -> dict[str, pl.DataFrame]:
        """By group, and by element that may repeat: `PARTS` and the values as text."""
        return {name: columns.frame() for name, columns in self._columns.items()}

    def _group(self, element: Element, group: Group, nr: int, up: int, where: str) -> None:
        columns = self._columns[group.name]
        row = columns.add(nr, up, where, element.line)
        self.rows += 1
        self._odd(element, group.name)
        counts: Counter[str] = Counter()
        values = columns.values
        leaves, inner, lists = group.leaves, group.groups, group.lists
        for part in self._parts(element, group):
            key = part.key
            if key in leaves:
                self._leaf(part, group.name)
                name, text = leaves[key], part.text
                before = values[name][row]
                if before is None:
                    values[name][row] = text or None
                elif text and text != before:
                    self.again.append((group.name, nr, where, part.line, name, text))
            elif key in inner:
                counts[key] += 1
                known = inner[key]
                self._group(part, known, nr, row, f"{where}/{known.name}[{counts[key]}]")
            elif key in lists:
                self._leaf(part, group.name)
                counts[key] += 1
                name = lists[key]
                own = self._columns[name]
                at = own.add(nr, row, f"{where}/{name}[{counts[key]}]", part.line)
                own.values[name][at] = part.text or None
                self.rows += 1
            else:
                path = f"{group.name}/{part.name}"
                self._count(path, part.line)
                if part.children:
                    self.whole.add(path)

    def _parts(self, element: Element, group: Group) -> Iterator[Element]:
        """The elements in a group, those in its wrappers too."""
        for part in element.children:
            if part.key in group.wrappers:
                self._odd(part, f"{group.name}/{part.name}")
                yield from self._parts(part, group)
            else:
                yield part

    def _odd(self, element: Element, path: str) -> None:
        """Count what a group or wrapper should not hold: text and attributes of its own."""
        if element.text:
            self._count(f"{path}/text", element.line)
        for name in element.attributes:
            self._count(f"{path}/@{name}", element.line)

    def _leaf(self, element: Element, path: str) -> None:
        """Count what an element with a value should not hold: elements and attributes."""
        for part in element.children:
            self._count(f"{path}/{element.name}/{part.name}", part.line)
        for name in element.attributes:
            self._count(f"{path}/{element.name}/@{name}", element.line)

    def _count(self, path: str, line: int) -> None:
        self.unknown[path] += 1
        self.first_line.setdefault(path, line)
