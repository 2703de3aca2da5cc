"""A large demo authority, made district by district: each a small authority of its own, with other numbers.

Every district but the only one has a number, from 1. It decides the draws; the ranges from which children,
families, workers and teams take their numbers; and what stands before every other key, so that no key of
one district is one of another's. All prefixed keys have as many digits, which keeps a sorted table's
districts one after the other.
"""

from typing import NamedTuple

import polars as pl

from data.schema.tables import PREFIX, fields, key_of

DISTRICT = 20_000
"""Open children at most. An authority of no more has no districts."""

CHILDREN, WORKERS, TEAMS = 130_000, 10_000, 1_000
"""How many numbers are set aside for a district: it has up to 120,400 children, 2,747 workers, 199 teams."""

_FIRST, _DIGITS = 100, 7
_WITH_NUMBERS_OF_THEIR_OWN = ("professionals", "department", "version_log")
_MORE_KEYS = ("clae_cla_id", "icpc_icpc_meeting_id", "cppr_cp_review_meeting_id")
"""Keys that are neither a table's own nor lead to another."""


class District(NamedTuple):
    """A part of the authority."""

    number: int
    """from 1; 0 is an authority without districts"""
    children: int
    """how many are open"""

    def seed(self, seed: int) -> int:
        """The seed of this district's draws, given the authority's."""
        return seed + (self.number << 32)

    def before(self, numbers: int) -> int:
        """How many numbers other districts may have taken, if each is given so many."""
        return max(self.number - 1, 0) * numbers

    def named(self, name: str) -> str:
        """A team's name, told apart from the same team's elsewhere."""
        return f"{name}, District {self.number}" if self.number else name


def districts(children: int, size: int = DISTRICT) -> list[District]:
    """Share out the open children: districts of at most `size`, no two of which differ by more than one."""
    count = -(-children // size)
    if count == 1:
        return [District(0, children)]
    return [
        District(number + 1, children * (number + 1) // count - children * number // count)
        for number in range(count)
    ]


def told_apart(tables: dict[str, pl.DataFrame], district: District) -> dict[str, pl.DataFrame]:
    """The tables with the district's number before every key, except those of workers and teams."""
    if not district.number:
        return tables
    return {name: _told_apart(name, frame, district.number) for name, frame in tables.items()}


def _told_apart(name: str, frame: pl.DataFrame, number: int) -> pl.DataFrame:
    if name in _WITH_NUMBERS_OF_THEIR_OWN:
        return frame.clear() if name == "version_log" and number > 1 else frame
    key = key_of(name)
    theirs = [field.name for field in fields(name) if _is_key(field.name, field.foreign_key, key)]
    before = pl.lit(str(_FIRST + number))
    return frame.with_columns(
        pl.concat_str(before, pl.col(column).str.zfill(_DIGITS)).alias(column) for column in theirs
    ).with_columns(source_row=pl.concat_str(pl.lit(f"{PREFIX}{name}/"), pl.col(key)))


def _is_key(column: str, leads_to: str, key: str) -> bool:
    parent = leads_to.partition(".")[0]
    return column == key or column in _MORE_KEYS or parent not in ("", *_WITH_NUMBERS_OF_THEIR_OWN)
