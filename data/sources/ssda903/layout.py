"""The files of the SSDA903 return as its contract defines them, and how headings tell which one it is."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from data.dataclass import dataclass

CHILD, BORN, SEX = "CHILD", "DOB", "SEX"
COMMON = frozenset({CHILD, BORN, SEX})
"""Columns that stand in several files and so cannot tell which one it is."""

SPELLINGS = {"GENDER": SEX, "CHILDID": CHILD, "CHILD_ID": CHILD, "ID": CHILD, "PL": "PLACE"}
"""Other headings that mean the same: in messages, in the XML return, in exports."""

TELLING = {
    "header": {"UPN", "ETHNIC"},
    "episodes": {"DECOM"},
    "reviews": {"REVIEW"},
    "missing": {"MIS_START"},
    "uasc": {"DUC"},
    "oc2": {"SDQ_SCORE", "HEALTH_ASSESSMENT", "TEETH_CHECK", "IMMUNISATIONS"},
    "oc3": {"IN_TOUCH", "ACTIV", "ACCOM"},
    "ad1": {"DATE_INT", "DATE_MATCH"},
    "placed_for_adoption": {"DATE_PLACED"},
    "previous_permanence": {"PREV_PERM"},
    "sw_episodes": {"SW_DECOM"},
    "dolo": {"DOLO_START"},
}
"""Headings of which one must be there."""

TITLES = {
    "header": "header",
    "episodes": "episodes",
    "reviews": "reviews",
    "missing": "missing",
    "uasc": "UASC",
    "oc2": "OC2 (health)",
    "oc3": "OC3 (care leavers)",
    "ad1": "AD1 (adopted)",
    "placed_for_adoption": "placed for adoption",
    "previous_permanence": "previous permanence",
    "sw_episodes": "social worker episodes",
    "dolo": "deprivation of liberty orders",
}
"""How the files are called to people."""

LATER = frozenset({"sw_episodes", "dolo"})
"""Files that older returns do not have."""

_NAMES = {
    "header": r"header",
    "episodes": r"(?<!sw_)(?<!worker_)episodes?",
    "reviews": r"reviews?",
    "missing": r"missing",
    "uasc": r"uasc",
    "oc2": r"oc2",
    "oc3": r"oc3",
    "ad1": r"ad1",
    "placed_for_adoption": r"placed.*adoption|sbpfa",
    "previous_permanence": r"prev.*perm.*",
    "sw_episodes": r"(sw|social_?worker)s?_?episodes?",
    "dolo": r"dolo|deprivation.*liberty.*",
}


class Column(NamedTuple):
    """One column of a file."""

    kind: str
    """the file it stands in: header, episodes …"""
    name: str
    type: str
    """code, date, integer, 0/1 or text"""
    code_list: str
    has_home: bool
    """the standard has a field for it"""
    years: str


@cache
def columns(kind: str | None = None) -> tuple[Column, ...]:
    """Every column in the contract's order, or those of one file."""
    if kind is not None:
        return tuple(column for column in columns() if column.kind == kind)
    text = files("data").joinpath("contracts/ssda903_columns.csv").read_text(encoding="utf-8")
    return tuple(
        Column(
            kind=row["file"],
            name=row["column"],
            type="date" if row["type"].startswith("date") else row["type"].split()[0],
            code_list=row["code_list"],
            has_home=bool(row["ssd_target"]),
            years=row["years"],
        )
        for row in csv.DictReader(text.splitlines())
    )


@cache
def kinds() -> tuple[str, ...]:
    """The files of a return, in the contract's order."""
    return tuple(dict.fromkeys(column.kind for column in columns()))


@cache
def names(kind: str) -> tuple[str, ...]:
    """The columns of one file."""
    return tuple(column.name for column in columns(kind))


@cache
def owner_of() -> dict[str, str]:
    """The one file that has each column, for those that only one has."""
    return {column.name: column.kind for column in columns() if column.name not in COMMON}


def heading(text: str) -> str:
    """A heading as the contract writes it, whatever its case, spaces and spelling."""
    plain = re.sub(r"[\s\u00a0\u200b\ufeff]+", " ", text).strip().strip("\"'[]").strip()
    name = re.sub(r"[ -]+", "_", plain).upper()
    return SPELLINGS.get(name, name)


@dataclass(frozen=True)
class Headings:
    """A row of headings read as those of one file."""

    kind: str
    found: dict[str, int]
    """column to the position of its cell"""
    extra: tuple[str, ...]
    """what the contract does not know, as written"""
    repeated: tuple[str, ...]
    """columns that stand twice; the first is read"""

    @property
    def missing(self) -> tuple[str, ...]:
        """Columns every return has and this row has not."""
        return tuple(c.name for c in columns(self.kind) if c.years != "XML only" and c.name not in self.found)


def known(cells: Sequence[str]) -> int:
    """How many of the cells are headings of the return: what a row is chosen by."""
    every = owner_of()
    return sum(heading(cell) in every or heading(cell) in COMMON for cell in cells[:_WIDEST])


_WIDEST = 20_000
"""Cells looked at in a row of headings."""


def read_headings(cells: Sequence[str], file_name: str) -> Headings | None:
    """Tell which file a row of headings heads; None when it is no file of the return.

    The headings decide; the file's name only where they leave it open.
    """
    wanted = [heading(cell) for cell in cells]
    have = set(wanted)
    named = kind_by_name(file_name)
    best, rank = None, (0, False)
    for kind in kinds():
        own = sum(name in have and name not in COMMON for name in names(kind))
        told = bool(TELLING[kind] & have) and (CHILD in have or own > 2)
        only_named = kind == named and CHILD in have and have <= set(names(kind))
        if (told or only_named) and (own, kind == named) > rank:
            best, rank = kind, (own, kind == named)
    return _placed(best, cells, wanted) if best is not None else None


def _placed(kind: str, cells: Sequence[str], wanted: Sequence[str]) -> Headings:
    own = set(names(kind))
    found: dict[str, int] = {}
    extra: list[str] = []
    repeated: list[str] = []
    for at, name in enumerate(wanted):
        if name not in own:
            extra += [cells[at].strip()] if cells[at].strip() else []
        elif name in found:
            repeated.append(name)
        else:
            found[name] = at
    return Headings(kind, found, tuple(dict.fromkeys(extra)), tuple(dict.fromkeys(repeated)))


def kind_by_name(file_name: str) -> str | None:
    """The file of the return that a file's name says it is; None when it does not say."""
    stem = re.sub(r"[\s-]+", "_", file_name.rpartition("/")[2].rpartition(".")[0].lower())
    fits = [kind for kind, pattern in _NAMES.items() if re.search(rf"(?:^|[^a-z0-9])(?:{pattern})", stem)]
    return fits[0] if len(fits) == 1 else None
