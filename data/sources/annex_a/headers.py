"""The eleven lists as the standard defines them, and how their headings are recognised.

The columns come from `contracts/annex_a_columns.csv`. A heading is compared whole, ignoring case,
after `tidy` has made its spaces and quotes plain.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from data.dataclass import dataclass

LISTS = range(1, 12)
CHILD_ID = "Child Unique ID"
COMMON = frozenset(
    {
        CHILD_ID,
        "Gender",
        "Ethnicity",
        "Date of Birth",
        "Age of Child (Years)",
        "Does the Child have a Disability",
        "Allocated Team",
        "Allocated Worker",
        "Family identifier",
        "Disability",
    }
)
"""Columns that stand in many lists and so cannot tell which list a sheet is."""

SCRIPT_ONLY = frozenset(
    {
        "Unaccompanied Asylum Seeking Child (UASC)",
        "Allocated Personal Advisor",
        "Latest Pathway Plan",
        "Latest Contact",
    }
)
"""List 9 columns that only the SSD script writes; a workbook without them is not at fault."""

_QUOTES = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "ʼ": "'",
        "´": "'",
        "`": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "\ufeff": " ",
        "\u200b": " ",
    }
)
_NAME_WORDS: Mapping[int, str] = {
    1: r"contacts?",
    2: r"early\s*help.*|eha?s?",
    3: r"referrals?",
    4: r"assessments?|c\s*&\s*f.*|.*continuous assessments?",
    5: r"(section|s\.?)\s*47.*|s47.*",
    6: r"(children|child) in need|cin",
    7: r"child(ren)? protection.*|cp(ps?)?|cp plans?",
    8: r"(children|child) in care|children looked after|looked after.*|cla|cic|lac",
    9: r"leaving care.*|care leavers?",
    10: r"adoptions?|children (for )?adoption.*",
    11: r"prospective adopters?|adopters?",
}


def tidy(text: str) -> str:
    """Make spaces, dashes and quotes plain and trim: what headings and sheet names are compared by."""
    return re.sub(r"\s+", " ", text.translate(_QUOTES)).strip()


class Column(NamedTuple):
    """One column of a list."""

    list_no: int
    title: str
    """the list's title"""
    name: str
    """the official heading, which is also the column's name inside the reader"""
    kind: str
    may_be_blank: bool
    exact: tuple[re.Pattern[str], ...]
    loose: tuple[re.Pattern[str], ...]
    """variants with a wildcard: tried only on headings that no exact variant claimed"""
    target: str
    code_list: str


@cache
def columns(list_no: int | None = None) -> tuple[Column, ...]:
    """Every column in the standard's order, or those of one list."""
    if list_no is not None:
        return tuple(column for column in columns() if column.list_no == list_no)
    text = files("data").joinpath("contracts/annex_a_columns.csv").read_text(encoding="utf-8")
    found = []
    for row in csv.DictReader(text.splitlines()):
        patterns = [re.compile(v, re.IGNORECASE) for v in row["header_variants"].split("; ")]
        found.append(
            Column(
                list_no=int(row["list"]),
                title=row["list_title"],
                name=row["column"],
                kind=row["type"],
                may_be_blank=row["may_be_blank"] == "yes",
                exact=tuple(p for p in patterns if ".*" not in p.pattern),
                loose=tuple(p for p in patterns if ".*" in p.pattern),
                target=row["ssd_target"],
                code_list=row["code_list"],
            )
        )
    return tuple(found)


def place(list_no: int) -> str:
    """The name of a list in issues, counts and row references."""
    return f"List {list_no}"


@dataclass(frozen=True)
class Headings:
    """One row of cells read as the headings of one list."""

    list_no: int
    found: Mapping[str, int]
    """official column name to the position of its cell"""
    extra: tuple[str, ...]
    repeated: tuple[str, ...]
    """headings that stand twice; the first is used"""

    @property
    def missing(self) -> tuple[str, ...]:
        """Official columns this row has not, except those only the SSD script writes."""
        return tuple(
            c.name for c in columns(self.list_no) if c.name not in self.found and c.name not in SCRIPT_ONLY
        )

    @property
    def telling(self) -> int:
        """How many columns were found that stand in few lists."""
        return sum(name not in COMMON for name in self.found)

    @property
    def share(self) -> float:
        """The part of the list's telling columns that was found, 0 to 1."""
        all_telling = sum(c.name not in COMMON and c.name not in SCRIPT_ONLY for c in columns(self.list_no))
        return self.telling / max(all_telling, 1)


def read_headings(cells: Sequence[str], list_no: int) -> Headings:
    """Match a row of cells to the columns of one list: exact spellings first, loose patterns after."""
    texts = [tidy(cell) for cell in cells]
    found: dict[str, int] = {}
    taken: set[int] = set()
    repeated: list[str] = []
    for column in columns(list_no):
        fits = [at for p in column.exact for at, text in enumerate(texts) if text and p.fullmatch(text)]
        fits = [at for at in dict.fromkeys(fits) if at not in taken]
        if fits:
            found[column.name] = fits[0]
            taken.update(fits)
            repeated.extend(texts[at] for at in fits[1:])
    for column in columns(list_no):
        free = (at for at, text in enumerate(texts) if text and at not in taken)
        at = next((at for at in free if any(p.fullmatch(texts[at]) for p in column.loose)), None)
        if at is not None and column.name not in found:
            found[column.name] = at
            taken.add(at)
    extra = tuple(text for at, text in enumerate(texts) if text and at not in taken)
    return Headings(list_no, found, extra, tuple(repeated))


def list_by_name(sheet_name: str) -> int | None:
    """The list that a sheet's name says it is: "List 1", "1", "List_1 contacts", "Contacts"; else None."""
    name = tidy(sheet_name.replace("_", " ")).lower()
    numbered = re.match(r"(?:annex a )?(?:list ?)?0*(\d{1,2})(?!\d)(?:[\s.:)-]|$)", name)
    if numbered and int(numbered[1]) in LISTS:
        return int(numbered[1])
    inside = re.search(r"\blist ?0*(\d{1,2})(?!\d)", name)
    if inside and int(inside[1]) in LISTS:
        return int(inside[1])
    return next((n for n, words in _NAME_WORDS.items() if re.fullmatch(words, name)), None)


@cache
def _any_heading() -> re.Pattern[str]:
    """Every variant of every list: a quick look whether a row can be headings at all."""
    variants = dict.fromkeys(p.pattern for c in columns() for p in (*c.exact, *c.loose))
    return re.compile("|".join(f"(?:{variant})" for variant in variants), re.IGNORECASE)


def _may_head(row: Sequence[str]) -> bool:
    return sum(_any_heading().fullmatch(tidy(cell)) is not None for cell in row if cell) > 1


def best_headings(rows: Sequence[Sequence[str]], sheet_name: str) -> tuple[int, Headings] | None:
    """Find the heading row among the first rows of a sheet, and which list it heads.

    The sheet's name decides while the headings do not speak against it; where the name helps nobody,
    at least half of a list's telling columns must be there.

    Returns:
        the row's position and its headings, or None when the sheet is none of the eleven lists.
    """
    named = list_by_name(sheet_name)
    tried = [
        (at, headings)
        for at, row in enumerate(rows)
        if _may_head(row)
        for list_no in LISTS
        if (headings := read_headings(row, list_no)).found
    ]
    if named is not None:
        own = [pair for pair in tried if pair[1].list_no == named]
        if own:
            at, headings = max(own, key=lambda pair: (len(pair[1].found), -pair[0]))
            if headings.telling or (len(headings.found) > 1 and not _other(tried, named)):
                return at, headings
    return _other(tried, named)


def _other(tried: Sequence[tuple[int, Headings]], named: int | None) -> tuple[int, Headings] | None:
    known = [pair for pair in tried if pair[1].list_no != named and pair[1].share >= 0.5]
    return max(known, key=lambda pair: (pair[1].share, len(pair[1].found), -pair[0]), default=None)
