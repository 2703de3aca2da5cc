"""How often each value of a column is there: counted over the rows on the screen, and gone into."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from widgets.cells.glyphs import glyphs
from widgets.menus.menu import Choice, Menu

if TYPE_CHECKING:
    import polars as pl

    from screens.report.host import ReportHost
    from widgets.cells.column import Column

MOST = 500
"""Values that are listed, the most frequent"""
TIMES = "\0times"
"""The column of counts, which no report has"""
PRIVATE = ("name", "date_of_birth")
"""Columns that privacy hides: not counted, and not named, while it does"""
BAR = 14
"""Cells of the longest bar"""


class Frequency:
    """The windows behind the key for it, and the one value that the list is narrowed to."""

    def __init__(self, host: ReportHost) -> None:
        self._host = host
        self._only: tuple[str, str, Any, str] | None = None

    @property
    def narrows(self) -> bool:
        """Whether the list is narrowed to a value."""
        return self._only is not None

    def chosen(self) -> dict[str, str]:
        """What the list is narrowed to, in words."""
        if self._only is None:
            return {}
        column, title, _, words = self._only
        hidden = self._host.session.masked and column in PRIVATE
        return {"only": f"one {title.lower()}" if hidden else f"{title}: {words}"}

    def clear(self) -> None:
        """Narrow to nothing."""
        self._only = None

    def narrowed(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The rows with the value; all where none is chosen, or they have no such column."""
        import polars as pl

        if self._only is None or self._only[0] not in rows.columns:
            return rows
        column, _, value, _ = self._only
        kind = rows.schema[column]
        return rows.filter(pl.col(column).eq_missing(pl.lit(value, kind)))

    def ask(self) -> None:
        """Ask for a column, then show how often each of its values is there."""
        table = self._host.table
        hidden = PRIVATE if self._host.session.masked else ()
        told = (one for one in table.columns if one.title.strip() and not one.stands_for)
        columns = {one.key: one for one in told if one.key not in hidden}
        if not columns or not table.row_count:
            self._host.say("Nothing is listed here to count")
            return

        def then(key: str | None) -> None:
            if key is not None:
                self._show(columns[key])

        choices = [Choice(key, column.title) for key, column in columns.items()]
        usual = next((key for key in ("worker", "team", "state") if key in columns), None)
        self._host.ask(Menu("Count the values of which column?", choices, usual), then)

    def _show(self, column: Column) -> None:
        rows = self._host.table.shown_frame()
        if rows is None or column.key not in rows.columns:
            return
        counts = counted(rows, column.key)
        most = int(counts[TIMES].max() or 1)  # type: ignore[arg-type]
        full = glyphs().steps[-1]
        values = counts[column.key].to_list()
        choices = [
            Choice(
                str(at),
                column.words(value, column.width) or glyphs().gap,
                f"{full * max(1, round(BAR * count / most))} {count:,}",
            )
            for at, (value, count) in enumerate(zip(values, counts[TIMES], strict=True))
        ]

        def then(key: str | None) -> None:
            if key is not None:
                at = int(key)
                self._only = (column.key, column.title, values[at], choices[at].label)
                self._host.reload()

        self._host.ask(Menu(f"{rows.height:,} rows by {column.title}: enter shows only those", choices), then)


def counted(rows: pl.DataFrame, column: str) -> pl.DataFrame:
    """How often each value of a column is there: the column and TIMES; most frequent first, at most MOST."""
    import polars as pl

    from data.frames import collect

    return collect(
        rows.lazy()
        .group_by(column)
        .agg(pl.len().alias(TIMES))
        .sort(pl.col(TIMES), pl.col(column), descending=[True, False], nulls_last=True)
        .head(MOST)
    )
