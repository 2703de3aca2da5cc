"""What a reader may ask of a report: one declaration for command line, key, menu, saved view and words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Literal, TypeAlias

from data.dataclass import dataclass

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query

Value: TypeAlias = "str | date | bool"
Names: TypeAlias = "Callable[[Context, Query], pl.LazyFrame]"


@dataclass(frozen=True)
class Option:
    """One value a parameter can have: as it is typed and saved, and as people read it."""

    value: str
    words: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """What a reader may ask of a report: command line option, key, menu, saved-view field and words in one.

    A report refuses every parameter that it does not declare.
    """

    name: str
    """as in a saved view and in JSON: from"""
    label: str
    """the key's label, and the word in headings: Team"""
    help: str
    kind: Literal["name", "choice", "flag", "date", "text", "period"]
    """name: one of the names in the data (`names`); choice: one of `options`; period: days by name"""
    key: str | None = None
    """the key that asks for it on every screen"""
    key_label: str = ""
    """the key's label where it is another: Errors, for a key that turns on errors only"""
    names: Names | None = None
    """lazily: value (String), note (String), for a `name`; may depend on what else was chosen"""
    options: tuple[Option, ...] = ()
    resets: tuple[str, ...] = ()
    """choosing this forgets these: a team's choice forgets the worker"""
    question: str = ""
    """the heading of its menu: Which team?"""
    everyone: str = ""
    """what is shown when none is chosen: all teams"""
    words: str = ""
    """what is shown for a flag that is on: overdue only"""
    words_of: Callable[[str], str] | None = None
    """a text value as people read it"""
    metavar: str | None = None
    turns: tuple[str, ...] = ()
    """the key does not open a menu: it goes through these values and back to all"""
    former: tuple[str, ...] = ()
    """names it had in views saved by earlier versions"""
    saved: bool = True
    """kept in a saved view; a client's number is not"""
    brings: tuple[Parameter, ...] = ()
    """further parameters of every report that declares this one: a period where there are its days"""
