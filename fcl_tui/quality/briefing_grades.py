"""Sections 1 to 5 of a briefing: figures of the audits of the quarter; no pod with few audits by itself."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from data.frames import collect
from fcl_tui.definitions.board.periods import Period, quarter_of
from fcl_tui.quality import figures
from fcl_tui.quality.briefing_section import TITLES, Section, Sources, quarterly, texts
from fcl_tui.quality.grades import BETTER, GOOD, GRADES, NOT_COUNTED, OUTCOMES
from fcl_tui.quality.intervals import interval
from fcl_tui.quality.states import REASONS_TO_REPLACE, REPLACED

FEW = "Groups with few audits"
DRAWN_ANEW = "A second draw took its place"


def percent(numerator: int, denominator: int) -> str:
    """A share with what it is made of, and how sure it is."""
    sure = interval(numerator, denominator)
    if sure is None:
        return "none"
    low, high = sure
    share = 100 * numerator / denominator
    return f"{numerator} of {denominator} ({share:.0f}%, 95% range {low:.0f} to {high:.0f}%)"


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


def done(sources: Sources, quarter: Period, as_at: date) -> Section:
    """How many audits were drawn, handed in and moderated, by pod; what was replaced and why."""
    every = quarterly(sources, quarter)
    live = every.filter(pl.col("state") != REPLACED)
    late = live.filter(pl.col("days") < 0).height
    audited, graded = live["submitted_at"].count(), live["grade"].count()
    listed = pl.col("reason").is_in(list(REASONS_TO_REPLACE.values()))
    why = pl.when(listed).then("reason").otherwise(pl.lit(DRAWN_ANEW))  # never words written about a draw
    gone = every.filter(pl.col("state") == REPLACED).group_by(why.alias("reason")).len()
    gone = gone.sort("len", "reason", descending=[True, False])
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
    return Section(1, TITLES[1], tuple(lines), headings, texts(counted))


def grades(sources: Sources, quarter: Period, as_at: date) -> Section:  # noqa: ARG001
    """The validated grades, what moderation changed, and the quarters up to this one."""
    live = quarterly(sources, quarter).filter(pl.col("grade").is_not_null())
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
    return Section(2, TITLES[2], tuple(lines), headings, texts(told))


def outcomes(sources: Sources, quarter: Period, as_at: date) -> Section:  # noqa: ARG001
    """Outcomes for children overall, of the moderated audits."""
    live = quarterly(sources, quarter).filter(pl.col("grade").is_not_null())
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


def standards(sources: Sources, quarter: Period, as_at: date) -> Section:  # noqa: ARG001
    """The standards, strongest first, with the change since the quarter before."""
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
    return Section(4, TITLES[4], lines, headings, texts(told))


def groups(sources: Sources, quarter: Period, as_at: date) -> Section:  # noqa: ARG001
    """Grades by status and by pod, small groups together."""
    live = quarterly(sources, quarter).filter(pl.col("grade").is_not_null())
    words = pl.col("status").str.replace_all("_", " ").str.replace("^c", "C").str.replace("^l", "L")
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
