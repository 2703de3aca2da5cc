"""The quarterly briefing: its sections as frozen figures, for three audiences; no child and no small
pod in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from data.frames import collect
from fcl_tui.definitions.board_periods import Period, quarter_of
from fcl_tui.quality import current, figures
from fcl_tui.quality.grades import BETTER, GOOD, GRADES, NOT_COUNTED, OUTCOMES
from fcl_tui.quality.intervals import interval
from fcl_tui.quality.states import REPLACED

AUDIENCES = {
    "social_work": ("For social workers and managers", (4, 6, 7, 10, 2, 3)),
    "slt": ("For the senior leadership team", (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)),
    "board": ("For the Performance Board", (1, 2, 3, 8, 10)),
}
"""Who reads it, and the sections in their order"""
TITLES = {
    1: "Done and not done",
    2: "Overall grades",
    3: "Outcomes for children",
    4: "Standards",
    5: "By status and by pod",
    6: "What children and families said",
    7: "Learning",
    8: "Actions and re-audits",
    9: "Other quality assurance this quarter",
    10: "What happens next",
}
FEW = "Groups with few audits"
QUOTED = 6
"""Quotations and learning points that a briefing has room for"""


@dataclass(frozen=True)
class Section:
    """One section: sentences, and a table of texts under headings."""

    number: int
    title: str
    lines: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Sources:
    """What a briefing is made of."""

    cases: pl.LazyFrame
    """`current.cases` of every round; no part of them leaves but counts"""
    ratings: pl.LazyFrame
    actions: pl.LazyFrame
    """`current.actions` with period"""
    registers: Mapping[str, pl.LazyFrame]
    standards: Mapping[str, str]
    fewest: int = 5


def briefing(sources: Sources, quarter: Period, audience: str, as_at: date) -> list[Section]:
    """The sections for an audience, in its order. KeyError: there is no such audience."""
    made = {
        1: _done, 2: _grades, 3: _outcomes, 4: _standards, 5: _groups, 6: _said, 7: _learning, 8: _actions,
        9: _others, 10: _next,
    }  # fmt: skip
    return [made[number](sources, quarter, as_at) for number in AUDIENCES[audience][1]]


def percent(numerator: int, denominator: int) -> str:
    """A share with what it is made of, and how sure it is."""
    sure = interval(numerator, denominator)
    if sure is None:
        return "none"
    low, high = sure
    share = 100 * numerator / denominator
    return f"{numerator} of {denominator} ({share:.0f}%, 95% range {low:.0f} to {high:.0f}%)"


def _of(sources: Sources, quarter: Period) -> pl.DataFrame:
    mine = pl.col("period") == quarter.name
    return collect(sources.cases.filter(mine, pl.col("kind") == "quarterly"))


def _range() -> pl.Expr:
    return pl.format("{} to {}%", *(pl.col(one).round(0).cast(pl.Int64) for one in ("low", "high")))


def few_together(rows: pl.DataFrame, column: str, fewest: int) -> pl.DataFrame:
    """The same rows; groups of fewer than that are called FEW, all of them together.

    Where they are too few even so, the next smallest group is put to them: else they could be worked out as
    what is left of the whole.
    """
    sizes = rows.group_by(column).len().sort("len", column)
    small = sizes.filter(pl.col("len") < fewest)
    if small.height and small["len"].sum() < fewest:
        small = sizes.head(small.height + 1)
    named = pl.when(pl.col(column).is_in(small[column].implode())).then(pl.lit(FEW)).otherwise(column)
    return rows.with_columns(named.alias(column))


def _done(sources: Sources, quarter: Period, as_at: date) -> Section:
    every = _of(sources, quarter)
    live = every.filter(pl.col("state") != REPLACED)
    late = live.filter(pl.col("days") < 0).height
    audited, graded = live["submitted_at"].count(), live["grade"].count()
    gone = every.filter(pl.col("state") == REPLACED).group_by("reason").len().sort("len", descending=True)
    lines = [
        f"{live.height} audits drawn, {audited} handed in, {graded} moderated.",
        f"{late} late on {as_at:%d/%m/%Y}.",
    ]
    lines += [f"{count} replaced: {reason}" for reason, count in gone.rows()]
    counted = (
        few_together(live, "pod", sources.fewest)
        .group_by("pod")
        .agg(
            drawn=pl.len(),
            audited=pl.col("submitted_at").count(),
            moderated=pl.col("grade").count(),
            late=(pl.col("days") < 0).sum(),
        )
        .sort(pl.col("pod") == FEW, "pod")
    )
    headings = ("Pod", "Drawn", "Handed in", "Moderated", "Late")
    return Section(1, TITLES[1], tuple(lines), headings, _texts(counted))


def _grades(sources: Sources, quarter: Period, as_at: date) -> Section:  # noqa: ARG001
    live = _of(sources, quarter).filter(pl.col("grade").is_not_null())
    good = live.filter(pl.col("grade") >= GOOD).height
    moved = (
        live.filter(pl.col("moved") != 0)
        .group_by("auditor_grade", "grade")
        .len()
        .sort("auditor_grade", "grade", descending=True)
    )
    lines = [f"Good or better: {percent(good, live.height)}."]
    if live.height:
        half = figures.half_width(live.height)
        lines.append(
            f"{live.height} audits give about {half:.0f} points either way: a smaller change is no change."
        )
    changed = [f"{GRADES[a]} to {GRADES[b]}: {count}" for a, b, count in moved.rows()]
    lines.append(f"Changed in moderation: {'; '.join(changed) if changed else 'none'}.")
    trend = collect(figures.quarters(sources.cases.filter(pl.col("period") <= quarter.name)))
    told = trend.select(
        "period", "moderated", "outstanding", "good", "requires_improvement", "inadequate",
        share=pl.when(pl.col("moderated") > 0).then(
            pl.format("{}/{} ({}%)", "good_or_better", "moderated", pl.col("percent").round(0).cast(pl.Int64))
        ),
        range=_range(),
    )  # fmt: skip
    headings = (
        "Quarter", "Mod.", "Outst.", "Good", "Req. impr.", "Inad.", "Good or better", "95% range",
    )  # fmt: skip
    return Section(2, TITLES[2], tuple(lines), headings, _texts(told))


def _outcomes(sources: Sources, quarter: Period, as_at: date) -> Section:  # noqa: ARG001
    live = _of(sources, quarter).filter(pl.col("grade").is_not_null())
    counted = live.filter(~pl.col("outcome").is_in(list(NOT_COUNTED)))
    better = counted.filter(pl.col("outcome").is_in(list(BETTER))).height
    left = live.height - counted.height
    lines = [
        f"Improved or improving: {percent(better, counted.height)}.",
        f"{left} too early to tell or not applicable, in neither number.",
    ]
    told = live.group_by("outcome").len().rows()
    counts = dict(told)
    rows = tuple((words, str(counts.get(key, 0))) for key, words in OUTCOMES.items())
    return Section(3, TITLES[3], tuple(lines), ("Outcomes overall", "Audits"), rows)


def _ranked(sources: Sources, period: str) -> pl.DataFrame:
    cases = sources.cases.filter(pl.col("period") == period, pl.col("kind") == "quarterly")
    return collect(figures.standards(cases, sources.ratings, sources.standards))


def _standards(sources: Sources, quarter: Period, as_at: date) -> Section:  # noqa: ARG001
    from datetime import timedelta

    before = quarter_of(quarter.first - timedelta(days=1)).name
    now, then = _ranked(sources, quarter.name), _ranked(sources, before)
    if now.is_empty():
        return Section(4, TITLES[4], ("No standard was graded in a moderated audit.",))
    joined = now.join(
        then.select("standard_key", was="percent"), on="standard_key", how="left", maintain_order="left"
    )
    change = (pl.col("percent") - pl.col("was")).round(0).cast(pl.Int64)
    sign = pl.when(change > 0).then(pl.lit("+")).otherwise(pl.lit(""))
    told = joined.select(
        "standard",
        share=pl.format("{}/{} ({}%)", "good_or_better", "graded", pl.col("percent").round(0).cast(pl.Int64)),
        range=_range(),
        change=pl.format("{}{}", sign, change),
    )
    names = now["standard"].to_list()
    lines = (f"Strongest: {'; '.join(names[:3])}.", f"Weakest: {'; '.join(names[-3:][::-1])}.")
    headings = ("Standard", "Good or better", "95% range", f"Points since {before}")
    return Section(4, TITLES[4], lines, headings, _texts(told))


def _groups(sources: Sources, quarter: Period, as_at: date) -> Section:  # noqa: ARG001
    live = _of(sources, quarter).filter(pl.col("grade").is_not_null())
    words = pl.col("status").str.replace_all("_", " ").str.to_titlecase()
    status = few_together(live.with_columns(status=words), "status", sources.fewest)
    pods = few_together(live, "pod", sources.fewest)
    rows: list[tuple[str, ...]] = []
    for each in (status.select("grade", group="status"), pods.select("grade", group="pod")):
        told = each.group_by("group").agg(n=pl.len(), good=(pl.col("grade") >= GOOD).sum())
        for group, count, good in told.sort(pl.col("group") == FEW, "group").rows():
            few = count < sources.fewest
            words_of = (f"under {sources.fewest}", "-") if few else (str(count), percent(good, count))
            rows.append((str(group), *words_of))
    lines = (f"Groups of fewer than {sources.fewest} audits are not shown by themselves.",)
    return Section(5, TITLES[5], lines, ("Group", "Moderated", "Good or better"), tuple(rows))


def _in(frame: pl.LazyFrame, column: str, quarter: Period) -> pl.DataFrame:
    return collect(frame.filter(pl.col(column).is_between(quarter.first, quarter.last)))


def _said(sources: Sources, quarter: Period, as_at: date) -> Section:  # noqa: ARG001
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


def _learning(sources: Sources, quarter: Period, as_at: date) -> Section:  # noqa: ARG001
    points = sources.registers["learning_points"].with_columns(day=pl.col("made_at").dt.date())
    rows = _in(points, "day", quarter).head(QUOTED)
    exemplars = _of(sources, quarter).filter("exemplar").height
    lines = [f"{theme}: {text}" for theme, text in rows.select("theme", "text").rows()]
    lines = lines or ["No learning point was entered this quarter."]
    if exemplars:
        lines.append(f"{exemplars} audits are exemplars to learn from; the quality manager shows them.")
    return Section(7, TITLES[7], tuple(lines))


def _actions(sources: Sources, quarter: Period, as_at: date) -> Section:  # noqa: ARG001
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


def _others(sources: Sources, quarter: Period, as_at: date) -> Section:  # noqa: ARG001
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


def _next(sources: Sources, quarter: Period, as_at: date) -> Section:
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
    return Section(10, TITLES[10], lines, ("What will change", "Who", "By"), _texts(told))


def recommendations(registers: Mapping[str, pl.LazyFrame], as_at: date) -> pl.LazyFrame:
    """Every recommendation with state (open, done, verified, not_done) and overdue (Boolean)."""
    events = registers["recommendation_events"].sort("seq").group_by("recommendation_id", maintain_order=True)
    now = events.agg(last=pl.col("event").last(), new_due=pl.col("new_due").drop_nulls().last())
    state = pl.when(pl.col("last").is_in(list(current.DONE))).then("last").otherwise(pl.lit("open"))
    return (
        registers["recommendations"]
        .join(now, on="recommendation_id", how="left", maintain_order="left")
        .with_columns(state=state, due=pl.coalesce("new_due", "due"))
        .with_columns(overdue=((pl.col("state") == "open") & (pl.col("due") < as_at)).fill_null(value=False))
        .drop("last", "new_due")
    )


def _texts(frame: pl.DataFrame) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple("-" if value is None else str(value) for value in row) for row in frame.rows())


def told(sections: list[Section]) -> list[dict[str, Any]]:
    """Sections as JSON can hold them, to be frozen."""
    return [vars(one) | {"rows": [list(row) for row in one.rows]} for one in sections]


def heard(kept: list[dict[str, Any]]) -> list[Section]:
    """From what `told` gave."""
    return [
        Section(
            one["number"], one["title"], tuple(one["lines"]), tuple(one["headings"]),
            tuple(tuple(row) for row in one["rows"]),
        )
        for one in kept
    ]  # fmt: skip
