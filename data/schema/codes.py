"""The code lists: codes, their meaning in words, and every spelling in which sources write them."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

LETTER = r"^[a-z]{1,2}\d?\)\s*"
"""The letter that Annex A puts before a code: "b) ", "zz) ", "p1) "."""

_TIDY = (
    (r"[\s\u00a0\u200b\ufeff]+", " "),
    (r"[\u2018\u2019\u02bc`]", "'"),
    (r"[\u2010-\u2015]", "-"),
    (r"^ | $", ""),
    (r"^(-?\d+)\.0+$", "$1"),
)

_EXTRA = {
    "cp_category": {"multiple": "MUL", "not recommended": "MUL"},
    "accommodation": {f"{code}{suitable}": code for code in "BCDEGHKRSTUVWXYZ" for suitable in "12"},
    "legal_status": {"interim care order": "C1", "full care order": "C2", "care order": "C2"},
}
"""Spellings beyond the contract: the parts before a colon, and the 903 code with its suitability."""


def _tidy(text: str) -> str:
    for pattern, replacement in _TIDY:
        text = re.sub(pattern, replacement.replace("$1", r"\1"), text)
    return text.lower()


@cache
def _rows() -> tuple[dict[str, str], ...]:
    text = files("data").joinpath("contracts/code_lists.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def labels(code_list: str) -> dict[str, str]:
    """Every code of a list and what it means in words."""
    return {row["code"]: row["label"] for row in _rows() if row["list"] == code_list}


@cache
def spellings(code_list: str) -> dict[str, str]:
    """Every known spelling, tidied and in lower case, and the code it stands for.

    A spelling that could stand for two codes is left out, unless it is one of the codes itself.
    """
    rows = [row for row in _rows() if row["list"] == code_list]
    ranks = [
        [(row["code"], row["code"]) for row in rows],
        [(alias, row["code"]) for row in rows for alias in row["aliases"].split(";")],
        list(_EXTRA.get(code_list, {}).items()),
        [(row["annex_a_label"], row["code"]) for row in rows],
        [(re.sub(LETTER, "", _tidy(row["annex_a_label"])), row["code"]) for row in rows],
        [
            (re.sub(LETTER, "", _tidy(alias)), row["code"])
            for row in rows
            for alias in row["aliases"].split(";")
        ],
        [(row["label"], row["code"]) for row in rows],
    ]
    found: dict[str, str] = {}
    for rank in ranks:
        meanings: dict[str, set[str]] = {}
        for spelling, code in rank:
            meanings.setdefault(_tidy(spelling), set()).add(code)
        for spelling, codes in meanings.items():
            if spelling and len(codes) == 1:
                found.setdefault(spelling, next(iter(codes)))
    return found


def label_expr(column: pl.Expr, code_list: str) -> pl.Expr:
    """The words for a code; a value that is no code stays as it is."""
    return column.replace(labels(code_list))


def code_expr(column: pl.Expr, code_list: str) -> pl.Expr:
    """The code that a spelling stands for; null when it stands for none.

    Tries the whole text, the text without its letter ("b) Neglect"), and what stands before a colon or
    dash ("C2: FCO", "N1 - Abuse or neglect").
    """
    import polars as pl

    known = spellings(code_list)
    whole = column.cast(pl.String)
    for pattern, replacement in _TIDY:
        whole = whole.str.replace_all(pattern, replacement)
    whole = whole.str.to_lowercase()
    bare = whole.str.replace(LETTER, "")
    head = bare.str.extract(r"^([^:]*?)\s*(?::|-).+$", 1)
    lookups = [
        text.replace_strict(known, default=None, return_dtype=pl.String) for text in (whole, bare, head)
    ]
    return pl.coalesce(lookups)
