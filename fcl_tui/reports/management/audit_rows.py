"""The rows of Audits of Practice, from the audits that the reader may see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import polars as pl

from data.frames import collect
from fcl_tui.quality import current, figures
from fcl_tui.quality.agreement import Agreement
from fcl_tui.quality.grades import GRADES
from fcl_tui.quality.states import REPLACED, STATES, WORDS
from fcl_tui.reports.context import Audited
from fcl_tui.reports.spec import Parts

if TYPE_CHECKING:
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.query import Query

NUMBERS: dict[str, Any] = {
    "auditor_grade": pl.Int64, "suggested_grade": pl.Int64, "grade": pl.Int64, "moved": pl.Int64,
    "days": pl.Int64, "actions": pl.Int64, "actions_open": pl.Int64, "due": pl.Date, "audits_due": pl.Date,
    "moderation_due": pl.Date, "exemplar": pl.Boolean, "concern_open": pl.Boolean, "blind": pl.Boolean,
    "seq": pl.Int64, **dict.fromkeys(("submitted_at", "moderated_at", "state_at"), pl.Datetime("us")),
}  # fmt: skip
TEXTS = (
    "case_id", "round_id", "draw_id", "person_id", "pod", "stratum", "status", "allocated_worker",
    "replaces_case_id", "reaudit_of_case_id", "checks_case_id", "kind", "period", "title", "checks_round_id",
    "auditor", "moderator", "state", "reason", "revision_id", "outcome", "name", "part",
)  # fmt: skip
CASES: dict[str, Any] = NUMBERS | dict.fromkeys(TEXTS, pl.String)
"""The columns of `Audited.cases`, where there are none"""
ACTIONS: dict[str, Any] = {
    **dict.fromkeys(
        ("action_id", "case_id", "round_id", "standard_key", "text", "owner", "priority", "kind", "state",
         "done_by", "person_id", "name", "pod", "period"),
        pl.String,
    ),
    "seq": pl.Int64, "due": pl.Date, "state_at": pl.Date, "overdue": pl.Boolean, "mine": pl.Boolean,
}  # fmt: skip


def none_known() -> Audited:
    """No audits at all."""
    cases, actions = pl.LazyFrame(schema=CASES), pl.LazyFrame(schema=ACTIONS)
    return Audited(
        cases=cases,
        ratings=pl.LazyFrame(
            schema={"case_id": pl.String, "standard_key": pl.String, "value": pl.Int64,
                    "not_applicable_reason": pl.String}
        ),
        outcomes=pl.LazyFrame(schema={"case_id": pl.String, "area": pl.String, "outcome": pl.String}),
        actions=actions,
        rounds=pl.LazyFrame(schema={"round_id": pl.String, "kind": pl.String, "period": pl.String,
                                    "title": pl.String, "seq": pl.Int64}),
        draws=pl.LazyFrame(schema={"round_id": pl.String, "reason": pl.String, "count": pl.Int64}),
        returns=pl.LazyFrame(schema=dict.fromkeys(("case_id", "agency", "findings"), pl.String)
                             | {"grade": pl.Int64, "seq": pl.Int64}),
        standards={},
        pods=None,
    )  # fmt: skip


def known(context: Context) -> Audited:
    """The audits that the reader may see; none where none were drawn."""
    return context.audits() or none_known()


def titled(audited: Audited) -> pl.LazyFrame:
    """The rounds, newest first: value (title), note (quarter)."""
    return audited.rounds.sort("seq", descending=True).select(value="title", note="period")


def _chosen(audited: Audited, query: Query) -> pl.LazyFrame:
    """round_id of the round asked for; without one, of the newest quarterly one, or of the newest."""
    title = query.text("round")
    if title is not None:
        return audited.rounds.filter(pl.col("title") == title).select("round_id")
    newest = audited.rounds.sort(pl.col("kind") == "quarterly", "seq").tail(1)
    return newest.select("round_id")


def _of_round(audited: Audited, query: Query) -> pl.LazyFrame:
    cases = audited.cases.join(_chosen(audited, query), on="round_id", how="semi")
    return of_pod(cases, query)


def of_pod(cases: pl.LazyFrame, query: Query) -> pl.LazyFrame:
    pod = query.text("pod")
    return cases if pod is None else cases.filter(pl.col("pod") == pod)


def in_words(cases: pl.LazyFrame) -> pl.LazyFrame:
    """With grades and states in words, and a key to each row."""
    grades = [
        pl.col(name).replace_strict(GRADES, default=None, return_dtype=pl.String).alias(f"{name}_shown")
        for name in ("grade", "auditor_grade", "suggested_grade")
    ]
    flags = pl.concat_str(
        pl.when("exemplar").then(pl.lit("exemplar")),
        pl.when(pl.col("reaudit_of_case_id").is_not_null()).then(pl.lit("re-audit")),
        separator=", ",
        ignore_nulls=True,
    )
    return cases.with_columns(
        *grades,
        state_shown=pl.col("state").replace(WORDS),
        flags=pl.when(flags != "").then(flags),
        row_key="case_id",
    )


def seen(cases: pl.LazyFrame) -> pl.LazyFrame:
    """Those that the reader sees case by case."""
    return cases.filter(pl.col("part").is_not_null())


def _others(cases: pl.LazyFrame) -> pl.LazyFrame:
    return cases.filter(pl.col("part").is_null()).select(
        reason=pl.lit("of which you see the figures alone"),
        count=pl.len().cast(pl.Int64),
        what=pl.lit("audits"),
    )


def round_(context: Context, query: Query) -> Parts:
    """Every case of the round, open ones first by their due day, those replaced last."""
    audited = known(context)
    cases = _of_round(audited, query)
    order = pl.col("state").replace_strict({one: n for n, one in enumerate(STATES)}, return_dtype=pl.Int32)
    rows = in_words(seen(current.live(cases))).sort(order, "due", "pod", "person_id", nulls_last=True)
    excluded = audited.draws.join(_chosen(audited, query), on="round_id", how="semi")
    left_out = excluded.select(
        pl.format("not drawn: {}", "reason").alias("reason"), "count", what=pl.lit("children")
    )
    gone = cases.filter(pl.col("state") == REPLACED).select(
        reason=pl.lit("replaced (see Cases replaced)"), count=pl.len().cast(pl.Int64), what=pl.lit("cases")
    )
    told = pl.concat([_others(current.live(cases)), gone, left_out]).filter(pl.col("count") > 0)
    return Parts(rows, told, {"every": cases}, _states_line)


def replaced(context: Context, query: Query) -> Parts:
    """The cases of the round that were replaced, and why."""
    cases = _of_round(known(context), query).filter(pl.col("state") == REPLACED)
    return Parts(
        in_words(seen(cases)).sort("state_at", "person_id"), _others(cases).filter(pl.col("count") > 0)
    )


def _states_line(frames: Mapping[str, pl.DataFrame]) -> str:
    """How many audits are in each state, and how many are late."""
    every = frames["every"]
    if every.is_empty():
        return ""
    counts = dict(every.group_by("state").len().rows())
    late = every.filter(pl.col("days") < 0).height
    told = ", ".join(f"{counts[state]} {WORDS[state].lower()}" for state in STATES if state in counts)
    live = every.height - counts.get(REPLACED, 0)
    return f"{every['title'][0]}: {live} cases: {told}" + (f"; {late} late" if late else "")


def counted(context: Context, query: Query) -> pl.LazyFrame:
    """The records of figures: the audits of the round that were not replaced."""
    audited = known(context)
    cases = current.live(_of_round(audited, query))
    return cases.with_columns(own_pod=_is_own(audited))


def _is_own(audited: Audited) -> pl.Expr:
    if audited.pods is None:
        return pl.lit(value=True)
    return pl.col("pod").is_in(sorted(audited.pods)).fill_null(value=False)


def finished(context: Context, query: Query, groups: pl.LazyFrame, records: pl.LazyFrame) -> pl.LazyFrame:  # noqa: ARG001
    """Groups with the interval; another pod's grades are blank where they are of too few audits."""
    audited = known(context)
    own, cases = _is_own(audited), pl.col("audits_moderated")
    few = (cases < audited.fewest) & ~own
    # where those are too few even together, the next smallest is blank too: else they are what is left of all
    together = cases.filter(few).sum()
    smallest = cases == cases.filter(~few & ~own).min()
    few |= few.any() & (together < audited.fewest) & ~own & smallest
    graded = (
        "audits_good",
        "audits_inadequate",
        "qa_audit_grade",
        "qa_audit_moved",
        "audits_outcomes_better",
    )
    told = groups.with_columns(figures.share_and_interval(pl.col("audits_good"), pl.col("audits_moderated")))
    return (
        told.with_columns(range=pl.when(few).then(pl.lit("too few")).otherwise(_range()))
        .with_columns(pl.when(~few).then(name).alias(name) for name in graded)
        .drop("percent", "low", "high")
        .sort("pod")
    )


def _range() -> pl.Expr:
    """An interval in words: 62 to 85%."""
    low, high = pl.col("low").round(0).cast(pl.Int64), pl.col("high").round(0).cast(pl.Int64)
    return pl.when(pl.col("low").is_not_null()).then(pl.format("{} to {}%", low, high))


def beside_pods(context: Context, query: Query) -> Parts:
    """The line over the pods: the figures of all of them."""
    audited = known(context)
    cases = current.live(_of_round(audited, query))
    quiet = cases.filter(pl.col("pod").is_null()).select(
        reason=pl.lit("whose pod you do not compare"), count=pl.len().cast(pl.Int64), what=pl.lit("audits")
    )
    return Parts(
        pl.LazyFrame(),
        quiet.filter(pl.col("count") > 0),
        {"every": cases},
        lambda frames: f"{_states_line(frames)}\n{_grade_line(frames['every'])}".strip(),
    )


def _grade_line(every: pl.DataFrame) -> str:
    graded = every.filter(pl.col("grade").is_not_null())
    if graded.is_empty():
        return "No grade is validated yet."
    from fcl_tui.quality.intervals import interval

    good = graded.filter(pl.col("grade") >= 3).height
    low, high = interval(good, graded.height) or (0.0, 0.0)
    return (
        f"Good or better: {good} of {graded.height} ({100 * good / graded.height:.0f}%; with so few cases "
        f"somewhere from {low:.0f} to {high:.0f}%)"
    )


def behind(context: Context, query: Query) -> Parts:
    """The audits behind a figure, as far as the reader sees them case by case."""
    from fcl_tui.reports.catalogue import load
    from fcl_tui.reports.run import behind_drill

    told = behind_drill(load(query.report), context, query)
    cases = counted(context, query) if told is None else told
    return Parts(in_words(seen(cases)).sort("person_id"), _others(cases).filter(pl.col("count") > 0))


def by_quarter(context: Context, query: Query) -> Parts:
    """Grades by quarter, newest first."""
    cases = of_pod(known(context).cases, query)
    return Parts(figures.quarters(cases).with_columns(range=_range()).drop("low", "high"))


def by_standard(context: Context, query: Query) -> Parts:
    """Standards of the round."""
    audited = known(context)
    rows = figures.standards(_of_round(audited, query), audited.ratings, audited.standards)
    return Parts(rows.with_columns(range=_range()).drop("low", "high"))


def _pairs(audited: Audited, query: Query) -> pl.LazyFrame:
    """Second gradings, of the quarter asked for by its consistency round, or of all."""
    pairs = figures.second_gradings(audited.cases)
    title = query.text("round")
    if title is None:
        return pairs
    mine = audited.cases.filter(pl.col("title") == title)
    own = pairs.join(mine.select("case_id"), on="case_id", how="semi")
    first = pairs.join(mine.select(first_case_id="case_id"), on="first_case_id", how="semi")
    return pl.concat([own, first]).unique("case_id", maintain_order=True)


def consistency(context: Context, query: Query) -> Parts:
    """The 4x4 table, with the figures of agreement over it and the direction by pod beside it."""
    audited = known(context)
    pairs = _pairs(audited, query)
    return Parts(
        figures.four_by_four(pairs),
        beside={"pairs": pairs, "pods": figures.by_pod(pairs, audited.fewest)},
        headline=lambda frames: "\n".join(_agreement_lines(frames)),
    )


def _agreement_lines(frames: Mapping[str, pl.DataFrame]) -> list[str]:
    told: Agreement = figures.agreement_of(frames["pairs"])
    lines = figures.agreement_words(told)
    moved = figures.agreement_of(frames["pairs"], "own", "first")
    if moved.cases:
        lines.append(f"auditor against validated: {moved.exact} of {moved.cases} the same")
    pods = [f"{pod} {mean:+.2f} ({count})" for pod, count, *_, mean in frames["pods"].rows()]
    return [*lines, f"second minus validated, by pod: {', '.join(pods)}"] if pods else lines


def in_figures(context: Context, query: Query) -> Parts:
    """Agreement in figures: second against validated grade, validated against the auditor's, and by pod."""
    audited = known(context)
    both = collect(_pairs(audited, query))
    told = figures.agreement_rows(figures.agreement_of(both), "Second grade")
    told += figures.agreement_rows(figures.agreement_of(both, "own", "first"), "Moderation")
    told += [
        (f"{pod}: mean difference", mean, None, count, None, None, f"{lower} lower, {higher} higher")
        for pod, count, lower, _, higher, mean in collect(figures.by_pod(both.lazy(), audited.fewest)).rows()
    ]
    frame = pl.DataFrame(told, schema=figures.FIGURES, orient="row").lazy()
    rounded = [pl.col(one).round(2).cast(pl.String) for one in ("value", "low", "high")]
    return Parts(
        frame.with_columns(
            value_shown=rounded[0],
            range=pl.when(pl.col("low").is_not_null()).then(pl.format("{} to {}", *rounded[1:])),
        )
    )


def pairs(context: Context, query: Query) -> Parts:
    """Cases graded twice, those furthest apart first."""
    audited = known(context)
    grades = [
        pl.col(name).replace_strict(GRADES, default=None, return_dtype=pl.String).alias(f"{name}_shown")
        for name in ("first", "second", "own")
    ]
    every = _pairs(audited, query)
    told = seen(every).with_columns(*grades, row_key="case_id")
    return Parts(told.sort(pl.col("difference").abs(), "person_id", descending=[True, False]), _others(every))
