"""One line that always says what is on the screen: report, team, filter, n of m, as at, data date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from widgets.cells.glyphs import glyphs
from widgets.cells.plain import fit, plain

PARTS, AS_AT = 8, 6
"""How many parts the line has, and where the as-at day stands among them"""


class StatusLine(Widget):
    """The status line. `show` sets what is on the screen; `say` adds words until the next `show`."""

    DEFAULT_CSS = """
    StatusLine {
        height: 1; width: 1fr; background: $panel; color: $foreground;
        & > .status-line--warning { background: $panel; color: $warning; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"status-line--warning"}

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        """Make an empty status line."""
        super().__init__(id=id, classes=classes)
        self._parts: list[list[str]] = []
        self._warning = ""
        self._words = ""
        self._selected = self._mark = ""
        self._once: tuple[int, ...] = ()
        """what goes early: the data of the same day, which is no second date, and that all are in it"""

    def show(
        self,
        *,
        report: str,
        as_at: date | None,
        team: str = "",
        everyone: bool = False,
        also: Sequence[str] = (),
        period: str = "",
        selected: str = "",
        mark: str = "",
        filter: str = "",
        count: int | None = None,
        total: int | None = None,
        data_date: date | None = None,
        age: str = "",
        warning: str = "",
    ) -> None:
        """Say what is on the screen.

        Args:
            report: the report's title.
            as_at: the day the report is about; never left out when the line is short of room.
            team: the team, or the worker, it is about.
            everyone: it is about all of them, as `team` says; that is left out before what else narrows it.
            also: what else narrows it; left out one by one from the end, never cut.
            period: its name and days, "last quarter, 01/10/2025 to 31/12/2025": when the line is short of
                room, what stands before the comma.
            selected: how many rows are selected, in words; never left out.
            mark: the mark on the row, in words; left out only for a message.
            filter: the filter in force.
            count: how many rows are listed; without `total` it stands alone.
            total: how many rows there are.
            data_date: the day of the data, and `age` how old that is in words, e.g. "2 days old".
            warning: loud words that come first, e.g. "DEMO" or "OLD DATA"; kept like as at.
        """
        self._parts = [
            _forms(report),
            [plain(team), ""] if everyone else _forms(team),
            [plain(period), plain(period.split(",", 1)[0])] if period else [""],
            [", ".join(plain(one) for one in also[:count]) for count in range(len(also), -1, -1)],
            [f'filter "{plain(filter)}"', f"/{plain(filter)}", f"/{fit(plain(filter), 8).rstrip()}", ""]
            if filter
            else [""],
            _counted(count, total),
            [f"as at {as_at:%d/%m/%Y}"] if as_at is not None else [""],
            _dated(data_date, age, data_date == as_at),
        ]
        self._selected, self._mark = plain(selected) if selected else "", plain(mark) if mark else ""
        self._once = ((7,) if data_date == as_at else ()) + ((1,) if everyone and also else ())
        self._warning, self._words = plain(warning) if warning else "", ""
        self.refresh()

    def say(self, words: str) -> None:
        """Put words before the rest until the next `show`, e.g. "Loading visits"."""
        self._words = plain(words) if words else ""
        self.refresh()

    @property
    def text(self) -> str:
        """What the line says at its present width."""
        return self.render_line(0).text.strip()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002  (one line)
        """Draw the line, its parts shortened until they fit; as at and the warning never are."""
        width = self.size.width
        warning = f" {self._warning} " if self._warning else ""
        room = width - cell_len(warning)
        style = self.get_component_rich_style("status-line--warning")
        segments = [Segment(warning, style)] if warning else []
        segments.append(Segment(fit(f" {self._fitted(room - 2)}", max(0, room)), self.rich_style))
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _fitted(self, room: int) -> str:
        parts = self._parts or [[""]] * PARTS
        first = [one for one in (self._selected, self._mark) if one]
        if self._words:
            as_at = parts[AS_AT][0]
            if cell_len(self._words) + sum(cell_len(text) + 3 for text in (*first, as_at)) > room:
                first = first[: bool(self._selected)]  # a message may name a file; the list has the mark
            taken = sum(cell_len(text) + 3 for text in (*first, as_at))
            first = [fit(self._words, max(0, room - taken)).rstrip(), *first]
            parts = [[""], *parts[1:]]  # the report's name stands right above
        at = [0] * len(parts)
        # What gives way first: the age, the filter (its own bar shows it), the period's days, what else
        # narrows, team, name.
        for number in (7, 4, *self._once, 2, 3, 1, 5, 4, 3, 1, 4, 7, 0, 0, 3, 1, 7, 5, 0):
            told = self._joined([*first, *(forms[i] for forms, i in zip(parts, at, strict=True))])
            if cell_len(told) <= room:
                break
            at[number] = min(at[number] + 1, len(parts[number]) - 1)
        return self._joined([*first, *(forms[i] for forms, i in zip(parts, at, strict=True))])

    def _joined(self, texts: list[str]) -> str:
        return f" {glyphs().separator} ".join(text for text in texts if text)


def _forms(text: str) -> list[str]:
    words = plain(text) if text else ""
    shorter = [fit(words, width).rstrip() if cell_len(words) > width else words for width in (20, 12)]
    return [words, *shorter, ""]


def _counted(count: int | None, total: int | None) -> list[str]:
    if count is None:
        return [""]
    if total is None:
        return [f"{count:,}", ""]
    return [f"{count:,} of {total:,}", f"{count}/{total}", ""]


def _dated(data_date: date | None, age: str, same_day: bool) -> list[str]:
    if data_date is None:
        return [""]
    if same_day:  # the date stands there once already
        return (
            [f"data of that day, {plain(age)}", "data of that day", ""] if age else ["data of that day", ""]
        )
    day = f"{data_date:%d/%m/%Y}"
    full = [f"data {day}, {plain(age)}"] if age else []
    return [*full, f"data {day}", f"data {data_date:%d/%m}", ""]
