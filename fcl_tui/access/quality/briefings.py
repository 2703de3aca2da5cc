"""The briefing of a quarter: made from all audits by who manages quality assurance, frozen, read by
its audience.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from data.dataclass import dataclass
from data.errors import DataError
from data.frames import collect
from data.office import access_log as log
from data.office.quality import store
from fcl_tui.access.quality.desk import REPORT
from fcl_tui.access.quality.registers import all_of
from fcl_tui.access.quality.rows import ratings_of
from fcl_tui.access.quality.tools import standards_of
from fcl_tui.access.readers.duties import require_duty
from fcl_tui.access.readers.roles import QA
from fcl_tui.quality import briefing_section as made
from fcl_tui.quality import current
from fcl_tui.quality.briefing import AUDIENCES, briefing
from fcl_tui.quality.rounds import QUARTERLY, quarter

if TYPE_CHECKING:
    from fcl_tui.access.quality.desk import Desk


@dataclass(frozen=True)
class Briefing:
    """A briefing as it is given out."""

    period: str
    audience: str
    sections: list[made.Section]
    as_at: date
    version: int
    """0: not frozen, the figures of now"""
    frozen_by: str = ""
    frozen_on: date | None = None
    corrected_since: int = 0
    """audits of the quarter that were corrected after it was frozen"""

    @property
    def title(self) -> str:
        """What it is called."""
        return f"Quality assurance briefing {self.period}"

    @property
    def said(self) -> str:
        """Whom it is for, of which day, and whether it is frozen."""
        whom = AUDIENCES[self.audience][0]
        if not self.version:
            return f"{whom} · as at {self.as_at:%d/%m/%Y} · draft: figures can still change"
        fixed = f"{whom} · version {self.version}, frozen on {self.frozen_on:%d/%m/%Y} by {self.frozen_by}"
        since = self.corrected_since
        return f"{fixed} · {since} corrected since" if since else fixed


def audience_of(name: str) -> str:
    """The audience of this name. DataError: there is none."""
    if name not in AUDIENCES:
        raise DataError(f"There is no audience {name!r}. There are: {', '.join(AUDIENCES)}.")
    return name


def now(desk: Desk, period: str, audience: str) -> Briefing:
    """The briefing as the figures are now.

    Raises:
        DataError: the reader does not manage quality assurance, or there is no round of that quarter.
    """
    require_duty(desk.door, QA, to="make a briefing", report=REPORT)
    name = quarter(period)
    tables = desk.tables(*current.NEEDED, "audit_ratings", "audit_tools")
    cases = collect(current.cases(tables, desk.as_at))
    if cases.filter(pl.col("period") == name.name, pl.col("kind") == QUARTERLY).is_empty():
        raise DataError(f"There is no round of audits for {name.name}.")
    periods = cases.lazy().select("case_id", "period")
    sources = made.Sources(
        cases=cases.drop("person_id", "allocated_worker", "auditor", "moderator").lazy(),
        ratings=ratings_of(tables, cases),
        actions=current.actions(tables, desk.as_at).join(periods, on="case_id", how="left"),
        registers=all_of(desk),
        standards=standards_of(tables),
        fewest=desk.rules.fewest_shown,
    )
    sections = briefing(sources, name, audience_of(audience), desk.as_at)
    return Briefing(name.name, audience, sections, desk.as_at, 0)


def freeze(desk: Desk, period: str, audience: str) -> Briefing:
    """Keep the briefing as it is now; a later one of the same quarter and audience is another version.

    Raises:
        DataError: as `now`, or it cannot be saved.
    """
    told = now(desk, period, audience)
    before = _kept(desk, told.period, audience)
    rounds = desk.tables("audit_rounds")["audit_rounds"]
    mine = rounds.filter(pl.col("period") == told.period, pl.col("kind") == QUARTERLY)
    round_id = collect(mine.select("round_id")).item(0, 0)
    body = {"as_at": desk.as_at.isoformat(), "sections": made.told(told.sections)}
    desk.door.record(log.ENTERED, report=REPORT, detail=f"briefing of {told.period} frozen for {audience}")
    row = {
        "round_id": round_id, "audience": audience, "version": before.height + 1,
        "figures": json.dumps(body), "approved_by": desk.who,
    }  # fmt: skip
    store.add(desk.office, desk.who, {"briefings": [row]})
    frozen = newest(desk, told.period, audience)
    assert frozen is not None
    return frozen


def newest(desk: Desk, period: str, audience: str) -> Briefing | None:
    """The newest frozen briefing of a quarter for an audience; None: none was frozen."""
    kept = _kept(desk, quarter(period).name, audience_of(audience))
    if kept.is_empty():
        return None
    row = kept.row(-1, named=True)
    body = json.loads(row["figures"])
    changed = desk.tables("audit_revisions", "audit_cases")
    corrected = (
        changed["audit_revisions"]
        .filter(pl.col("stage") == "correction", pl.col("made_at") > row["made_at"])
        .join(changed["audit_cases"].filter(pl.col("round_id") == row["round_id"]), on="case_id", how="semi")
    )
    return Briefing(
        quarter(period).name,
        audience,
        made.heard(body["sections"]),
        date.fromisoformat(body["as_at"]),
        row["version"],
        row["approved_by"],
        row["made_at"].date(),
        collect(corrected).height,
    )


def _kept(desk: Desk, period: str, audience: str) -> pl.DataFrame:
    tables = desk.tables("audit_rounds", "briefings")
    mine = tables["audit_rounds"].filter(pl.col("period") == period).select("round_id")
    told = tables["briefings"].join(mine, on="round_id", how="semi").filter(pl.col("audience") == audience)
    return collect(told.sort("seq"))


def given(desk: Desk, period: str, audience: str) -> Briefing:
    """The briefing to hand over: the newest frozen one, to any manager; else to who makes it, the draft.

    Social workers have the one for social work. What is handed over is written down.

    Raises:
        DataError: the reader may not, or there is none.
    """
    desk.door.renew()
    if audience != "social_work" and not desk.sees_figures:
        desk.door.refuse("This briefing is for managers.", report=REPORT)
    told = newest(desk, period, audience)
    if told is None and not desk.is_qa:
        raise DataError(f"No briefing of {quarter(period).name} is frozen for {audience} yet.")
    desk.door.record(log.EXPORTED, report=REPORT, detail=f"briefing {period} {audience}")
    return told or now(desk, period, audience)
