"""What the Board and the owners of indicators do: each act checked, written into the log, then added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from data.errors import DataError
from data.frames import collect
from fcl_tui.access.board.rows import board_rows, enter, event, written_by_others
from fcl_tui.access.readers.roles import BOARD, KPI_OWNER
from fcl_tui.definitions.board import indicators, periods
from fcl_tui.records.board import events

if TYPE_CHECKING:
    from datetime import date

    from fcl_tui.access.gate import Door
    from fcl_tui.definitions.days.calendar import Calendar

LONGEST = 4000
"""Characters of a text"""
NOTICE, WITHOUT_MEETING = 10, 20
"""Working days before the next meeting that an answer is due, and from today where no meeting is open"""
MEETING_NEXT = {"open": ("frozen",), "frozen": ("held",), "held": ("minuted",), "minuted": ()}
FORUMS = {"board": "Performance Board", **indicators.TEAMS}


def text(words: str, what: str, *, needed: bool = True) -> str:
    """A text as it is kept: trimmed, not empty where it is needed, not longer than it may be.

    Raises:
        DataError: it is empty, or too long; the sentence says what it is.
    """
    kept = words.replace("\0", "").strip()
    if needed and not kept:
        raise DataError(f"Say {what}. Nothing was saved.")
    if len(kept) > LONGEST:
        raise DataError(f"That is too long ({len(kept):,} characters); {LONGEST:,} fit. Nothing was saved.")
    return kept


def number(no: int) -> indicators.Indicator:
    """The newest version of an indicator. DataError: there is none."""
    versions = indicators.of(no)
    if not versions:
        raise DataError(f"There is no indicator {no}. Give its number, 1 to 51.")
    return versions[-1]


class BoardActs:
    """The acts of one reader on one office database."""

    def __init__(self, door: Door, *, demo: bool, as_at: date) -> None:
        self.door, self._demo, self._as_at = door, demo, as_at

    def _events(self) -> pl.LazyFrame:
        return board_rows(self.door, "", demo=self._demo).events

    def _add(self, row: dict[str, Any], said: str, *duties: str, to: str) -> str:
        enter(self.door, {"events": [row]}, said, demo=self._demo, duties=duties or (BOARD,), to=to)
        return str(row["subject"])

    # Exception reports

    def request(
        self,
        no: int,
        reason: str,
        calendar: Calendar,
        *,
        owner: str = "",
        due: date | None = None,
        period: str | None = None,
    ) -> str:
        """Ask for an exception report of an indicator; its number is handed back.

        Raises:
            DataError: no reason; one is open already; the reader may not.
        """
        one, why = number(no), text(reason, "why the report is asked for")
        known = self._events()
        already = collect(events.open_exceptions(known, self._as_at).filter(pl.col("no") == no))
        if not already.is_empty():
            state = already["exception"][0].replace("_", " ")
            raise DataError(f"An exception report of indicator {no} is open already ({state}).")
        owns = collect(events.owners(known).filter(pl.col("no") == no))
        owner = owner or (owns["owner"][0] if owns.height else "")
        meeting = collect(events.meetings(known).filter(pl.col("day") >= self._as_at).sort("day").head(1))
        day = due or self._due(calendar, meeting["day"][0] if meeting.height else None)
        body = {"reason": why, "owner": owner, "due": day.isoformat()}
        body["meeting"] = meeting["subject"][0] if meeting.height else ""
        row = event("exception", "requested", body, no=no, period=period)
        said = f"exception report requested: indicator {one.no}, due {day:%d/%m/%Y}"
        return self._add(row, said, BOARD, to="request an exception report")

    def _due(self, calendar: Calendar, meeting: date | None) -> date:
        start, days = (meeting, -NOTICE) if meeting is not None else (self._as_at, WITHOUT_MEETING)
        day: date = pl.select(calendar.add_working_days(pl.lit(start), days)).item()
        return max(day, self._as_at)

    def change(self, subject: str, what: str, **body: str) -> str:
        """Let something happen to an exception report: acknowledged, drafted, submitted, accepted ...

        Args:
            subject: its number, or the beginning of it. body: the parts of an answer, or review.

        Raises:
            DataError: there is no such report; that cannot happen to it as it stands; the reader may not.
        """
        known = self._events()
        reports = collect(events.exceptions(known, self._as_at))
        one = _found(reports, subject, "exception report")
        may = events.NEXT.get(one["state"], ())
        if what not in may:
            told = ", ".join(may) or "nothing: it is closed"
            state = one["state"].replace("_", " ")
            raise DataError(f"The report of indicator {one['no']} is {state}. What can follow: {told}.")
        told_of = {name: text(words, name, needed=False) for name, words in body.items()}
        if what == "submitted" and not (told_of.get("cause") or one["cause"]):
            raise DataError("An answer needs the cause, or that it is not known yet.")
        if what in events.BY_OWNER:
            self._check_owner(one["no"])
        before = {name: one[name] for name in events.ANSWER if one[name]} if what in events.BY_OWNER else {}
        whole = before | told_of
        row = event("exception", what, whole, subject=one["subject"], no=one["no"], period=one["period"])
        duties = (KPI_OWNER, BOARD) if what in events.BY_OWNER else (BOARD,)
        said = f"exception report {what.replace('_', ' ')}: indicator {one['no']}"
        return self._add(row, said, *duties, to=f"say that an exception report is {what.replace('_', ' ')}")

    def _check_owner(self, no: int) -> None:
        others = written_by_others(self.door, board_rows(self.door, "", demo=self._demo))
        if no in others:
            raise DataError(f"Indicator {no} is written by {others[no]}, who owns it.")

    # Comments, thanks, owners, charts that begin anew

    def comment(self, no: int, why: str, *, actions: str = "", period: str | None = None) -> None:
        """Say why a value is as it is, and what is done."""
        number(no)
        self._check_owner(no)
        body = {
            "why": text(why, "what there is to say"),
            "actions": text(actions, "actions", needed=False),
        }
        row = event("comment", "said", body, no=no, period=period)
        self._add(row, f"comment: indicator {no}", KPI_OWNER, BOARD, to="comment on an indicator")

    def thank(self, no: int | None, to_whom: str, words: str, *, period: str | None = None) -> str:
        """Word a note of thanks; its number is handed back."""
        if no is not None:
            number(no)
        body = {"to_whom": text(to_whom, "whom to thank"), "words": text(words, "what for")}
        row = event("thanks", "worded", body, no=no, period=period)
        return self._add(row, f"note of thanks worded: indicator {no}", BOARD, to="write a note of thanks")

    def note(self, subject: str) -> dict[str, Any]:
        """The note of thanks of this number. DataError: there is none."""
        return _found(collect(events.thanks(self._events())), subject, "note of thanks")

    def thanks_went(self, subject: str, what: str, *, signed_by: str = "") -> None:
        """Say that a note of thanks is signed, or sent."""
        one = self.note(subject)
        if (one["state"], what) not in {("worded", "signed"), ("signed", "sent")}:
            raise DataError(
                f"The note of thanks is {one['state']}. First word it, then sign it, then send it."
            )
        if what == "signed":
            text(signed_by, "who signs it")
        row = event("thanks", what, {"signed_by": signed_by}, subject=one["subject"], no=one["no"])
        self._add(row, f"note of thanks {what}: indicator {one['no']}", BOARD, to="sign a note of thanks")

    def own(self, no: int, owner: str) -> None:
        """Say who writes for an indicator."""
        number(no)
        row = event("owner", "said", {"owner": text(owner, "who owns it")[:400]}, no=no)
        self._add(row, f"owner said: indicator {no}", BOARD, to="say who owns an indicator")

    def rebase(self, no: int, start: date, reason: str) -> None:
        """Begin the control chart of an indicator anew, at a known change."""
        number(no)
        body = {"from": start.isoformat(), "reason": text(reason, "which change it was")}
        row = event("rebase", "said", body, no=no)
        self._add(row, f"control chart begun anew: indicator {no}", BOARD, to="begin a control chart anew")

    # Meetings

    def open_meeting(self, day: date, *, forum: str = "board", chair: str = "") -> str:
        """Open a meeting, which looks at the quarter that ended last before its day."""
        if forum not in FORUMS:
            raise DataError(f"There is no forum {forum!r}. There are: {', '.join(FORUMS)}.")
        quarter = periods.last_quarter(day)
        body = {"forum": FORUMS[forum], "day": day.isoformat(), "chair": chair}
        row = event("meeting", "open", body, period=quarter.name)
        return self._add(row, f"meeting opened: {forum} {day:%d/%m/%Y}", BOARD, to="open a meeting")

    def meeting(self, subject: str | None) -> dict[str, Any]:
        """The meeting of this number; without one the newest that is not minuted.

        Raises:
            DataError: there is none.
        """
        held = collect(events.meetings(self._events()))
        if subject is not None:
            return _found(held, subject, "meeting")
        waiting = held.filter(pl.col("state") != "minuted")
        if waiting.is_empty():
            raise DataError("No meeting is open. Open one first: fcl-tui board meeting open DATE.")
        return waiting.row(0, named=True)

    def move_meeting(self, subject: str | None, what: str, *, minutes: str = "") -> None:
        """Say that a meeting was held, or minuted."""
        one = self.meeting(subject)
        self._may(one, what)
        said = text(minutes, "what was decided", needed=what == "minuted")
        row = event("meeting", what, {"minutes": said}, subject=one["subject"], period=one["period"])
        self._add(row, f"meeting {what}: {one['day']:%d/%m/%Y}", BOARD, to=f"say that a meeting was {what}")

    @staticmethod
    def _may(one: dict[str, Any], what: str) -> None:
        may = MEETING_NEXT[one["state"]]
        if what not in may:
            told = f"What can follow: {', '.join(may)}" if may else "It is done"
            raise DataError(f"The meeting of {one['day']:%d/%m/%Y} is {one['state']}. {told}.")

    def freeze(self, subject: str | None, lines: pl.DataFrame, quarter: str, snapshot_id: str) -> int:
        """Keep the Board's lines as a meeting's figures; later ones are shown beside them.

        Args:
            lines: `records.board.lines.lines` of the quarter.

        Raises:
            DataError: the meeting is of another quarter, or frozen already; the figures are of a part of the
                authority.
        """
        one = self.meeting(subject)
        if self.door.remit:
            raise DataError(
                f"Your figures are of a part of the authority ({self.door.remit}), so they cannot be frozen. "
                "Ask a reader of all of it."
            )
        if one["state"] != "open":
            raise DataError(f"The figures of the meeting of {one['day']:%d/%m/%Y} are frozen already.")
        if one["period"] != quarter:
            raise DataError(
                f"The meeting of {one['day']:%d/%m/%Y} looks at {one['period']}, these figures are of "
                f"{quarter}. "
                f"Give a day on which {one['period']} is the newest quarter: --as-at."
            )
        columns = (
            "no", "definition_version", "period", "period_end", "value", "numerator", "denominator", "status",
            "green", "amber", "rag",
        )  # fmt: skip
        rows = lines.with_columns(definition_version=pl.col("version")).select(columns).to_dicts()
        frozen = [row | {"meeting": one["subject"], "snapshot_id": snapshot_id} for row in rows]
        told = event("meeting", "frozen", subject=one["subject"], period=one["period"])
        said = f"figures frozen: {one['day']:%d/%m/%Y}, {quarter}, {len(frozen)} indicators"
        enter(
            self.door, {"events": [told], "frozen": frozen}, said, demo=self._demo, duties=(BOARD,),
            to="freeze figures",
        )  # fmt: skip
        return len(frozen)


def _found(rows: pl.DataFrame, subject: str, what: str) -> dict[str, Any]:
    """The one row whose number begins so. DataError: there is none, or there are several."""
    wanted = subject.strip().lower()
    found = rows.filter(pl.col("subject").str.starts_with(wanted)) if wanted else rows.clear()
    if found.height != 1:
        how = "no" if found.is_empty() else "more than one"
        raise DataError(
            f"There is {how} {what} with the number {subject!r}. fcl-tui report board lists them."
        )
    return found.row(0, named=True)
