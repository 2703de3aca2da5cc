"""The elements of the children in need census, from the contract: which are rows, and where values go."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import field
from functools import cache
from importlib.resources import files

from data.dataclass import dataclass

CHILD = "Child"
WRAPPERS: Mapping[str, str] = {"cppreviews": "reviews"}
"""Other names of elements that only wrap others, in lower case: some systems write the script's name."""

ZONED = r"^(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})$"
"""XML's dates may name a zone; the day is meant as it stands."""

_CHILD_PATH = f"Message/Children/{CHILD}"
_TARGET = re.compile(r"\bssd_(\w+)\.(\w+)")


@dataclass
class Group:
    """An element that is a row: its values, the lists in it, and the groups inside it."""

    name: str
    """as the contract spells it"""
    leaves: dict[str, str] = field(default_factory=dict)
    """elements that hold one value, by their names in lower case"""
    lists: dict[str, str] = field(default_factory=dict)
    """elements that hold one value and may repeat"""
    wrappers: set[str] = field(default_factory=set)
    """elements that only hold the others, in lower case"""
    groups: dict[str, Group] = field(default_factory=dict)
    """the groups inside, by their names in lower case"""
    targets: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """by element: the SSD tables (without prefix) and fields that its value fills"""

    def fields(self, table: str) -> dict[str, str]:
        """The fields of a table that this group fills, and the element each comes from."""
        return {
            name: leaf for leaf, targets in self.targets.items() for where, name in targets if where == table
        }

    def homeless(self) -> list[str]:
        """Elements with a value that no SSD field holds."""
        return [name for name in self.leaves.values() if not self.targets.get(name)]


@cache
def groups() -> Mapping[str, Group]:
    """Every group under Child, and Child itself, by name in the contract's order."""
    text = files("data").joinpath("contracts/cin_census_paths.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    found: dict[str, Group] = {}
    for row in rows:
        if row["path"].startswith(_CHILD_PATH) and row["type"] == "group":
            name = row["path"].rpartition("/")[2]
            found[name] = Group(name)
    for row in rows:
        if not row["path"].startswith(f"{_CHILD_PATH}/"):
            continue
        *above, name = row["path"].removeprefix("Message/Children/").split("/")
        last = max(at for at, part in enumerate(above) if part in found)
        group = found[above[last]]
        if row["type"] == "group":
            group.groups[name.lower()] = found[name]
            continue
        (group.lists if row["repeats"].endswith("n") else group.leaves)[name.lower()] = name
        group.wrappers.update(part.lower() for part in above[last + 1 :])
        group.targets[name] = tuple(_TARGET.findall(row["ssd_target"]))
    for group in found.values():
        group.wrappers.update(other for other, same in WRAPPERS.items() if same in group.wrappers)
    return found


@cache
def header_names() -> Mapping[str, str]:
    """Elements of the header, by their names in lower case."""
    text = files("data").joinpath("contracts/cin_census_paths.csv").read_text(encoding="utf-8")
    paths = [row["path"].split("/") for row in csv.DictReader(text.splitlines())]
    return {part.lower(): part for path in paths if path[1] == "Header" for part in path[2:]}


@cache
def expected(table: str) -> str:
    """full, partial or none: what the contract says of a table."""
    text = files("data").joinpath("contracts/coverage.csv").read_text(encoding="utf-8")
    said = {row["table"]: row["cin_census"] for row in csv.DictReader(text.splitlines())}
    return said.get(f"ssd_{table}", "none")
