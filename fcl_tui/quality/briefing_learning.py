"""Sections 6 to 10 of a briefing: what was said, learned and done beside the grades, and what comes next."""

from __future__ import annotations

from datetime import date

import polars as pl

from data.frames import collect
from fcl_tui.definitions.board.periods import Period, quarter_of
from fcl_tui.quality.briefing_section import TITLES, Section, Sources, quarterly, texts
from fcl_tui.quality.recommendations import recommendations

QUOTED = 6
"""Quotations and learning points that a briefing has room for"""


def _in(frame: pl.LazyFrame, column: str, quarter: Period) -> pl.DataFrame:
    return collect(frame.filter(pl.col(column).is_between(quarter.first, quarter.last)))


def said(sources: Sources, quarter: Period, as_at: date) -> Section:  # noqa: ARG001
    """What children and families said: how much of it, and what may be quoted."""
    rows = _in(sources.registers["feedback"], "day", quarter)
    counts = dict(rows.group_by("tone").len().rows())
    lines = [
        f"Feedback entered: {rows.height}"
        + (
            f" ({', '.join(f'{counts.get(one, 0)} {one}' for one in ('positive', 'mixed', 'negative'))})."
            if rows.height
            else "."
        )
    ]
    quotes = rows.filter(pl.col("may_be_quoted"), pl.col("words").is_not_null()).head(QUOTED)
    lines += [f"“{words}” ({whom})" for words, whom in quotes.select("words", "from_whom").rows()]
    return Section(6, TITLES[6], tuple(lines))


def learning(sources: Sources, quarter: Period, as_at: date) -> Section:  # noqa: ARG001
    """Learning points of the quarter, and how many audits are exemplars."""
    points = sources.registers["learning_points"].with_columns(day=pl.col("made_at").dt.date())
    rows = _in(points, "day", quarter).head(QUOTED)
    exemplars = quarterly(sources, quarter).filter("exemplar").height
    lines = [f"{theme}: {text}" for theme, text in rows.select("theme", "text").rows()]
    lines = lines or ["No learning point was entered this quarter."]
    if exemplars:
        lines.append(f"{exemplars} audits are exemplars to learn from; the quality manager shows them.")
    return Section(7, TITLES[7], tuple(lines))


def actions(sources: Sources, quarter: Period, as_at: date) -> Section:  # noqa: ARG001
    """Actions of the quarter's audits, those overdue of all, and audits made again."""
    rows = collect(sources.actions.filter(pl.col("period") == quarter.name))
    every = collect(sources.actions)
    counts = dict(rows.group_by("state").len().rows())
    late = every.filter("overdue").height
    lines = [
        f"{rows.height} actions of this quarter's audits: {counts.get('open', 0)} open, "
        f"{counts.get('done', 0)} done, {counts.get('verified', 0)} verified.",
        f"{late} actions of all quarters are overdue.",
    ]
    again = sources.cases.filter(pl.col("reaudit_of_case_id").is_not_null(), pl.col("grade").is_not_null())
    first = sources.cases.select(reaudit_of_case_id="case_id", was="grade")
    moved = collect(again.join(first, on="reaudit_of_case_id", how="inner"))
    up = moved.filter(pl.col("grade") > pl.col("was")).height
    lines.append(f"Audited again: {moved.height}; a better grade in {up}.")
    return Section(8, TITLES[8], tuple(lines))


def others(sources: Sources, quarter: Period, as_at: date) -> Section:  # noqa: ARG001
    """Thematic audits, observations, learning reviews and complaints of the quarter."""
    registers = sources.registers
    themed = collect(
        sources.cases.filter(
            pl.col("kind").is_in(["thematic", "multi_agency"]), pl.col("period") == quarter.name
        )
        .group_by("title")
        .len()
        .sort("title")
    )
    complaints = _in(registers["complaints"], "received", quarter)
    upheld = complaints.filter(pl.col("outcome").is_in(["upheld", "partly"])).height
    lines = [f"{title}: {count} cases" for title, count in themed.rows()]
    lines += [
        f"Observations of practice: {_in(registers['observations'], 'day', quarter).height}",
        f"Learning reviews published: {_in(registers['learning_reviews'], 'published', quarter).height}",
        f"Complaints received: {complaints.height}, upheld or partly upheld: {upheld}",
    ]
    return Section(9, TITLES[9], tuple(lines))


def next_(sources: Sources, quarter: Period, as_at: date) -> Section:
    """The next round, and the recommendations that are open."""
    rows = recommendations(sources.registers, as_at).filter(pl.col("state") == "open")
    told = collect(rows.sort("due", nulls_last=True).head(10)).select(
        "text", "owner", due=pl.col("due").dt.strftime("%d/%m/%Y")
    )
    nxt = quarter_of(date.fromordinal(quarter.last.toordinal() + 1)).name
    lines = (
        (f"The next round is {nxt}.",)
        if told.height
        else (f"The next round is {nxt}. No recommendation is open.",)
    )
    return Section(10, TITLES[10], lines, ("What will change", "Who", "By"), texts(told))
