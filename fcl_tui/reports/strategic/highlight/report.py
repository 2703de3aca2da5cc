"""Monthly Highlight: a page of indicators: thirteen months, the year, target, comparators, a comment."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from fcl_tui.definitions.days.window import month_over
from fcl_tui.reports.parameters.shared import BEHIND
from fcl_tui.reports.spec import Document, Extra, Listing, Panel, Parts, Report, Row
from fcl_tui.reports.strategic.highlight.columns import COLUMNS, FACTS, HIDDEN
from fcl_tui.reports.strategic.highlight.indicators import INDICATORS, LABELS, TARGETS
from fcl_tui.reports.strategic.views.columns import listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import polars as pl

    from fcl_tui.definitions.figures.measure import Measure
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.official.family import Family
    from fcl_tui.reports.question.query import Query


def _build(context: Context, query: Query) -> Parts:
    from fcl_tui.records.highlights import page
    from fcl_tui.reports.strategic.board.targets import board_targets
    from fcl_tui.reports.strategic.highlight.rows import explained
    from fcl_tui.reports.strategic.views.published import newest

    month = month_over(context.as_at)
    told = replace(context, as_at=month)
    asked, missing = asked_of(context.settings)
    comments, frozen = _kept(context, month)
    rows = page(
        _declared(asked, context.settings, board_targets(context, month)),
        figures_of(asked, told, query, month),
        newest(context, [one for _, one in asked], month).lazy(),
        comments,
        frozen,
        month,
        int(context.settings.get("fewest_cases") or 10),
    )
    rows = explained(rows, asked, told, month)
    words = {"month": f"{month:%B %Y}"}
    return Parts(rows, _left_out(asked, missing, told), headline=partial(_headline, month, told), words=words)


def asked_of(settings: Mapping[str, Any]) -> tuple[list[tuple[Family, Measure]], list[str]]:
    """The indicators with their families, and the keys that no figure here has."""
    from fcl_tui.reports.official.registry import family_of

    asked, missing = [], []
    for key in settings.get("highlights") or INDICATORS:
        try:
            family = family_of(key)
        except LookupError:
            missing.append(key)
            continue
        measure = family.measure(key)
        if measure.statistic == "distribution":
            missing.append(key)
        else:
            asked.append((family, measure))
    return asked, missing


def _declared(
    asked: Sequence[tuple[Family, Measure]],
    settings: Mapping[str, Any],
    board: Mapping[str, tuple[int, float, float | None, str]],
) -> pl.LazyFrame:
    """The indicators; one that the Board has a target for has the Board's, and no other."""
    import polars as pl

    from fcl_tui.records.highlights import DECLARED

    rows = []
    for place, (_, one) in enumerate(asked):
        good = one.higher_is_better
        green, amber = target_of(one.key, settings)
        unit = "percent" if one.is_percent else "number"
        polarity = judged = "none" if good is None else "high" if good else "low"
        whose = None if green is None else "the settings of the authority"
        if one.key in board:
            no, green, amber, judged = board[one.key]
            whose = f"the Performance Board, indicator {no}"
        label = LABELS.get(one.key, one.label)
        rows.append(
            (one.key, place, label, one.unit, unit, one.window, polarity, green, amber, judged, whose)
        )
    return pl.LazyFrame(rows, schema=DECLARED, orient="row")


def target_of(key: str, settings: Mapping[str, Any]) -> tuple[float | None, float | None]:
    """Green and amber of an indicator: of [targets], else of the setting that other reports use."""
    named = (settings.get("targets") or {}).get(key)
    if named is not None:
        green: float
        amber: float | None
        green, amber = named
        return green, amber
    shared = settings.get(TARGETS.get(key, ""))
    return (None, None) if shared is None else (float(shared), None)


def figures_of(
    asked: Sequence[tuple[Family, Measure]], context: Context, query: Query, month: date
) -> tuple[pl.LazyFrame, pl.LazyFrame, pl.LazyFrame]:
    """Figures by month end, of the twelve months and of the year to date; those alike in one question."""
    from fcl_tui.definitions.days.window import Window, begin_of, months_to
    from fcl_tui.reports.official.kept import OF_PAGE, YEAR
    from fcl_tui.reports.official.series import of_families

    alike: dict[tuple[str, Window], tuple[Family, list[Measure]]] = {}
    for family, measure in asked:
        window = Window.of(measure)
        alike.setdefault((family.rows, window), (family, []))[1].append(measure)
    first, last = months_to(month, OF_PAGE)
    of_year = begin_of(month, YEAR)
    monthly, rolling, year = [], [], []
    for (_, window), (family, measures) in alike.items():
        monthly.append((family, measures, window.monthly(first, last)))
        if window.kind == "period":
            rolling.append((family, measures, [(month, months_to(month, YEAR)[0], month)]))
            year.append((family, measures, [(month, of_year, month)]))
        elif window.kind == "rolling" and window.months == YEAR:
            rolling.append((family, measures, [(month, *window.on(month))]))
    of_months, of_twelve, to_date = (
        [one.lazy() for one in of_families(context, query, wanted)] for wanted in (monthly, rolling, year)
    )
    return _together(of_months), _together(of_twelve), _together(to_date)


def _kept(context: Context, month: date) -> tuple[pl.LazyFrame, pl.LazyFrame]:
    """What the office keeps of this month: its comments, and its figures if it was frozen."""
    import polars as pl

    from fcl_tui.records.highlights import COMMENTS, FROZEN

    known = context.highlights()
    if known is None:
        return pl.LazyFrame(schema=COMMENTS), pl.LazyFrame(schema=FROZEN)
    of_month = pl.col("month") == month
    return known.comments.lazy().filter(of_month), known.frozen.lazy().filter(of_month)


def _together(frames: list[pl.LazyFrame]) -> pl.LazyFrame:
    import polars as pl

    from fcl_tui.reports.official.trend import PARTS

    columns = {"key": pl.String, "day": pl.Date, **dict.fromkeys(PARTS, pl.Float64)}
    parts = (frame.select(pl.col(name).cast(kind) for name, kind in columns.items()) for frame in frames)
    return pl.concat([pl.LazyFrame(schema=columns), *parts])


def _left_out(
    asked: Sequence[tuple[Family, Measure]], missing: Sequence[str], context: Context
) -> pl.LazyFrame:
    """The indicators that no figure here has, and those that the source cannot give for this month."""
    import polars as pl

    from fcl_tui.reports.measured.known import reason, unknown

    rows = [(f"not worked out here: {', '.join(missing)}", len(missing), "indicators")] if missing else []
    why: dict[str, list[str]] = {}
    for family, measure in asked:
        if unknown(context, family.as_records, (measure,)):
            why.setdefault(reason(measure, context), []).append(measure.label)
    rows += [
        (f"without a figure, {words}: {', '.join(keys)}", len(keys), "indicators")
        for words, keys in why.items()
    ]
    return pl.LazyFrame(
        rows, schema={"reason": pl.String, "count": pl.Int64, "what": pl.String}, orient="row"
    )


def _headline(month: date, context: Context, frames: Mapping[str, pl.DataFrame]) -> str:
    from fcl_tui.reports.measured.population import in_words

    rows = frames["rows"]
    judged = (("on_target", "on target"), ("near_target", "near"), ("below_target", "off target"))
    counts = [f"{rows.filter(rows['rag'] == state).height} {words}" for state, words in judged]
    told = f"{month:%B %Y}: {', '.join(counts)}"
    lacking = rows.filter((rows["rag"] == "below_target") & rows["comment"].is_null()).height
    if lacking:
        told += f", {lacking} of them without a comment"
    frozen = rows["frozen_at"].drop_nulls()
    told += f", frozen on {frozen[0]:%d/%m/%Y}" if not frozen.is_empty() else ", not frozen"
    return f"{told}\nRates are of {in_words(context, month).replace('; ', ', ')}"


def _behind(view: str, context: Context, query: Query) -> Parts:
    from fcl_tui.reports.strategic.highlight.rows import rows

    month = month_over(context.as_at)
    asked, _ = asked_of(context.settings)
    return rows(view, asked, replace(context, as_at=month), query, month)


def _rows(key: str, title: str) -> Listing:
    return listed(key, title, partial(_behind, key), "No records here.", behind=True)


DRILLS = {"rows": "The rows behind the month", "year": "The rows of the twelve months"}
PAGE = Listing(
    key="page",
    title="Monthly Highlights",
    build=_build,
    columns=COLUMNS,
    row=Row.FIGURE,
    row_key="key",
    drills=DRILLS,
    drills_if={"year": "rolling_12"},
    empty="No indicator of the page is worked out here.",
    hidden=HIDDEN,
    panel=Panel(facts=FACTS, title="indicator"),
)
REPORT = Report(
    key="monthly-highlight",
    parameters=(BEHIND,),
    views=(PAGE, *(_rows(key, title) for key, title in DRILLS.items())),
    switch="none",
    documents=(
        Document(
            key="w",
            label="Word, one page for the meeting",
            format="docx",
            build="fcl_tui.export.highlights:highlights_page",
        ),
    ),
    extras=(
        Extra(
            name="comment-indicator",
            key="A",
            id="highlight.comment",
            label="Comment",
            tooltip="Write the comment on this indicator",
        ),
        Extra(
            name="freeze-month",
            key="Z",
            id="highlight.freeze",
            label="Freeze",
            tooltip="Keep this month's figures as they are reported",
        ),
    ),
    keys=("table.open", "report.why", "highlight.comment", "highlight.freeze", "report.export"),
)
