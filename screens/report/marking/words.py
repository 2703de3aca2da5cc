"""Marks as they are taken back and made again, and what they are called on the screen."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from data.office.marks import Mark


def as_marks(rows: "pl.DataFrame") -> "list[Mark]":
    """The marks in rows of the office database."""
    from data.office.marks import Mark

    kept = ("item_id", "kind", "made_by", "day", "whom", "note", "mark_id")
    return [Mark(**{name: row[name] for name in kept}) for row in rows.iter_rows(named=True)]


def called(marks: "list[Mark]") -> str:
    """What was marked, and on how many items."""
    kind = marks[0].kind
    words = "note on the child" if kind == "child_note" else kind.replace("_", " ")
    return f"{words}, {'1 item' if len(marks) == 1 else f'{len(marks)} items'}"
